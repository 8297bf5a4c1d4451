package org.emberline.firmware.chip;

import static org.emberline.firmware.chip.Conversions.assertFaulty;
import static org.emberline.firmware.chip.Conversions.assertSensible;
import static org.emberline.firmware.chip.Conversions.junctions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.emberline.firmware.RealData;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleType;
import org.emberline.firmware.chip.Conversion.Faulty;
import org.emberline.firmware.chip.Conversion.Junctions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class Max31855Test {
    private static final Max31855 TYPE_K = new Max31855(ThermocoupleType.K);

    /** What an ideal chip sends: its straight line, rounded to its steps. */
    private static int word(ThermocoupleType type, double hot, double cold) {
        double millivolts = type.millivolts(hot) - type.millivolts(cold);
        double shown = cold + 1e3 * millivolts / Max31855.microvoltsPerKelvin(type);
        return (int) Math.round(shown * 4) << 18 | ((int) Math.round(cold * 16) & 0xfff) << 4;
    }

    @Test
    void theKnownWords() throws IOException {
        List<String> lines = Files.readAllLines(RealData.path("thermocouple/max31855/max31855_words.csv"));
        assertEquals(17, lines.size());
        int sound = 0;
        int faulty = 0;
        int silent = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            int word = Max31855.word(bytes(cells[0]));
            assertEquals((int) Long.parseLong(cells[0], 16), word);
            Conversion conversion = TYPE_K.decode(word);
            if (!cells[1].isEmpty()) {
                assertEquals(Double.parseDouble(cells[1]), Max31855.shownCelsius(word), line);
                assertEquals(Double.parseDouble(cells[2]), Max31855.coldJunctionCelsius(word), line);
            }
            if (word == 0 || word == -1) {
                assertFaulty(conversion, FaultKind.BUS_SILENT);
                silent++;
            } else if (cells[3].equals("1")) {
                assertEquals(
                        kinds(cells), assertInstanceOf(Faulty.class, conversion).kinds(), line);
                faulty++;
            } else {
                assertSensible(ThermocoupleType.K, conversion, line);
                sound++;
            }
        }
        assertEquals(List.of(10, 3, 3), List.of(sound, faulty, silent));
    }

    private static byte[] bytes(String hexadecimal) {
        return ByteBuffer.allocate(4)
                .putInt((int) Long.parseLong(hexadecimal, 16))
                .array();
    }

    private static Set<FaultKind> kinds(String[] cells) {
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        if (cells[4].equals("1")) {
            kinds.add(FaultKind.SHORT_TO_SUPPLY);
        }
        if (cells[5].equals("1")) {
            kinds.add(FaultKind.SHORT_TO_GROUND);
        }
        if (cells[6].equals("1")) {
            kinds.add(FaultKind.OPEN_CIRCUIT);
        }
        return kinds;
    }

    /** Reported minus true at a cold junction of 25 C, science report section 3.3; it is printed to 0.1 K, or to 1 K. */
    @ParameterizedTest
    @CsvSource({
        "K, 300, -3.5, 0.05",
        "K, 500, 0.9, 0.05",
        "K, 700, 6.5, 0.05",
        "K, 800, 6.9, 0.05",
        "K, 900, 5.1, 0.05",
        "K, 1000, 0.8, 0.05",
        "K, 1100, -6.1, 0.05",
        "S, 300, -48, 0.5",
        "S, 500, -48, 0.5",
        "S, 700, -35, 0.5",
        "S, 900, -8.6, 0.05",
        "S, 1000, 10, 0.5",
        "R, 300, -60, 0.5",
        "R, 500, -63, 0.5",
        "R, 700, -47, 0.5",
        "R, 900, -12, 0.5",
        "N, 300, -36, 0.5",
        "N, 700, -17, 0.5",
        "N, 900, -0.3, 0.05"
    })
    void theChipsErrorIsKnownAndTakenBack(ThermocoupleType type, double celsius, double error, double printed) {
        int word = word(type, celsius, 25);
        assertEquals(error, Max31855.shownCelsius(word) - celsius, 0.125 + printed);
        Junctions junctions = junctions(new Max31855(type).decode(word));
        assertEquals(celsius, junctions.hotCelsius(), 0.3);
        assertEquals(25, junctions.coldCelsius());
    }

    /** Half a step of the straight line, in kelvin of the junction, is all that is left; between 300 C and 1100 C 0.15 K. */
    @ParameterizedTest
    @EnumSource(value = ThermocoupleType.class, mode = EnumSource.Mode.EXCLUDE, names = "B")
    void nothingButTheStepsIsLeft(ThermocoupleType type) {
        SplittableRandom random = new SplittableRandom(21);
        Max31855 chip = new Max31855(type);
        double k = Max31855.microvoltsPerKelvin(type) / 1e3;
        List<Double> pulls = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            double hot = -40 + (type.mostCelsius() - 41 + 40) * random.nextDouble();
            double cold = random.nextInt(-20 * 16, 85 * 16) / 16.0;
            Junctions junctions = junctions(chip.decode(word(type, hot, cold)));
            double off = junctions.hotCelsius() - hot;
            double halfStep = 0.125 * k / type.millivoltsPerKelvin(hot);
            assertEquals(0, off, 1.02 * halfStep, type + " hot=" + hot + " cold=" + cold);
            assertTrue(hot < 300 || halfStep < 0.15, type + " hot=" + hot + " halfStep=" + halfStep);
            pulls.add(off / junctions.sigmaCelsius());
        }
        double meanSquare =
                pulls.stream().mapToDouble(pull -> pull * pull).average().orElseThrow();
        // The cold junction is exact here; its step is a small part of sigma but for S and R, whose k is twice their
        // slope there.
        assertEquals(1, meanSquare, 0.1, type.toString());
    }

    /** The cold junction's step, which enters with the difference of the slopes: worked by hand for S at 900 C and 25 C. */
    @Test
    void sigmaHoldsBothSteps() {
        Junctions junctions = junctions(new Max31855(ThermocoupleType.S).decode(word(ThermocoupleType.S, 900, 25)));
        double hotStep = 9.587 * 0.25 / Math.sqrt(12);
        double coldStep = (5.98 - 9.587) * 0.0625 / Math.sqrt(12);
        assertEquals(Math.hypot(hotStep, coldStep) / 11.21, junctions.sigmaCelsius(), 2e-4);
    }

    /** All three fault bits in all combinations, with every cold junction, are named; the temperature beside them is not looked at. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void everyFaultBitIsNamed(int bits) {
        Set<FaultKind> wanted = EnumSet.noneOf(FaultKind.class);
        FaultKind[] kinds = {FaultKind.OPEN_CIRCUIT, FaultKind.SHORT_TO_GROUND, FaultKind.SHORT_TO_SUPPLY};
        for (int bit = 0; bit < 3; bit++) {
            if ((bits >> bit & 1) != 0) {
                wanted.add(kinds[bit]);
            }
        }
        for (int cold = -2048; cold < 2048; cold++) {
            int word = 0x1_0000 | (cold & 0xfff) << 4 | bits;
            assertEquals(
                    wanted, assertInstanceOf(Faulty.class, TYPE_K.decode(word)).kinds());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0190_1908, a reserved bit", "0192_1900, a reserved bit",
        "0191_1900, a fault without a name", "0190_1901, a fault without its sign",
        "FFFF_FFFE, a bus that was driven too late", "0000_0008, the same"
    })
    void contradictionsAreCorrupt(String word, String why) {
        assertFaulty(TYPE_K.decode((int) Long.parseLong(word.replace("_", ""), 16)), FaultKind.CORRUPT);
        assertFalse(why.isEmpty());
    }

    @Test
    void beyondTheRangesThereIsNoTemperature() {
        assertFaulty(TYPE_K.decode(0x7ffc_1900), FaultKind.OUT_OF_RANGE);
        assertFaulty(TYPE_K.decode(0x8000_1900), FaultKind.OUT_OF_RANGE);
        // -128 C, which the field can hold
        assertFaulty(TYPE_K.decode(0x0190_8000), FaultKind.COLD_JUNCTION_OUT_OF_RANGE);
        // The reference functions of R and S begin at -50 C.
        Max31855 typeS = new Max31855(ThermocoupleType.S);
        assertFaulty(typeS.decode(0x0190_c900), FaultKind.COLD_JUNCTION_OUT_OF_RANGE);
        assertEquals(-55, junctions(TYPE_K.decode(0x0190_c900)).coldCelsius());
    }

    @ParameterizedTest
    @EnumSource(value = ThermocoupleType.class, mode = EnumSource.Mode.EXCLUDE, names = "B")
    void noWordIsTooStrange(ThermocoupleType type) {
        SplittableRandom random = new SplittableRandom(22);
        Max31855 chip = new Max31855(type);
        int sound = 0;
        for (int i = 0; i < 200_000; i++) {
            int word = random.nextInt();
            // Half of them with the bits that make most words corrupt taken out.
            word = (i & 1) == 0 ? word : word & 0xfffc_fff0;
            Conversion conversion = chip.decode(word);
            assertSensible(type, conversion, type + " word=%08X".formatted(word));
            sound += conversion instanceof Junctions ? 1 : 0;
        }
        assertTrue(sound > 5_000, "sound=" + sound);
    }

    @Test
    void thereIsNoVariantForTypeB() {
        assertFalse(Max31855.measures(ThermocoupleType.B));
        assertTrue(Max31855.measures(ThermocoupleType.R));
        Exception refused = assertThrows(IllegalArgumentException.class, () -> new Max31855(ThermocoupleType.B));
        assertEquals("there is no MAX31855 for type=B", refused.getMessage());
    }
}
