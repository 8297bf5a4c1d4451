package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PoniFileTest {
    private static final String PLACE = """
            Distance: 0.208651380603
            Poni1: 0.0872948482846
            Poni2: -0.0799601126306
            Rot1: -0.0184422457059
            Rot2: 0.00413760084465
            Rot3: -2.77645988275e-08
            Wavelength: 4.066e-11
            """;
    private static final String CONFIG =
            "{\"pixel1\": 0.000172, \"pixel2\": 1.5e-4, \"max_shape\": [1043, 981], \"orientation\": 2}";
    private static final String VERSION_2_1 =
            "poni_version: 2.1\nDetector: Pilatus1M\nDetector_config: " + CONFIG + "\n" + PLACE;

    private static Geometry parse(String text) throws PoniException {
        return PoniFile.parse(text, "test.poni");
    }

    private static String messageOf(String text) {
        return String.valueOf(
                assertThrows(PoniException.class, () -> parse(text)).getMessage());
    }

    private static Geometry expected(Detector detector) {
        return new Geometry(
                detector,
                0.208651380603,
                0.0872948482846,
                -0.0799601126306,
                -0.0184422457059,
                0.00413760084465,
                -2.77645988275e-08,
                4.066e-11);
    }

    @Test
    void readsVersionTwoWithAnOrientation() throws PoniException {
        assertEquals(expected(new Detector("Pilatus1M", 1043, 981, 0.000172, 1.5e-4, 2)), parse(VERSION_2_1));
    }

    @Test
    void orientationAndShapeMayBeAbsent() throws PoniException {
        String text = "poni_version: 2\nDetector: Detector\nDetector_config: "
                + "{\"pixel1\": 1e-4, \"pixel2\": 2e-4, \"max_shape\": null, \"splineFile\": null}\n" + PLACE;
        assertEquals(expected(new Detector("Detector", 0, 0, 1e-4, 2e-4, 3)), parse(text));
        assertEquals(
                3,
                parse(VERSION_2_1.replace("\"orientation\": 2", "\"orientation\": 0"))
                        .detector()
                        .orientation());
    }

    @Test
    void readsVersionOne() throws PoniException {
        String text =
                "# Calibration done on a Monday\nPixelSize1: 0.000172\nPixelSize2: 0.00015\nSplineFile: None\n" + PLACE;
        assertEquals(expected(new Detector("Detector", 0, 0, 0.000172, 0.00015, 3)), parse(text));
        assertEquals(
                "Pilatus 300k",
                parse("Detector: Pilatus 300k\n" + text).detector().name());
    }

    @Test
    void keysAreCaseInsensitiveAndTheLastValueCounts() throws PoniException {
        String shouted = VERSION_2_1.replace("Distance", "DISTANCE").replace("Rot1:", "rOT1 :");
        assertEquals(parse(VERSION_2_1), parse(shouted));
        assertEquals(0.3, parse(VERSION_2_1 + "Distance: 0.3\n").distanceMetres());
        assertEquals(parse(VERSION_2_1), parse("\uFEFF" + VERSION_2_1.replace("\n", "\r\n")));
    }

    @Test
    void theWavelengthMayBeAbsent() throws PoniException {
        String without = VERSION_2_1.replace("Wavelength: 4.066e-11\n", "");
        assertTrue(Double.isNaN(parse(without).wavelengthMetres()));
        assertTrue(Double.isNaN(parse(without + "Wavelength: None\n").wavelengthMetres()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Distance", "Poni1", "Poni2", "Rot1", "Rot2", "Rot3", "Detector", "Detector_config"})
    void namesAMissingKey(String key) {
        String text = VERSION_2_1.replaceAll("(?m)^" + key + ":.*\n", "");
        assertEquals("test.poni: key " + key + " is missing", messageOf(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "NaN", "Infinity", "1e999", "0x1p3", "1d", "1,5", "1 2", "--1", "1e"})
    void namesAValueThatIsNoFiniteNumber(String value) {
        String text = VERSION_2_1.replace("Rot2: 0.00413760084465", "Rot2: " + value);
        assertEquals("test.poni:8: Rot2=" + value + " is not a finite number", messageOf(text));
    }

    @ParameterizedTest
    @CsvSource({"Distance,0", "Distance,-0.2", "Wavelength,-1e-10", "Wavelength,0"})
    void namesAValueThatMustBePositive(String key, String value) {
        String message = messageOf(VERSION_2_1 + key + ": " + value + "\n");
        assertEquals("test.poni:11: " + key + "=" + value + " must be positive", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "2.2", "0", "-1"})
    void refusesAnUnknownVersionByName(String version) {
        assertEquals(
                "test.poni:1: poni_version=" + version + " is not a version this program reads (1, 2, 2.1)",
                messageOf(VERSION_2_1.replace("poni_version: 2.1", "poni_version: " + version)));
    }

    @Test
    void asksForThePixelSize() {
        assertEquals(
                "test.poni:3: Detector_config={} gives no pixel1, and the pixel size of detector Pilatus1M is not known by name",
                messageOf(VERSION_2_1.replace(CONFIG, "{}")));
        assertEquals(
                "test.poni: key PixelSize2 is missing (the pixel size is not known from the detector's name)",
                messageOf("Detector: Pilatus1M\nPixelSize1: 1e-4\n" + PLACE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"pixel1\": 0",
                "\"pixel1\": -1e-4",
                "\"pixel1\": \"1e-4\"",
                "\"pixel1\": 1e999",
                "\"pixel1\": true",
                "\"max_shape\": [1043]",
                "\"max_shape\": [0, 981]",
                "\"max_shape\": [10.5, 981]",
                "\"max_shape\": [9000000, 9000000]",
                "\"max_shape\": 7",
                "\"orientation\": 5",
                "\"orientation\": 1.5",
                "\"orientation\": \"3\"",
                "\"splineFile\": \"distortion.spline\""
            })
    void refusesAWrongDetectorSetting(String setting) {
        String key = setting.substring(1, setting.indexOf('"', 1));
        String others = CONFIG.substring(1).replaceAll("\"" + key + "\": ([^,\\[}]+|\\[[^\\]]*\\]),?", "");
        String config = "{" + setting + ", " + others.replaceAll(",\\s*}", "}");
        String message = messageOf(VERSION_2_1.replace(CONFIG, config));
        assertTrue(message.startsWith("test.poni:3: Detector_config="), message);
        assertTrue(message.contains(key) && !message.contains("is not a JSON object"), message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{",
                "{}}",
                "{\"pixel1\": 01}",
                "{\"pixel1\": 1.}",
                "{\"pixel1\": .5}",
                "{\"pixel1\": +1}",
                "{\"pixel1\": NaN}",
                "{'pixel1': 1}",
                "{\"pixel1\": 1,}",
                "{\"pixel1\": 1 \"pixel2\": 1}",
                "{\"pixel1\": 1, \"pixel1\": 1}",
                "{\"a\": \"\\x\"}",
                "{\"a\": \"\\u12g4\"}",
                "{\"a\": \"unfinished}",
                "{\"a\": nul}",
                "{\"a\": [1, 2}",
                "{\"a\":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}"
            })
    void refusesWhatIsNoJson(String config) {
        String message = messageOf(VERSION_2_1.replace(CONFIG, config));
        assertTrue(message.startsWith("test.poni:3: Detector_config="), message);
        assertTrue(message.contains("is not a JSON object ("), message);
    }

    @Test
    void readsEveryKindOfJsonValue() throws StrictJson.SyntaxException {
        String json = "{\"a\":[ ],\"b\":{ } ,\"c\":\"\\u00e9\\n\\\"\\\\\\/\",\"d\":[true,false,null,-1.5E+2]}";
        assertEquals(
                "{a=[], b={}, c=é\n\"\\/, d=[true, false, NULL, -150.0]}",
                StrictJson.parseObject(json).toString());
    }

    @Test
    void refusesALineThatIsNoKeyAndValue() {
        assertEquals("test.poni:11: not a 'key: value' line: hello world", messageOf(VERSION_2_1 + "hello world\n"));
    }

    @Test
    void hostileTextGivesOneLineOrAGeometryAndNothingElse() {
        Random random = new Random(77);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder(VERSION_2_1);
            for (int change = random.nextInt(6); change >= 0; change--) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, (char) (random.nextInt(3) == 0 ? random.nextInt(0x300) : random.nextInt(0x60) + 32));
            }
            try {
                parse(text.toString());
            } catch (PoniException e) {
                assertEquals(1, String.valueOf(e.getMessage()).lines().count(), e.getMessage());
            }
        }
    }

    @Test
    void readsFiles(@TempDir Path folder) throws IOException {
        Path good = Files.writeString(folder.resolve("good.poni"), VERSION_2_1);
        assertEquals(parse(VERSION_2_1), PoniFile.read(good));
        Path binary = Files.write(folder.resolve("binary.poni"), new byte[] {(byte) 0xff, 0, (byte) 0xfe, 10});
        assertEquals(
                binary + ": not a text file in UTF-8",
                assertThrows(PoniException.class, () -> PoniFile.read(binary)).getMessage());
        Path large = Files.write(folder.resolve("large.poni"), new byte[(1 << 20) + 1]);
        assertThrows(PoniException.class, () -> PoniFile.read(large));
        assertThrows(NoSuchFileException.class, () -> PoniFile.read(folder.resolve("none.poni")));
    }
}
