package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emberline.edge.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code thermocouple}, against NIST's tables. */
class ThermocoupleTest {
    private static final Pattern LARGEST =
            Pattern.compile("largest  forward (\\S+) mV at (\\S+) C \\((\\w+) 0\\.0005 mV\\); inverse (\\S+) C at .*");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static Cli thermocouple(String words) {
        return Cli.run(("thermocouple " + words).split(" "));
    }

    private static JsonNode json(String words) throws IOException {
        Cli cli = thermocouple(words + " --json");
        assertEquals(ExitCode.DONE, cli.code(), cli.err());
        return new ObjectMapper().readTree(cli.out());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /**
     * Lines of NIST's tables, which are good to half a microvolt; with a cold junction their difference, to a whole one. Slopes are
     * numpy's, as difference quotients.
     */
    @ParameterizedTest
    @CsvSource({
        "K, 900, 0, 37.326, 40.0",
        "K, 900, 25, 36.326, 40.0",
        "K, -200, 0, -5.891, 15.3",
        "S, 900, 0, 8.449, 11.2",
        "R, 1600, 0, 18.849, 13.9",
        "B, 1200, 0, 6.786, 10.4",
        "N, 900, 0, 32.371, 39.0",
        "E, 700, 0, 53.112, 79.65",
        "J, 500, 0, 27.393, 56.0",
        "T, -150, 0, -4.648, 22.3"
    })
    void thereAndBack(String type, double celsius, double cold, double millivolts, double slope) throws IOException {
        JsonNode emf = json("--type " + type + " --temperature " + celsius + " --cold-junction " + cold);
        assertEquals(millivolts, emf.get("millivolts").asDouble(), cold == 0 ? 0.0005 : 0.001);
        assertEquals(celsius, emf.get("celsius").asDouble());
        assertEquals(slope, emf.get("microvolts_per_kelvin").asDouble(), 0.05);
        JsonNode back = json("--type " + type.toLowerCase(Locale.ROOT) + " --emf "
                + emf.get("millivolts").asDouble() + " --cold-junction " + cold);
        assertEquals(celsius, back.get("celsius").asDouble(), 1e-9);
        assertEquals(cold, back.get("cold_junction_celsius").asDouble());
        assertEquals(type, back.get("type").asText());
    }

    @Test
    void theAnswerComesLast() {
        assertEquals(
                "emf            41.275606 mV",
                thermocouple("--type K --temperature 1000")
                        .out()
                        .lines()
                        .toList()
                        .getLast());
        assertEquals(
                "temperature    1000.00000 C",
                thermocouple("--type K --emf 41.2756064563140")
                        .out()
                        .lines()
                        .toList()
                        .getLast());
    }

    /** The counts are numpy's, from NIST's coefficients and tables. */
    @ParameterizedTest
    @CsvSource({"B, 1821, 43, 2", "E, 1271, 0, 2", "J, 1411, 0, 0", "K, 1643, 0, 1", "T, 671, 0, 2"})
    void theTablesOfNist(String type, int points, int without, int beyond) throws IOException {
        Path table = RealData.path("thermocouple/its90/type_" + type + "_1C.csv");
        Cli cli = thermocouple("--type " + type + " --table " + table);
        assertEquals(ExitCode.DONE, cli.code(), cli.err());
        List<String> lines = cli.out().lines().toList();
        Matcher largest = LARGEST.matcher(lines.getLast());
        assertTrue(largest.matches(), lines.getLast());
        double forward = Double.parseDouble(largest.group(1));
        // Thousands of rounded values: one comes close to the half digit.
        assertTrue(forward > 0.00049 && forward <= 0.0005, lines.getLast());
        assertEquals("within", largest.group(3));
        assertTrue(Double.parseDouble(largest.group(4)) <= 1e-7, lines.getLast());

        JsonNode json = json("--type " + type + " --table " + table);
        assertEquals(points, json.get("points").asInt());
        assertEquals(without, json.get("without_inverse").asInt());
        assertEquals(beyond, json.get("beyond_end").asInt());
        assertTrue(json.get("within").asBoolean());
        assertEquals(forward, json.get("forward_mv").asDouble(), 5e-7);
    }

    /** The table's emf of K at 1 C is 0.039, exactly 0.0394...: E^-1 of it is off by what the rounding is worth. */
    @Test
    void theRoundingOfTheTableIsToldApart() throws IOException {
        Path table = write("k.csv", "t90_C,emf_mV\n1,0.039\n");
        JsonNode json = json("--type K --table " + table);
        double exact = 0.03947447;
        assertEquals(exact - 0.039, json.get("forward_mv").asDouble(), 1e-6);
        assertEquals(
                (exact - 0.039) / 0.03949, json.get("tabled_inverse_celsius").asDouble(), 1e-4);
        assertTrue(json.get("inverse_celsius").asDouble() < 1e-9);
        Cli cli = thermocouple("--type K --table " + table);
        assertTrue(
                cli.out().contains("of the table's emfs 0.0120 C at 1.0 C, where half of their last digit is 0.0127 C"),
                cli.out());
    }

    @Test
    void aTableMeasuredWithAWarmColdJunction() throws IOException {
        Path table = write("cold.csv", "\uFEFF# bench\r\n\r\nt90_C, emf_mV\r\n25,0.000\r\n900,36.326\r\n");
        assertTrue(json("--type K --cold-junction 25 --table " + table)
                        .get("forward_mv")
                        .asDouble()
                < 0.0005);
        assertEquals(
                ExitCode.RUN_FAILED, thermocouple("--type K --table " + table).code());
    }

    /** A table of another type, and one wrong digit in an otherwise right one. */
    @Test
    void beyondTheToleranceIsExitOne() throws IOException {
        Path other = write("n.csv", "t90_C,emf_mV\n0,0.000\n1000,36.256\n");
        Cli cli = thermocouple("--type K --table " + other);
        assertEquals(ExitCode.RUN_FAILED, cli.code());
        assertEquals("", cli.err());
        Matcher largest = LARGEST.matcher(cli.out().lines().toList().getLast());
        assertTrue(largest.matches(), cli.out());
        assertEquals(41.2755 - 36.256, Double.parseDouble(largest.group(1)), 1e-3);
        assertEquals("1000.0", largest.group(2));
        assertEquals("BEYOND", largest.group(3));

        Path right = write("right.csv", "t90_C,emf_mV\n0,0.000\n1000,36.256\n1300,47.513\n");
        assertEquals(ExitCode.DONE, thermocouple("--type N --table " + right).code());
        Path digit = write("digit.csv", "t90_C,emf_mV\n0,0.000\n1000,36.257\n1300,47.513\n");
        Cli wrong = thermocouple("--type N --json --table " + digit);
        assertEquals(ExitCode.RUN_FAILED, wrong.code());
        assertFalse(new ObjectMapper().readTree(wrong.out()).get("within").asBoolean());
    }

    @Test
    void typeBAtRoomTemperatureHasNoInverse() throws IOException {
        Path table = write("b.csv", "t90_C,emf_mV\n0,0.000\n20,-0.003\n");
        Cli cli = thermocouple("--type B --table " + table);
        assertEquals(ExitCode.DONE, cli.code());
        assertTrue(cli.out().endsWith("; inverse none\n"), cli.out());
        assertTrue(cli.out().contains("2 points below 42.14 C have none"), cli.out());
        assertTrue(json("--type B --table " + table).get("inverse_celsius").isNull());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--type X --emf 1 | must be one of B, E, J, K, N, R, S, T, is \"X\"",
                "--type K --temperature 1372.1 | --temperature 1372.1 is outside of type K, -270.0 to 1372.0 C",
                "--type K --temperature NaN | --temperature NaN is outside of type K, -270.0 to 1372.0 C",
                "--type S --emf 1 --cold-junction -51 | --cold-junction -51.0 is outside of type S, -50.0 to 1768.1 C",
                "--type K --emf 54.9 | --emf 54.9 with the cold junction at 0.0 C is outside of type K, -6.457738 to"
                        + " 54.886364 mV (-270.0 to 1372.0 C)",
                "--type B --emf -0.001 | (42.14 to 1820.0 C); below 42.14 C an emf of type B does not say one temperature",
                "--type K --emf x | Invalid value for option '--emf'",
                "--type K | (specify one of these): (--emf=MV | --temperature=C | --table=CSV)",
                "--type K --emf 1 --temperature 20 | are mutually exclusive (specify only one)",
                "--emf 1 | Missing required option: '--type=TYPE'"
            })
    void usage(String words, String message) {
        Cli cli = thermocouple(words);
        assertEquals(ExitCode.USAGE, cli.code(), cli.err());
        assertTrue(cli.err().contains(message), cli.err());
        assertEquals(1, cli.err().lines().count(), cli.err());
        assertEquals("", cli.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t,mv;0,0 | line 1: the header is not t90_C,emf_mV: \"t,mv\"",
                "t90_C,emf_mV;0,0;1,x | line 3: emf_mV is no number: \"1,x\"",
                "t90_C,emf_mV;#;0,0;;,1 | line 5: t90_C is no number: \",1\"",
                "t90_C,emf_mV;NaN,1 | line 2: t90_C is not finite: \"NaN,1\"",
                "t90_C,emf_mV;1,2,3 | line 2: 3 columns instead of 2: \"1,2,3\"",
                "t90_C,emf_mV;2000,1 | line 2: outside of type K, -270.0 to 1372.0 C: \"2000,1\"",
                "t90_C,emf_mV | holds no point",
                "# | holds no header line t90_C,emf_mV"
            })
    void aTableThatIsNone(String text, String message) throws IOException {
        Path table = write("table.csv", text.replace(';', '\n'));
        Cli cli = thermocouple("--type K --table " + table);
        assertEquals(ExitCode.IO, cli.code());
        assertEquals("emberline: " + table + ": " + message + "\n", cli.err());
        assertEquals("", cli.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent.csv|no such file", "folder|is a folder", "binary|is no UTF-8 text"})
    void aFileThatCannotBeRead(String nameAndMessage) throws IOException {
        String[] cells = nameAndMessage.split("\\|", -1);
        Files.createDirectories(folder.resolve("folder"));
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Path table = folder.resolve(cells[0]);
        Cli cli = thermocouple("--type K --table " + table);
        assertEquals(ExitCode.IO, cli.code());
        assertEquals("emberline: " + table + ": " + cells[1] + "\n", cli.err());
    }
}
