package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emberline.edge.RealData;
import org.emberline.edge.archive.RunReader.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measured frames and a measured furnace log through the whole appliance. */
class ReplayTest {
    private static final double CERIA_ANGSTROM = 5.411;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void framesGetTheFurnacesTemperatureAtTheirTime() throws IOException {
        Path log = RealData.path("thermocouple/furnace-17bm/furnace_temperature_log.csv");
        MeasuredFrame one = MeasuredFrame.FE3O4_FIRST;
        MeasuredFrame six = MeasuredFrame.FE3O4_SIXTH;
        FinishedRun run = replay(
                "--poni",
                one.poni(),
                "--frames",
                one.image(),
                six.image(),
                six.image(),
                one.image(),
                one.image(),
                "--flip-rows",
                "--temperature",
                log.toString(),
                "--cadence",
                "70",
                "--exposure",
                "9");
        run.assertComplete(5);
        List<double[]> table = table(log);
        List<Point> temperatures = run.temperature();
        List<Point> counts = run.metric("total_counts");
        double[] sums = {
            one.facts().get("sum_valid").asDouble(),
            six.facts().get("sum_valid").asDouble()
        };
        int[] shown = {0, 1, 1, 0, 0};
        for (int i = 0; i < 5; i++) {
            assertEquals(interpolated(table, 70 * i + 4.5), temperatures.get(i).value(), 1e-6, "frame " + i);
            assertTrue(temperatures.get(i).sigma() > 0.01, "a log written to 0.1 K leaves 0.03 K open");
            assertEquals(sums[shown[i]], counts.get(i).value(), "frame " + i);
        }
        assertEquals(List.of("temperature", "total_counts", "saturated_fraction"), metrics(run));
    }

    @Test
    void ceriaHasItsLatticeParameter() throws IOException {
        for (MeasuredFrame frame : List.of(MeasuredFrame.CEO2_GE, MeasuredFrame.CEO2_PILATUS)) {
            List<String> words = new ArrayList<>(List.of("--poni", frame.poni(), "--frames", frame.image()));
            words.addAll(List.of("--phase", phase("ceo2")));
            words.addAll(frame.flipRows ? List.of("--flip-rows") : List.of());
            FinishedRun run = replay(words.toArray(String[]::new));
            run.assertComplete(1);
            assertEquals(CERIA_ANGSTROM, run.metric("lattice_a").getFirst().value(), 0.003, frame.name());
            assertEquals(
                    frame.facts().get("sum_valid").asDouble(),
                    run.metric("total_counts").getFirst().value());
            assertTrue(Double.isNaN(run.temperature().getFirst().value()), "nobody knows the temperature");
            assertEquals(List.of("temperature", "total_counts", "saturated_fraction", "lattice_a"), metrics(run));
        }
    }

    @Test
    void aHexagonalPhaseHasTwoLatticeParameters() throws IOException {
        MeasuredFrame frame = MeasuredFrame.CEO2_PILATUS;
        FinishedRun run = replay("--poni", frame.poni(), "--frames", frame.image(), "--phase", phase("nmc532"));
        assertEquals(
                List.of("temperature", "total_counts", "saturated_fraction", "lattice_a", "lattice_c"), metrics(run));
    }

    @Test
    void anUnreadableFrameInTheMiddleIsNamedAndCounted() throws IOException {
        Path module = RealData.path("diffraction/lambda-3module/testasapo1_1009_00002_m1_part00000.nxs");
        byte[] bytes = Files.readAllBytes(module);
        // A stretch of one compressed frame: the other nine stay whole.
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 512, (byte) 0xff);
        Path damaged = Files.write(folder.resolve("damaged.nxs"), bytes);
        Path poni = Files.writeString(folder.resolve("open.poni"), """
                poni_version: 2
                Detector: Detector
                Detector_config: {"pixel1": 5.5e-5, "pixel2": 5.5e-5}
                Distance: 0.3
                Poni1: 0.0
                Poni2: 0.0
                Rot1: 0
                Rot2: 0
                Rot3: 0
                Wavelength: 4.8e-11
                """);
        Path out = folder.resolve("run");
        Cli cli = Cli.run(
                "replay",
                "--poni",
                poni.toString(),
                "--frames",
                damaged.toString(),
                "--backend",
                "cpu",
                "--out",
                out.toString());
        assertEquals(ExitCode.IO, cli.code(), cli.err());
        assertTrue(
                cli.err().contains("emberline: 1 of 10 frames could not be read, the first because of " + damaged),
                cli.err());
        FinishedRun run = FinishedRun.in(out);
        assertEquals(
                1, run.summary().get("ledger").get("lost").get("FRAME_MISSING").asInt());
        assertEquals(9, run.summary().get("ledger").get("archived").asInt());
        assertTrue(run.summary().get("ledger").get("closes").asBoolean());
    }

    private FinishedRun replay(String... options) throws IOException {
        Path out = Files.createTempDirectory(folder, "run");
        List<String> words = new ArrayList<>(List.of("replay", "--backend", "cpu", "--out", out.toString()));
        words.addAll(Arrays.asList(options));
        var _ = Cli.done(words.toArray(String[]::new));
        return FinishedRun.in(out);
    }

    private static String phase(String name) {
        return RealData.repositoryRoot()
                .resolve("config/phases/" + name + ".toml")
                .toString();
    }

    private static List<String> metrics(FinishedRun run) {
        List<String> names = new ArrayList<>();
        run.summary().get("metrics").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Rows of seconds and degrees Celsius. */
    private static List<double[]> table(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(cells -> new double[] {60 * Double.parseDouble(cells[1]), Double.parseDouble(cells[2])})
                .toList();
    }

    private static double interpolated(List<double[]> table, double seconds) {
        int i = 0;
        while (table.get(i + 1)[0] < seconds) {
            i++;
        }
        double[] a = table.get(i);
        double[] b = table.get(i + 1);
        return a[1] + (b[1] - a[1]) * (seconds - a[0]) / (b[0] - a[0]);
    }
}
