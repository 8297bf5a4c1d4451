package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emberline.gpu.RadialUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What programs write patterns as, and what cannot be one. */
class PatternReaderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final PatternReader reader = new PatternReader();

    private PatternReader read(String text) throws IOException {
        reader.read(Files.writeString(folder.resolve("a.dat"), text));
        return reader;
    }

    private void assertPoints(double[][] rows) {
        assertEquals(rows.length, reader.points());
        for (int i = 0; i < rows.length; i++) {
            assertEquals(rows[i][0], reader.x(i));
            assertEquals(rows[i][1], reader.intensity(i));
            assertEquals(rows[i][2], reader.sigma(i));
            assertEquals(rows[i][3], reader.count(i));
        }
    }

    @Test
    void twoColumnsHaveNoErrors() throws IOException {
        var _ = read("\ufeff1 10\r\n\t2.5\t 20 \r\r ! a remark\n3e0 30.5");
        assertFalse(reader.hasErrors());
        assertPoints(new double[][] {{1, 10, Double.NaN, 1}, {2.5, 20, Double.NaN, 1}, {3, 30.5, Double.NaN, 1}});
        assertEquals(PatternHeading.Facts.NONE, reader.facts());
    }

    @Test
    void theBeamlinesFirstLineIsHeeded() throws IOException {
        PatternHeading.Facts facts =
                read("# scan 49 temperature_C 180.5 time_min 16.0000 wavelength_A 0.24125\n0.7 6141.1 78.37\n0.8 0 0\n")
                        .facts();
        assertTrue(reader.hasErrors());
        assertPoints(new double[][] {{0.7, 6141.1, 78.37, 1}, {0.8, 0, 0, 1}});
        assertEquals(new PatternHeading.Facts(null, 0.24125, 180.5, 0.1, 960), facts);
    }

    @Test
    void whatIntegrateWritesIsReadBack() throws IOException {
        PatternHeading.Facts facts = read("q_A^-1,I,sigma,count\n0.5,12.25,0.5,40\n0.6,,,0\n0.7,3,1,2.5\n")
                .facts();
        assertEquals(RadialUnit.Q_PER_ANGSTROM, facts.unit());
        assertPoints(new double[][] {{0.5, 12.25, 0.5, 40}, {0.6, Double.NaN, Double.NaN, 0}, {0.7, 3, 1, 2.5}});
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2-Theta Angle (Degrees)  | TWO_THETA_DEGREES
            2th_deg                  | TWO_THETA_DEGREES
            2-theta (rad)            | TWO_THETA_RADIANS
            Q (Inverse Nanometres)   | Q_PER_NANOMETRE
            q_nm^-1                  | Q_PER_NANOMETRE
            Q (1/A)                  | Q_PER_ANGSTROM
            """)
    void chiNamesItsUnitInTheSecondLine(String label, RadialUnit unit) throws IOException {
        PatternHeading.Facts facts = read("frame_00001.chi\n" + label
                        + "\nIntensity\n       3\n 1.0  5\n 1.1  6\n 1.2  7\n")
                .facts();
        assertEquals(3, reader.points());
        assertEquals(unit, facts.unit());
    }

    @Test
    void aTitleThatSoundsLikeAUnitIsNone() throws IOException {
        PatternHeading.Facts facts = read("q_nm^-1 series.chi\n2-Theta Angle (Degrees)\nIntensity\n 2\n1 5\n2 6\n")
                .facts();
        assertEquals(RadialUnit.TWO_THETA_DEGREES, facts.unit());
    }

    @Test
    void pyFaisHeaderTellsUnitAndWavelength() throws IOException {
        PatternHeading.Facts facts = read("""
                # == pyFAI calibration ==
                # Distance Sample to Detector: 0.1 m
                # Wavelength: 1.541e-10 m
                # --> scan.dat
                #       q_nm^-1             I         sigma
                  1.0e+00  5.0e+00 1.0e+00
                  1.1e+00  6.0e+00 1.0e+00
                """).facts();
        assertEquals(RadialUnit.Q_PER_NANOMETRE, facts.unit());
        assertEquals(1.541, facts.wavelengthAngstrom(), 1e-12);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 NaN\\n2 3                 | line 1: I=NaN
            1 5\\n2 inf                 | line 2: I=inf
            1 5 1\\n2 6 -1              | line 2: sigma=-1.0
            1 5 1\\n2 6 0               | line 2: sigma=0.0
            1 5 1\\n2 6 NaN             | line 2: sigma=NaN
            1 5\\n1 6                   | line 2: x=1.0 does not rise
            2 5\\n1 6                   | line 2: x=1.0 does not rise
            -1 5\\n1 6                  | line 1: x=-1.0
            1\\n2                       | line 1: 1 columns
            1 2 3 4\\n2 3 4 5           | line 1: 4 columns
            1 2 3 4 5\\n2 3 4 5 6       | line 1: more than 4 columns
            1 5 1\\n2 6                 | line 2: 2 columns instead of 3
            10,00 5,3\\n10,01 5,4       | line 1: both commas and white space
            10,00;5,3\\n10,01;5,4       | line 1: x=10,00
            1 1e31\\n2 3                | line 1: I=1e31
            1e999 1\\n2 3               | line 1: x=1e999
            1 5\\n2 5abc                | line 2: I=5abc
            1 5                         | holds points=1
            # only a remark             | holds points=0
            hello\\nworld               | line 2: is no row of numbers
            2theta obs calc\\n1 2 3     | line 1: the third column is "calc"
            # wavelength_A 0\\n1 5\\n2 6 | states what cannot be: wavelength_A=0.0
            # temperature_C -300\\n1 5\\n2 6 | states what cannot be: temperature_C=-300.0
            # time_s 1e300\\n1 5\\n2 6  | states what cannot be: time_s=1.0E300
            x,I,sigma,count\\n1,2,1,-1  | line 2: count=-1.0
            """)
    void whatIsNoPatternIsRefusedByLineAndValue(String text, String complaint) {
        InputException refusal = assertThrows(InputException.class, () -> read(text.replace("\\n", "\n")));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.startsWith(folder.resolve("a.dat") + ": " + complaint), message);
    }

    @Test
    void lengthIsLimitedBeforeAnythingIsRead() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i <= PatternReader.MOST_POINTS; i++) {
            many.append(i).append(" 1\n");
        }
        assertTrue(refusal(many.toString()).contains("line 131073: more points than 131072"));
        Path huge = folder.resolve("huge.xy");
        try (var channel = java.nio.channels.FileChannel.open(
                huge, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            var _ = channel.write(java.nio.ByteBuffer.wrap("1 2\n".getBytes(StandardCharsets.US_ASCII)), 5L << 30);
        }
        InputException refusal = assertThrows(InputException.class, () -> reader.read(huge));
        assertTrue(String.valueOf(refusal.getMessage()).contains("too long for a pattern: bytes=5368709124"));
    }

    private String refusal(String text) {
        return String.valueOf(
                assertThrows(InputException.class, () -> read(text)).getMessage());
    }
}
