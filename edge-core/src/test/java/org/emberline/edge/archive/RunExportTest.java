package org.emberline.edge.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.MetricLayout;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is exported is what went in, whether it was in segments or not, and however many files it takes. */
@Timeout(60)
class RunExportTest {
    private static final int BINS = 7;
    private static final int FRAMES = 250;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<float[]> patterns = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private RunFolder run;

    @BeforeEach
    void archive() throws IOException {
        run = RunFolder.create(folder.resolve("run"));
        DetectorLayout panel = new DetectorLayout(
                "panel",
                "cpu",
                new DetectorLayout.Patterns(16, new RadialAxis(RadialUnit.Q_PER_ANGSTROM, BINS, 1, 2), 0.5),
                List.of(MetricLayout.of("total_counts", "count")));
        SplittableRandom random = new SplittableRandom(3);
        RunArchive archive = RunArchive.create(
                run,
                new RunArchive.Layout(
                        "r1",
                        17,
                        List.of(panel),
                        List.of("furnace"),
                        Map.of(),
                        new SegmentSettings(100, 1e6, 128),
                        ArchiveLimits.NONE));
        FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, BINS, 1);
        for (int i = 0; i < FRAMES; i++) {
            archive.reading(new Temperature(0, 1000L + i, 20.5 + i, 0.25));
            slot.reset(i);
            slot.startNanos = 1000L + i;
            slot.stopNanos = 1001L + i;
            float[] pattern = new float[BINS];
            for (int bin = 0; bin < BINS; bin++) {
                pattern[bin] = bin == 4 ? Float.NaN : (float) random.nextDouble(1e4);
                slot.reduction().intensity()[bin] = pattern[bin];
                slot.reduction().sigma()[bin] = 0.5;
                slot.reduction().count()[bin] = bin == 4 ? 0 : 12;
            }
            slot.metric(0, i, 0.5, 0);
            patterns.add(pattern);
            archive.stage(0).process(slot);
        }
        archive.ending("COMPLETED");
        archive.close();
    }

    private static void assertPatterns(List<float[]> expected, Path file) {
        try (HdfFile hdf = new HdfFile(file)) {
            assertArrayEquals(expected.toArray(float[][]::new), (float[][])
                    hdf.getDatasetByPath("/entry/data/I").getData());
            double[] values = (double[])
                    hdf.getDatasetByPath("/entry/metrics/total_counts/value").getData();
            assertEquals(expected.size(), values.length);
        }
    }

    @Test
    void oneFileHoldsAllSegments() throws IOException {
        Path file = folder.resolve("all.nxs");
        RunExport.Written written = RunExport.nexus(run, 0, file, 1000);
        assertEquals(new RunExport.Written(FRAMES, List.of(file)), written);
        assertPatterns(patterns, file);
    }

    @Test
    void severalFilesWhereOneCannot() throws IOException {
        RunExport.Written written = RunExport.nexus(run, 0, folder.resolve("part.nxs"), 60);
        assertEquals(5, written.files().size());
        assertEquals("part-0005.nxs", written.files().getLast().getFileName().toString());
        for (int part = 0; part < 5; part++) {
            assertPatterns(
                    patterns.subList(part * 60, Math.min(FRAMES, part * 60 + 60)),
                    written.files().get(part));
        }
    }

    @Test
    void theTableHasALineAFrame() throws IOException {
        Path file = folder.resolve("all.csv");
        RunExport.Written written = RunExport.csv(run, 0, file, flags -> "" + flags);
        assertEquals(FRAMES, written.frames());
        List<String> lines = Files.readAllLines(file);
        assertEquals(FRAMES + 1, lines.size());
        assertEquals(
                "frame,start_ns,stop_ns,temperature_Cel,temperature:sigma,flags,"
                        + "total_counts,total_counts:sigma,total_counts:flags",
                lines.getFirst());
        assertEquals("7,1007,1008,,,0,7.0,0.5,0", lines.get(8));
    }

    @Test
    void textFilesHaveThePatterns() throws IOException {
        RunExport.Written written = RunExport.xye(run, 0, folder.resolve("all.xye"));
        assertEquals(new RunExport.Written(FRAMES, List.of(folder.resolve("all.xye"))), written);
        List<String> lines = Files.readAllLines(folder.resolve("all.xye/000007.xye"));
        assertEquals("# run r1, frame 7", lines.getFirst());
        assertEquals("q_A^-1 I sigma", lines.get(2));
        assertEquals(3 + BINS - 1, lines.size(), "the bin without pixels is left out");
        String[] words = lines.get(3).split(" ", -1);
        assertEquals(1 + 0.5 / BINS, Double.parseDouble(words[0]), 1e-12);
        assertEquals(patterns.get(7)[0], Float.parseFloat(words[1]));
    }

    @Test
    void aSegmentThatHasChangedIsNamed() throws IOException {
        Path segment = run.path().resolve("segments/0002.nxs");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2] ^= 1;
        Files.write(segment, bytes);
        IOException refused =
                assertThrows(IOException.class, () -> RunExport.nexus(run, 0, folder.resolve("x.nxs"), 1000));
        assertTrue(String.valueOf(refused.getMessage()).contains("segments/0002.nxs: its content has changed"));
        RunRecovery.Report report = Objects.requireNonNull(RunRecovery.recover(run));
        assertEquals(List.of("segments/0002.nxs: its content has changed"), report.defects());
        Files.write(segment, Arrays.copyOf(bytes, 100));
        report = Objects.requireNonNull(RunRecovery.recover(run));
        assertTrue(report.defects().getFirst().startsWith("segments/0002.nxs: bytes=100 instead of "));
        Files.delete(segment);
        report = Objects.requireNonNull(RunRecovery.recover(run));
        assertEquals(List.of("segments/0002.nxs: missing"), report.defects());
    }
}
