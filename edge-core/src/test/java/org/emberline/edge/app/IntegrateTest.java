package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emberline.edge.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Measured frames through {@code integrate}, against an independent double-precision binning of their pixel centres. */
class IntegrateTest {
    private static final int BINS = 1000;
    private static final double RELATIVE = 1e-6;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @CsvSource({"cpu, true", "cpu, false", "opencl, true", "opencl, false"})
    void agreesWithTheReferenceBinForBin(String backend, boolean solidAngle) throws IOException {
        Cli.needs(backend);
        for (MeasuredFrame frame : MeasuredFrame.values()) {
            List<String[]> ours = integrate(frame, backend, solidAngle);
            List<String[]> reference = frame.reference();
            List<String> header = List.of(reference.getFirst());
            int intensity = header.indexOf(solidAngle ? "I_np64_sa1" : "I_np64_sa0");
            int count = header.indexOf("count_np64");
            assertEquals("q_A^-1,I,sigma,count", String.join(",", ours.getFirst()));
            assertEquals(BINS + 1, ours.size());
            assertEquals(BINS + 1, reference.size());
            // pyFAI computes its axis in single precision.
            double axisTolerance = 2 * Math.ulp((float) number(reference.getLast()[0]));
            for (int i = 1; i <= BINS; i++) {
                String where = frame + " bin " + (i - 1);
                String[] bin = ours.get(i);
                String[] expected = reference.get(i);
                assertEquals(number(expected[0]), number(bin[0]), axisTolerance, where);
                assertEquals(number(expected[count]), number(bin[3]), where);
                if (number(bin[3]) == 0) {
                    assertEquals("", bin[1] + bin[2], where);
                } else {
                    assertClose(number(expected[intensity]), number(bin[1]), where);
                    assertTrue(number(bin[2]) > 0, where);
                }
            }
        }
    }

