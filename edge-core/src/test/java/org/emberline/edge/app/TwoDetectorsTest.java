package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.emberline.edge.archive.RunExport;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.archive.RunReader;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.pipeline.EndReason;
import org.emberline.edge.pipeline.Ledger;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.DetectorView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A panel and a microscope in one run: one furnace, one clock, books of their own. */
@Timeout(120)
class TwoDetectorsTest {
    private static final List<Double> ENERGIES = List.of(5.24, 5.28, 8.30, 8.40);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static String config(Path scenario, String run, String source, String beside) {
        return """
                [run]
                %s
                [source]
                scenario = "%s"
                %s
                [reduce]
                backend = "cpu"
                bins = 50
                [coap]
                enabled = false
                %s
                """.formatted(run, scenario, source, beside);
    }

    @Test
    void anImagingDetectorAloneIsARun() throws Exception {
        TwoDetectors runs = new TwoDetectors(folder);
        Outcome outcome = runs.run(
                "alone",
                "[source]\nscenario = \"" + runs.scenario("") + "\"\nframes = 6\n"
                        + TwoDetectors.BESIDE.replace("beside.", ""));
        assertTrue(outcome.sound());
        assertEquals(new Ledger(6, 6, 6, 6, 6, Map.of()), outcome.last().ledger());
        List<TwoDetectors.Frame> frames = runs.frames("alone", 0);
        assertEquals(6, frames.size());
        for (int i = 0; i < 6; i++) {
            assertEquals(0, frames.get(i).flags());
            assertEquals(ENERGIES.get(i % 4), frames.get(i).energyKev());
        }
        AgainstTruth temperature = Objects.requireNonNull(outcome.truth().get("temperature"));
        assertTrue(temperature.rmsError() < 0.2, temperature::toString);
        DetectorView microscope = outcome.last().detectors().getFirst();
        assertEquals("microscope", microscope.name());
        assertEquals(5, Objects.requireNonNull(microscope.preview()).frameIndex());
    }

