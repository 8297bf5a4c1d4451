package org.emberline.edge.service.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.upokecenter.cbor.CBORObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.emberline.edge.service.Mutations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadViewTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-22T12:00:00Z"), ZoneOffset.UTC);
    private static final String LINKS =
            "</metrics>;rt=\"ember.metrics\";ct=\"110 112\";obs;title=\"a, b; \\\"c\\\"\",</health>;ct=50";
    private static final String PACK = "[{\"bt\":1795341612.25,\"n\":\"temperature\",\"u\":\"Cel\",\"v\":850.125},"
            + "{\"n\":\"temperature:sigma\",\"u\":\"K\",\"v\":0.75},{\"n\":\"frame:flags\",\"vs\":\"SATURATED\"},"
            + "{\"n\":\"lattice_a\",\"u\":\"m\",\"v\":2.8665e-10}]";

    private static String shown(int contentFormat, byte[] payload, boolean json) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new PayloadView(NOON, new PrintStream(bytes, true, StandardCharsets.UTF_8), json).print(contentFormat, payload);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String shown(int contentFormat, String payload, boolean json) throws IOException {
        return shown(contentFormat, payload.getBytes(StandardCharsets.UTF_8), json);
    }

    @Test
    void senmlIsATableWithOneRowPerQuantity() throws IOException {
        assertEquals("""
                time                      name         value       sigma  unit  flags
                2026-11-22T10:00:12.250Z  temperature  850.125     0.75   Cel
                2026-11-22T10:00:12.250Z  frame                                 SATURATED
                2026-11-22T10:00:12.250Z  lattice_a    2.8665E-10         m
                """, shown(110, PACK, false));
    }

    @Test
    void senmlForMachinesIsResolved() throws IOException {
        assertEquals(
                "[{\"n\":\"a\",\"u\":\"m\",\"v\":1.0,\"t\":1.7953488E9},{\"n\":\"a:sigma\",\"v\":2.0,\"t\":1.7953488E9}]\n",
                shown(110, "[{\"bn\":\"a\",\"u\":\"m\",\"v\":1},{\"n\":\":sigma\",\"v\":2}]", true));
    }

    @Test
    void aMapIsATableOfKeys() throws IOException {
        String status = "{\"run\":\"r\",\"fault\":null,\"lost\":{\"A\":1,\"B\":2},\"flags\":[\"X\",\"Y\"],\"t\":1.5}";
        assertEquals("""
                key    value
                run    r
                fault
                lost   A=1, B=2
                flags  X, Y
                t      1970-01-01T00:00:01.500Z
                """, shown(50, status, false));
        assertEquals(status + "\n", shown(50, status, true));
    }

    /** Bytes made by an independent encoder. */
    private static byte[] pattern(int bins) {
        double[] radial = new double[bins];
        for (int i = 0; i < bins; i++) {
            radial[i] = i;
        }
        return CBORObject.NewMap()
                .Add("detector", "pilatus")
                .Add("frame", 7)
                .Add("t", 1795341612.25)
                .Add("unit", "q_A^-1")
                .Add("radial", radial)
                .Add("I", CBORObject.FromObject(new byte[4 * bins]).WithTag(85))
                .Add("sigma", CBORObject.FromObject(new byte[8 * bins]).WithTag(86))
                .Add("count", CBORObject.FromObject(new byte[4 * bins]).WithTag(81))
                .EncodeToBytes();
    }

    @Test
    void aPatternIsThinnedFromFirstToLastBin() throws IOException {
        List<String> lines = shown(60, pattern(1000), false).lines().toList();
        assertEquals(
                List.of(
                        "detector  pilatus",
                        "frame     7",
                        "time      2026-11-22T10:00:12.250Z",
                        "unit      q_A^-1",
                        "bins      1000"),
                lines.subList(0, 5));
        assertEquals("radial  I  sigma  count", lines.get(5));
        assertEquals("0       0  0      0", lines.get(6));
        assertEquals("999     0  0      0", lines.get(25));
        assertEquals("(20 of 1000 bins; --json has all)", lines.getLast());
        assertEquals(27, lines.size());
        assertEquals(6 + 1, shown(60, pattern(1), false).lines().count());
        assertEquals(6, shown(60, pattern(0), false).lines().count());
    }

    @Test
    void typedArraysOfFourKindsAreRead() throws IOException {
        // 1.5 as float32 and float64, big-endian (81, 82) and little-endian (85, 86), and NaN
        String hex = "85" + "d851443fc00000" + "d852483ff8000000000000" + "d855440000c03f" + "d85648000000000000f83f"
                + "d855440000c07f";
        assertEquals(
                "[[1.5],[1.5],[1.5],[1.5],[null]]\n", shown(60, HexFormat.of().parseHex(hex), true));
    }

    @Test
    void linksAreATable() throws IOException {
        assertEquals("""
                path      type           formats  observable  title
                /metrics  ember.metrics  110 112  yes         a, b; "c"
                /health                  50
                """, shown(40, LINKS, false));
        assertEquals("[]\n", shown(40, "", true));
    }

    @Test
    void nothingReachesTheTerminalThatMovesItsCursor() throws IOException {
        String hostile = "a\u001b[2Jb\u202ec\u0007";
        for (int contentFormat : new int[] {0, 50, 110, 40}) {
            String payload = switch (contentFormat) {
                case 50 -> "{\"" + "k\\u001b\":\"a\\u001b[2J\\u202e\\u0007\"}";
                case 110 -> "[{\"n\":\"a\",\"u\":\"\\u001b\",\"vs\":\"\\u001b[2J\\u0007\"}]";
                case 40 -> "<" + hostile + ">;rt=\"" + hostile + "\"";
                default -> hostile;
            };
            assertTrue(
                    shown(contentFormat, payload, false).chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 127)),
                    payload);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "50 | {\"a\": | the answer is not JSON",
                "50 | {} {} | the answer is not JSON: has bytes after its end",
                "60 | x | the answer is not CBOR",
                "40 | metrics | the answer is not link-format: no < at character 0",
                "40 | <a>;rt=\"x | the answer is not link-format: no \" at character 9",
                "110 | {} | SenML: record 0: not an array",
                "42 | x | the answer has content-format=42",
            })
    void whatIsNotWhatItSaysIsRefusedInOneLine(int contentFormat, String payload, String expected) {
        String message = String.valueOf(assertThrows(IOException.class, () -> shown(contentFormat, payload, false))
                .getMessage());
        assertTrue(message.startsWith(expected), message);
        assertEquals(1, message.lines().count());
    }

    @ParameterizedTest
    @CsvSource({
        "850,850",
        "0.1,0.1",
        "1e-4,0.0001",
        "2.8665123456e-10,2.86651235E-10",
        "1e300,1E+300",
        "-0.0,0",
        "123456789012,123456789000",
        "NaN,''"
    })
    void numbersHaveNineDigits(double value, String expected) {
        assertEquals(expected, Cell.number(value));
    }

    @Test
    void timesBeyondTheCalendarStayNumbers() {
        assertEquals("1.0E300", Cell.time(1e300));
        assertEquals("1970-01-01T00:00:01.500Z", Cell.time(1.5));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 50, 60, 110, 112})
    void damagedAnswersEndInAnIoException(int contentFormat) {
        byte[] json = "{\"a\":[1,2.5e3,null,true,\"x\"],\"b\":{\"c\":-7}}".getBytes(StandardCharsets.UTF_8);
        List<byte[]> seeds = List.of(
                pattern(8), json, PACK.getBytes(StandardCharsets.UTF_8), LINKS.getBytes(StandardCharsets.UTF_8));
        Mutations mutations = new Mutations(new SplittableRandom(contentFormat), seeds);
        for (int i = 0; i < 10_000; i++) {
            byte[] input = mutations.next();
            try {
                shown(contentFormat, input, i % 2 == 0);
            } catch (IOException e) {
                assertEquals(1, String.valueOf(e.getMessage()).lines().count());
            } catch (RuntimeException | StackOverflowError e) {
                fail("input " + HexFormat.of().formatHex(input), e);
            }
        }
    }
}