    /**
     * pyFAI raises the upper end of a range by 2^-23 of it, so that the last pixel is within. With the end it really took, every bin of
     * its bounding-box patterns comes out; that end is all that makes a difference.
     */
    @ParameterizedTest
    @CsvSource({"cpu, true", "cpu, false", "opencl, true", "opencl, false"})
    void boundingBoxesArePyFais(String backend, boolean solidAngle) throws IOException {
        Cli.needs(backend);
        for (MeasuredFrame frame : MeasuredFrame.values()) {
            List<String[]> reference = frame.reference();
            List<String> header = List.of(reference.getFirst());
            int intensity = header.indexOf(solidAngle ? "I_bbox_sa1" : "I_bbox_sa0");
            int count = header.indexOf(solidAngle ? "count_bbox_sa1" : "count_bbox_sa0");
            var range = frame.facts().get("reference").get("radial_range");
            String raised = range.get(0).asDouble() + "," + range.get(1).asDouble() * (1 + Math.scalb(1.0, -23));
            List<String[]> ours = integrate(frame, backend, solidAngle, "--split", "bbox", "--range", raised);
            for (int i = 1; i <= BINS; i++) {
                String where = frame + " bin " + (i - 1);
                assertClose(number(reference.get(i)[intensity]), number(ours.get(i)[1]), where);
                assertClose(number(reference.get(i)[count]), number(ours.get(i)[3]), where);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"cpu", "opencl"})
    void theFacilitysOwnPatternComesOut(String backend) throws IOException {
        Cli.needs(backend);
        MeasuredFrame frame = MeasuredFrame.CEO2_PILATUS;
        List<double[]> facility = frame.facilityPattern();
        int bins = facility.size();
        double step = (facility.getLast()[0] - facility.getFirst()[0]) / (bins - 1);
        double upper = facility.getLast()[0] + step / 2;
        Path csv = folder.resolve("facility.csv");
        List<String> words = new ArrayList<>(List.of("integrate", "--poni", frame.poni(), "--backend", backend));
        words.addAll(List.of("--flip-rows", "--unit", "2th_deg", "--split", "bbox", "--polarization", "0.99"));
        words.addAll(List.of("--keep-negative", "--npt", "" + bins, "--range", "0," + upper, "-o", csv.toString()));
        words.add(frame.image());
        var _ = Cli.done(words.toArray(String[]::new));
        List<String> lines = Files.readAllLines(csv);
        for (int i = 0; i < bins; i++) {
            double ours = number(lines.get(i + 1).split(",", -1)[1]);
            assertClose(facility.get(i)[1], ours, "bin " + i);
        }
    }

    @Test
    void aMonitorDividesAndADummyIsLeftOut() throws IOException {
        MeasuredFrame frame = MeasuredFrame.CEO2_PILATUS;
        List<String[]> plain = integrate(frame, "cpu", true);
        List<String[]> halved = integrate(frame, "cpu", true, "--monitor", "2");
        List<String[]> without = integrate(frame, "cpu", true, "--dummy", "0");
        double left = 0;
        double all = 0;
        for (int i = 1; i <= BINS; i++) {
            assertClose(number(plain.get(i)[1]) / 2, number(halved.get(i)[1]), "bin " + i);
            assertClose(number(plain.get(i)[2]) / 2, number(halved.get(i)[2]), "bin " + i);
            left += number(without.get(i)[3]);
            all += number(plain.get(i)[3]);
        }
        assertTrue(left < all && left > 0.5 * all, left + " of " + all + " pixels are not 0");
    }

    @Test
    void anAzimuthalRangeAndItsRestAreTheWhole() throws IOException {
        MeasuredFrame frame = MeasuredFrame.CEO2_GE;
        List<String[]> whole = integrate(frame, "cpu", false);
        List<String[]> part = integrate(frame, "cpu", false, "--azimuth", "-30,75");
        List<String[]> rest = integrate(frame, "cpu", false, "--azimuth", "75,330");
        for (int i = 1; i <= BINS; i++) {
            assertEquals(number(whole.get(i)[3]), number(part.get(i)[3]) + number(rest.get(i)[3]), "bin " + i);
        }
    }

    @Test
    void theScatterWithinABinIsAtLeastThatOfTheCounts() throws IOException {
        MeasuredFrame frame = MeasuredFrame.CEO2_PILATUS;
        List<String[]> counts = integrate(frame, "cpu", true);
        List<String[]> scatter = integrate(frame, "cpu", true, "--error", "azimuthal");
        int larger = 0;
        for (int i = 50; i < 900; i++) {
            assertEquals(counts.get(i)[1], scatter.get(i)[1]);
            larger += number(scatter.get(i)[2]) > 0.9 * number(counts.get(i)[2]) ? 1 : 0;
        }
        assertTrue(larger > 0.95 * 850, "bins that scatter as counts do or more: " + larger);
    }

    @Test
    void bothBackendsAgree() throws IOException {
        Cli.needs("opencl");
        for (MeasuredFrame frame : List.of(MeasuredFrame.CEO2_PILATUS, MeasuredFrame.CEO2_GE)) {
            for (String split : List.of("no", "bbox")) {
                List<String[]> cpu = integrate(frame, "cpu", true, "--split", split);
                List<String[]> opencl = integrate(frame, "opencl", true, "--split", split);
                for (int i = 1; i <= BINS; i++) {
                    for (int column = 0; column < 4; column++) {
                        String where = frame + " " + split + " bin " + (i - 1) + " column " + column;
                        assertEquals(cpu.get(i)[column].isEmpty(), opencl.get(i)[column].isEmpty(), where);
                        if (!cpu.get(i)[column].isEmpty()) {
                            assertClose(number(cpu.get(i)[column]), number(opencl.get(i)[column]), where);
                        }
                    }
                }
            }
        }
    }

    @Test
    void aBinWithoutPixelsIsEmptyNotZero() {
        MeasuredFrame frame = MeasuredFrame.CEO2_PILATUS;
        Cli cli = Cli.done(
                "integrate",
                "--poni",
                frame.poni(),
                "--range",
                "8,80",
                "--npt",
                "10",
                "--backend",
                "cpu",
                frame.image());
        List<String> lines = cli.out().lines().toList();
        assertEquals(11, lines.size());
        assertTrue(lines.get(10).matches("76\\.4\\d*,,,0"), lines.get(10));
        assertTrue(lines.stream().skip(2).allMatch(line -> line.endsWith(",,,0")), cli.out());
        assertFalse(lines.get(1).endsWith(",,,0"), cli.out());
    }

    @Test
    void theRangeIsThatOfTheValidPixelsUnlessGiven() {
        MeasuredFrame frame = MeasuredFrame.CEO2_PILATUS;
        Cli cli = Cli.done(
                "integrate", "--poni", frame.poni(), "--flip-rows", "--npt", "3", "--backend", "cpu", frame.image());
        long pixels = cli.out()
                .lines()
                .skip(1)
                .mapToLong(line -> Long.parseLong(line.split(",", -1)[3]))
                .sum();
        assertEquals(949_623, pixels, "n_valid of the reference");
    }

    @Test
    void withoutAnErrorModelSigmaIsEmpty() {
        MeasuredFrame frame = MeasuredFrame.CEO2_PILATUS;
        Cli cli = Cli.done(
                "integrate",
                "--poni",
                frame.poni(),
                "--error",
                "none",
                "--npt",
                "5",
                "--backend",
                "cpu",
                frame.image());
        assertTrue(cli.out().lines().skip(1).allMatch(line -> line.matches("[^,]+,[^,]+,,\\d+")), cli.out());
    }

    @Test
    void nexusIsReadByH5pyAndEqualsTheCsv() throws IOException, InterruptedException {
        Path python = Path.of("/usr/bin/python3");
        if (!Files.isExecutable(python) || python(python, "-c", "import h5py") != 0) {
            Cli.oracleAbsent(python + " has no h5py (Debian: python3-h5py)");
        }
        MeasuredFrame frame = MeasuredFrame.CEO2_GE;
        Path nexus = folder.resolve("pattern.nxs");
        Path csv = folder.resolve("pattern.csv");
        for (Path output : List.of(nexus, csv)) {
            var _ = Cli.done(
                    "integrate",
                    "--poni",
                    frame.poni(),
                    "--npt",
                    "700",
                    "--backend",
                    "cpu",
                    "--range",
                    "0.5,12",
                    "-o",
                    output.toString(),
                    frame.image());
        }
        Path script = RealData.repositoryRoot().resolve("edge-core/src/test/python/check_nxazint1d.py");
        int code = python(python, script.toString(), nexus.toString(), csv.toString());
        assertEquals(0, code, Files.readString(folder.resolve("said")));
        try (var files = Files.list(folder)) {
            assertEquals(3, files.count(), "no part is left behind");
        }
    }

    @Test
    void aCakeIsReadByH5pyAndAddsUpToThePattern() throws IOException, InterruptedException {
        Path python = Path.of("/usr/bin/python3");
        if (!Files.isExecutable(python) || python(python, "-c", "import h5py") != 0) {
            Cli.oracleAbsent(python + " has no h5py (Debian: python3-h5py)");
        }
        MeasuredFrame frame = MeasuredFrame.CEO2_GE;
        Path nexus = folder.resolve("cake.nxs");
        Path csv = folder.resolve("pattern.csv");
        for (List<String> output : List.of(List.of(nexus.toString(), "--cake", "36"), List.of(csv.toString()))) {
            List<String> words = new ArrayList<>(List.of("integrate", "--poni", frame.poni(), "--npt", "300"));
            words.addAll(List.of("--backend", "cpu", "--range", "0.5,12", "-o"));
            words.addAll(output);
            words.add(frame.image());
            var _ = Cli.done(words.toArray(String[]::new));
        }
        Path script = RealData.repositoryRoot().resolve("edge-core/src/test/python/check_nxazint2d.py");
        int code = python(python, script.toString(), nexus.toString(), csv.toString(), "36");
        assertEquals(0, code, Files.readString(folder.resolve("said")));
    }

    private int python(Path python, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(python.toString()));
        command.addAll(Arrays.asList(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start()
                .waitFor();
    }

    private List<String[]> integrate(MeasuredFrame frame, String backend, boolean solidAngle, String... more)
            throws IOException {
        Path csv = folder.resolve("pattern.csv");
        var range = frame.facts().get("reference").get("radial_range");
        List<String> words = new ArrayList<>(List.of("integrate", "--poni", frame.poni(), "--backend", backend));
        words.addAll(List.of("--npt", "" + BINS, "-o", csv.toString()));
        if (!Arrays.asList(more).contains("--range")) {
            words.addAll(List.of("--range", range.get(0) + "," + range.get(1)));
        }
        words.addAll(frame.flipRows ? List.of("--flip-rows") : List.of());
        words.addAll(solidAngle ? List.of() : List.of("--no-solid-angle"));
        words.addAll(more.length == 0 ? List.of("--split", "no") : Arrays.asList(more));
        words.addAll(frame.modules());
        words.add(frame.image());
        var _ = Cli.done(words.toArray(String[]::new));
        return Files.readAllLines(csv, StandardCharsets.UTF_8).stream()
                .map(line -> line.split(",", -1))
                .toList();
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    private static void assertClose(double expected, double actual, String where) {
        assertEquals(expected, actual, RELATIVE * Math.abs(expected), where);
    }
}
