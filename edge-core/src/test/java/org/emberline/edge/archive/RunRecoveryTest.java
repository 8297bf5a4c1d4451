package org.emberline.edge.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
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
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.MetricLayout;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What damage does to a run, and what it does not; deaths of whole processes are in KilledRunTest. */
@Timeout(60)
class RunRecoveryTest {
    private static final int FRAMES = 3000;
    private static final int PAGE = 4096;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private RunFolder run() throws IOException {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        RunArchive archive = begin(run);
        archive.ending("COMPLETED");
        archive.close();
        return run;
    }

    private static RunArchive begin(RunFolder run) throws IOException {
        DetectorLayout panel = new DetectorLayout(
                "panel",
                "cpu",
                new DetectorLayout.Patterns(16, new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 3, 1, 2)),
                List.of(MetricLayout.of("total_counts", "count"), MetricLayout.of("lattice_a", "m")));
        RunArchive archive = RunArchive.create(
                run,
                new RunArchive.Layout(
                        "r1",
                        17,
                        List.of(panel),
                        List.of("furnace"),
                        Map.of(),
                        new SegmentSettings(1000, 1e6, 128),
                        ArchiveLimits.NONE));
        FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, 3, 2);
        for (int i = 0; i < FRAMES; i++) {
            slot.reset(i);
            slot.startNanos = 1000L + i;
            slot.stopNanos = 1001L + i;
            slot.metric(0, Math.sqrt(i), 0.5, 0);
            slot.metric(1, i, 0.5, 0);
            archive.stage(0).process(slot);
        }
        return archive;
    }

    private static RunRecovery.Report recover(RunFolder run) throws IOException {
        return Objects.requireNonNull(RunRecovery.recover(run));
    }

    private static long number(Path database, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.getLong(1);
        }
    }

    @Test
    void aClosedRunIsLeftAsItIs() throws Exception {
        RunFolder run = run();
        byte[] before = Files.readAllBytes(run.database());
        RunRecovery.Report report = recover(run);
        assertEquals(new RunRecovery.Report(false, "COMPLETED", FRAMES, 3, 0, List.of()), report);
        assertArrayEquals(before, Files.readAllBytes(run.database()));
        assertFalse(RunRecovery.isUnfinished(run));
    }

    @Test
    void aRunThatIsWrittenIsLeftAlone() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        RunArchive archive = begin(run);
        assertTrue(RunRecovery.isUnfinished(run));
        assertEquals(List.of(run), RunRecovery.unfinished(folder));
        assertNull(RunRecovery.recover(run));
        archive.close();
        assertEquals(List.of(), RunRecovery.unfinished(folder));
        assertEquals(FRAMES, archive.committedFrames(0));
    }

    @Test
    void aDamagedPageCostsWhatIsOnIt() throws Exception {
        RunFolder run = run();
        long page = number(run.database(), "SELECT rootpage FROM sqlite_master WHERE name = 'metric'") + 20;
        try (RandomAccessFile file = new RandomAccessFile(run.database().toFile(), "rw")) {
            file.seek((page - 1) * PAGE);
            file.write(new byte[PAGE]);
        }
        byte[] before = Files.readAllBytes(run.database());
        RunRecovery.Report report = recover(run);
        assertTrue(report.defects().getFirst().startsWith("run.sqlite: "), report::toString);
        assertTrue(report.defects().getLast().startsWith("run-salvaged.sqlite: what could be read"), report::toString);
        assertTrue(
                report.defects().stream().anyMatch(line -> line.contains(" rows can be read, not all (")),
                report::toString);
        assertArrayEquals(before, Files.readAllBytes(run.database()), "nothing is written into what is damaged");
        Path copy = run.path().resolve("run-salvaged.sqlite");
        long left = number(copy, "SELECT count(*) FROM metric");
        assertTrue(left < 2 * FRAMES && left > 2 * FRAMES - 2 * PAGE / 10, "rows=" + left);
        assertEquals(
                0,
                number(copy, "SELECT count(*) FROM metric WHERE name = 0 AND abs(value * value - frame) > 1e-6"),
                "what is left is right");
        assertEquals(FRAMES, number(copy, "SELECT count(*) FROM frame"));
        byte[] salvaged = Files.readAllBytes(copy);
        assertTrue(recover(run).defects().getLast().endsWith("what could be read of it before"));
        assertArrayEquals(salvaged, Files.readAllBytes(copy));
    }

    @Test
    void whatIsNoRunOrANewerOneIsNamed() throws Exception {
        RunFolder run = run();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + run.database());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 7");
        }
        IOException newer = assertThrows(IOException.class, () -> RunRecovery.recover(run));
        assertEquals(
                run.database() + ": written by a newer version of this program, user_version=7, known are 0 to 1",
                newer.getMessage());
        IOException reading = assertThrows(IOException.class, () -> new RunReader(run).close());
        assertEquals(newer.getMessage(), reading.getMessage());
        Files.writeString(run.database(), "not a database, but longer than the header of one would be: ".repeat(20));
        IOException strange = assertThrows(IOException.class, () -> RunRecovery.recover(run));
        assertTrue(String.valueOf(strange.getMessage()).contains("file is not a database"), strange.getMessage());
        assertThrows(IOException.class, () -> RunRecovery.recover(new RunFolder(folder.resolve("none"))));
    }

    /** The log holds what is not folded into the database yet: without it the run is as it was before. */
    @Test
    void withoutItsLogARunIsAnEarlierOne() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        RunArchive archive = begin(run);
        while (archive.committedFrames(0) < FRAMES) {
            Thread.onSpinWait();
        }
        RunFolder earlier = new RunFolder(Files.createDirectory(folder.resolve("other")));
        Files.copy(run.database(), earlier.database());
        archive.close();
        RunRecovery.Report report = recover(earlier);
        assertTrue(report.unfinished());
        assertEquals("ABORTED", report.endReason());
        assertEquals(number(earlier.database(), "SELECT count(*) FROM frame"), report.frames());
        assertEquals("r1", new RunReader(earlier).facts().get("run"));
    }
}
