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
        words.addAll(List.of("--range", range.get(0) + "," + range.get(1), "--npt", "" + BINS, "-o", csv.toString()));
        words.addAll(frame.flipRows ? List.of("--flip-rows") : List.of());
        words.addAll(solidAngle ? List.of() : List.of("--no-solid-angle"));
        words.addAll(more.length == 0 ? List.of("--split", "no") : Arrays.asList(more));
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