    /** Thread timing must not show: neither as a stale temperature nor in the last digit of any. */
    @Test
    void whatIsMeasuredDoesNotDependOnHowFastTheThreadsAre() throws Exception {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            TwoDetectors runs = new TwoDetectors(folder);
            Path scenario =
                    runs.scenario("[simulation.thermocouple]\nreadings_per_frame = " + (1 + random.nextInt(12)));
            String source = "seed = " + seed + "\nframes = " + (1 + random.nextInt(60));
            String lag = "[temperature]\nlag_seconds = " + random.nextInt(400) + "\n";
            String beside = lag + TwoDetectors.BESIDE + "[beside.source]\nframes = " + (1 + random.nextInt(40));
            Outcome fast = runs.run("fast" + seed, config(scenario, "slots = 2", source, beside));
            Outcome slow = runs.run(
                    "slow" + seed,
                    config(
                            scenario,
                            "slots = 64",
                            source + "\nframes_per_second = " + (100 + random.nextInt(400)),
                            beside));
            assertTrue(fast.sound() && slow.sound());
            for (int detector = 0; detector < 2; detector++) {
                List<TwoDetectors.Frame> frames = runs.frames("fast" + seed, detector);
                assertEquals(frames, runs.frames("slow" + seed, detector), "seed=" + seed);
                // On the ramp the readings are too far apart for kinetics, in every run alike.
                long others = ~FrameFlag.TEMPERATURE_UNSYNCHRONISED.bit();
                assertTrue(
                        frames.stream().allMatch(frame -> (frame.flags() & others) == 0),
                        "seed=" + seed + " " + frames);
            }
        }
    }

    @Test
    void bothDetectorsAreMeasuredArchivedAndHeldAgainstTheTruth() throws Exception {
        TwoDetectors runs = new TwoDetectors(folder);
        Outcome outcome = runs.run(
                "both",
                config(runs.scenario(""), "", "frames = 30", TwoDetectors.BESIDE + "[beside.source]\nframes = 8"));
        assertEquals(EndReason.COMPLETED, outcome.reason());
        assertTrue(outcome.sound());
        assertEquals(new Ledger(38, 38, 38, 38, 38, Map.of()), outcome.last().ledger());
        List<DetectorView> detectors = outcome.last().detectors();
        assertEquals(
                List.of("panel", "microscope"),
                detectors.stream().map(DetectorView::name).toList());
        assertEquals(8, detectors.getLast().ledger().archived());
        for (String temperature : List.of("temperature", "microscope:temperature")) {
            AgainstTruth against = Objects.requireNonNull(outcome.truth().get(temperature));
            assertTrue(against.rmsError() < 0.2, temperature + " " + against);
        }
        try (RunReader reader = new RunReader(new RunFolder(folder.resolve("both")))) {
            assertEquals(30, reader.temperature().size());
            List<RunReader.Image> images = reader.images(1);
            assertEquals(8, images.size());
            assertEquals(64 * 64, images.getLast().opticalDensity().length);
            // The sample lies in the middle of the field, and the rim is empty.
            float[] density = images.getLast().opticalDensity();
            assertTrue(density[32 * 64 + 32] > 0.1, "centre=" + density[32 * 64 + 32]);
            assertEquals(0, density[32 * 64 + 1], 0.1);
        }
    }

    @Test
    void whereThereIsNoRoomTheRunGoesOnAndSaysSo() throws Exception {
        TwoDetectors runs = new TwoDetectors(folder);
        Outcome outcome = runs.run(
                "full",
                config(
                        runs.scenario(""),
                        "",
                        "frames = 100\nframes_per_second = 40",
                        "[archive]\nminimum_free_mib = 1000000000"));
        Ledger ledger = outcome.last().ledger();
        assertEquals(100, ledger.published());
        long refused = ledger.lost().getOrDefault("ARCHIVE_FAILED", 0L);
        assertTrue(refused > 0 && ledger.settled(), ledger::toString);
        assertEquals(100, ledger.archived() + refused);
        assertFalse(outcome.sound());
        String fault = String.valueOf(outcome.last().run().fault());
        assertTrue(fault.startsWith("archive failed: ARCHIVE_FULL: the disk has"), fault);
        List<String> kinds = outcome.last().events().latest().stream()
                .map(Snapshot.EventView::kind)
                .toList();
        assertTrue(kinds.containsAll(List.of("CLOCK", "ARCHIVE_FAILED", "FAULT")), kinds::toString);
        assertEquals(Map.of(), outcome.truth(), "nothing can be added to the run");
        try (RunReader reader = new RunReader(new RunFolder(folder.resolve("full")))) {
            assertEquals(ledger.archived(), reader.temperature().size());
            assertEquals("ARCHIVE_FULL", reader.facts().get("end_reason"));
            assertEquals(
                    ledger.archived(),
                    Objects.requireNonNull(reader.books().get("panel")).get("archived"));
            assertTrue(String.valueOf(reader.facts().get("clock")).contains("synchronised"));
        }
    }

    @Test
    void theSegmentsOfBothOpenInOtherPrograms() throws Exception {
        Python.needs("numpy, h5py");
        TwoDetectors runs = new TwoDetectors(folder);
        Outcome outcome = runs.run(
                "both",
                config(runs.scenario(""), "", "frames = 12", TwoDetectors.BESIDE + "[beside.source]\nframes = 8"));
        assertTrue(outcome.sound());
        Path run = folder.resolve("both");
        Python.check("check_segments.py", List.of(run.toString()));
        try (RunReader reader = new RunReader(new RunFolder(run))) {
            List<RunReader.Image> images = reader.images(1);
            for (int part : new int[] {3, 100}) {
                RunExport.Written written =
                        RunExport.nexus(new RunFolder(run), 1, folder.resolve("part" + part + ".nxs"), part);
                assertEquals(8, written.frames());
                try (HdfFile hdf = new HdfFile(written.files().getFirst())) {
                    float[][][] stack = (float[][][])
                            hdf.getDatasetByPath("/entry/data/optical_density").getData();
                    assertArrayEquals(Arrays.copyOfRange(images.getFirst().opticalDensity(), 64, 128), stack[0][1]);
                }
            }
        }
    }

    @Test
    void aFrameThatNeverComesIsInThePanelsBooksOnly() throws Exception {
        TwoDetectors runs = new TwoDetectors(folder);
        Path scenario = runs.scenario("[simulation.trigger_signal]\ndrop_fraction = 0.2\ndouble_fraction = 0.1");
        Outcome outcome = runs.run("lossy", config(scenario, "", "frames = 100", TwoDetectors.BESIDE));
        Ledger panel = outcome.last().detectors().getFirst().ledger();
        assertTrue(panel.closes() && outcome.last().closes(), outcome.last()::toString);
        assertTrue(panel.lost().keySet().containsAll(List.of("FRAME_MISSING", "TRIGGER_SPURIOUS")), panel::toString);
        assertEquals(
                new Ledger(80, 80, 80, 80, 80, Map.of()),
                outcome.last().detectors().getLast().ledger());
        assertEquals(panel.lost(), outcome.last().ledger().lost());
        assertTrue(outcome.sound());
    }

    @Test
    void aScenarioWithoutRadiographsLeavesNothingForTheMicroscope() throws Exception {
        TwoDetectors runs = new TwoDetectors(folder);
        Path scenario = runs.scenario("[simulation]\nradiographs = 0");
        Path file = Files.writeString(folder.resolve("none.toml"), config(scenario, "", "", TwoDetectors.BESIDE));
        Cli cli = Cli.run("check-config", file.toString());
        assertEquals(ExitCode.CONFIGURATION, cli.code());
        assertEquals(
                "emberline: " + scenario
                        + ": simulation.radiographs=0 leaves nothing for the imaging detector microscope\n",
                cli.err());
        Files.writeString(file, Files.readString(file) + "[beside.source]\nframes = 3\n");
        assertEquals(ExitCode.DONE, Cli.run("check-config", file.toString()).code());
    }
}
