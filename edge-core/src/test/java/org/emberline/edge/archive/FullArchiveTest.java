package org.emberline.edge.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.MetricLayout;
import org.emberline.edge.frame.Stage;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where there is no room any more, what has been archived stays readable, every frame is in one book or the other, and the run goes on. */
@Timeout(120)
class FullArchiveTest {
    private static final int BINS = 1000;
    private static final int MOST_FRAMES = 200_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    /** Archives frames until nothing more is archived, and some more; answers how many. */
    private int fill(RunFolder run, ArchiveLimits limits) throws IOException {
        DetectorLayout panel = new DetectorLayout(
                "panel",
                "cpu",
                new DetectorLayout.Patterns(16, new RadialAxis(RadialUnit.Q_PER_ANGSTROM, BINS, 1, 2)),
                List.of(MetricLayout.of("total_counts", "count")));
        RunArchive archive = RunArchive.create(
                run,
                new RunArchive.Layout(
                        "r1", 17, List.of(panel), List.of(), Map.of(), new SegmentSettings(200, 1e6, 128), limits));
        archive.onFailure(told::add);
        FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, BINS, 1);
        Stage stage = archive.stage(0);
        int frames = 0;
        int more = 100;
        while (more > 0 && frames < MOST_FRAMES) {
            slot.reset(frames);
            slot.startNanos = 1000L + frames;
            slot.stopNanos = 1001L + frames;
            for (int bin = 0; bin < BINS; bin++) {
                slot.reduction().intensity()[bin] = Math.sin(frames * 1.7 + bin * bin);
            }
            slot.metric(0, frames, 1, 0);
            stage.process(slot);
            frames++;
            more -= archive.failure() == null ? 0 : 1;
        }
        archive.close();
        assertEquals(frames, archive.committedFrames(0) + archive.failedFrames(0));
        assertTrue(archive.failedFrames(0) >= 100, "failed=" + archive.failedFrames(0));
        assertTrue(String.valueOf(archive.failure()).startsWith("ARCHIVE_FULL: "), archive.failure());
        assertEquals(List.of(Objects.requireNonNull(archive.failure())), List.copyOf(told));
        assertEquals(archive.committedFrames(0), number(run, "SELECT count(*) FROM frame"));
        assertEquals(archive.committedFrames(0), number(run, "SELECT max(id) + 1 FROM frame"));
        assertEquals(1, number(run, "SELECT count(*) FROM event WHERE text LIKE 'ARCHIVE_FULL: %'"));
        assertEquals(1, number(run, "SELECT count(*) FROM run WHERE key = 'end_reason' AND value = 'ARCHIVE_FULL'"));
        return (int) archive.committedFrames(0);
    }

    private static long number(RunFolder run, String query) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + run.database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(run + ": " + query, e);
        }
    }

    /** With room again, the run is closed as one whose process has died. */
    private static void close(RunFolder run, int archived) throws IOException {
        assertTrue(RunRecovery.isUnfinished(run));
        RunRecovery.Report report = Objects.requireNonNull(RunRecovery.recover(run));
        assertEquals(List.of(), report.defects());
        assertEquals(archived, report.frames());
        assertEquals("ARCHIVE_FULL", report.endReason());
        assertEquals(archived, number(run, "SELECT sum(frames) FROM segment"));
        assertEquals(0, number(run, "SELECT count(*) FROM pattern"));
    }

    @Test
    void aQuotaIsKept() throws IOException {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        int archived = fill(run, ArchiveLimits.ofMebibytes(3, 0));
        assertTrue(told.element().contains("archive.quota_mib=3"), told::toString);
        close(run, archived);
    }

    @Test
    void aDiskIsNotFilledToTheBrim() throws IOException {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        int archived = fill(run, ArchiveLimits.ofMebibytes(0, 1L << 40));
        assertTrue(told.element().contains("archive.minimum_free_mib=" + (1L << 40)), told::toString);
        close(run, archived);
    }

    /** A disk of 96 MiB that nobody has told to stop at. */
    @Test
    void aFullDiskCostsNothingThatWasCommitted() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        boolean mounted = 0
                == new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", disk.toString())
                        .start()
                        .waitFor();
        assumeTrue(mounted, "a disk can only be mounted by root");
        try {
            RunFolder run = RunFolder.create(disk.resolve("run"));
            int archived = fill(run, ArchiveLimits.NONE);
            assertTrue(archived > 100, "archived=" + archived);
            RunFolder larger = new RunFolder(folder.resolve("larger"));
            copy(run.path(), larger.path());
            close(larger, archived);
        } finally {
            // Whatever is still open goes with the test's process.
            assertEquals(
                    0,
                    new ProcessBuilder("umount", "--lazy", disk.toString())
                            .start()
                            .waitFor());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
