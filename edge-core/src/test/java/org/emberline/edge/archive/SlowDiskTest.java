package org.emberline.edge.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.MapLayout;
import org.emberline.edge.frame.MetricLayout;
import org.emberline.edge.frame.MetricMap;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.imaging.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that stands still while frames come. Another process that holds the database's lock is the same to the archive, and can be had at a
 * moment one chooses.
 */
@Timeout(120)
class SlowDiskTest {
    private static final int BINS = 1000;
    private static final long ROOMS_BYTES = 1L << 24;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static DetectorLayout panel() {
        return new DetectorLayout(
                "panel",
                "cpu",
                new DetectorLayout.Patterns(16, new RadialAxis(RadialUnit.Q_PER_ANGSTROM, BINS, 1, 2)),
                List.of(MetricLayout.of("total_counts", "count")));
    }

    private static DetectorLayout camera() {
        MapLayout flux = new MapLayout(new ImageShape(2, 3), 8, "mg/cm/s", List.of("down", "right"));
        return new DetectorLayout(
                "camera",
                "cpu",
                new DetectorLayout.Images(MetricMapArchiveTest.plan()),
                List.of(new MetricLayout("flux", "", "flux/1", flux)));
    }

    private static int rooms(DetectorLayout detector) {
        return (int) Math.min(1024, ROOMS_BYTES / detector.copies(128).get().bytes());
    }

    /** Hands frames to an archive whose disk stands still until the last is there; answers what was left out. */
    private Map<MayDrop, Long> standstill(RunFolder run, DetectorLayout detector, int frames, MayDrop permitted)
            throws IOException, SQLException {
        RunArchive archive = RunArchive.create(
                run,
                new RunArchive.Layout(
                        "r1",
                        17,
                        List.of(detector),
                        List.of(),
                        Map.of(),
                        SegmentSettings.USUAL,
                        ArchiveLimits.NONE.dropping(permitted)));
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + run.database());
                Statement statement = other.createStatement();
                Arena arena = Arena.ofConfined()) {
            statement.execute("BEGIN IMMEDIATE");
            FrameSlot slot = detector.slot(arena);
            for (int frame = 0; frame < frames; frame++) {
                slot.reset(frame);
                slot.metric(0, frame, 1, 0);
                MetricMap map = slot.metricMap(0);
                if (map != null) {
                    map.frameIndex = frame;
                    Arrays.fill(slot.image().opticalDensity(), frame);
                }
                archive.stage(0).process(slot);
            }
            assertEquals(0, archive.committedFrames(0));
            statement.execute("ROLLBACK");
        }
        archive.close();
        assertNull(archive.failure());
        assertEquals(frames, archive.committedFrames(0));
        assertEquals(frames, number(run, "SELECT count(*) FROM frame"));
        assertEquals(
                frames, number(run, "SELECT count(*) FROM metric WHERE value = frame"), "metrics are never left out");
        Map<MayDrop, Long> dropped = new EnumMap<>(MayDrop.class);
        for (MayDrop part : MayDrop.values()) {
            dropped.put(part, archive.droppedFrames(0, part));
        }
        return dropped;
    }

    private static long number(RunFolder run, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + run.database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.getLong(1);
        }
    }

    @Test
    void nothingIsLeftOutThatIsNotPermitted() throws Exception {
        for (MayDrop permitted : List.of(MayDrop.NOTHING, MayDrop.PREVIEWS, MayDrop.MAPS)) {
            RunFolder run = RunFolder.create(folder.resolve("run" + permitted));
            int frames = rooms(panel()) * 9 / 10;
            assertEquals(0, standstill(run, panel(), frames, permitted).get(MayDrop.PATTERNS));
            assertEquals(frames, number(run, "SELECT sum(frames) FROM segment"));
        }
    }

    @Test
    void patternsAreLeftOutFromThreeQuartersOn() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        int rooms = rooms(panel());
        int frames = rooms * 9 / 10;
        long dropped = standstill(run, panel(), frames, MayDrop.PATTERNS).getOrDefault(MayDrop.PATTERNS, 0L);
        // The first frame was in the writer's hands before there was a queue behind it, or not.
        long behind = (long) frames - (rooms * 3 + 3) / 4;
        assertTrue(dropped == behind || dropped == behind + 1, dropped + " of " + behind);
        assertEquals(frames - dropped, number(run, "SELECT sum(frames) FROM segment"));
        assertEquals(1, number(run, "SELECT count(*) FROM event WHERE kind = 'ARCHIVE_BEHIND'"));
        assertEquals(
                1,
                number(
                        run,
                        "SELECT count(*) FROM event WHERE kind = 'ARCHIVE_CAUGHT_UP' AND text LIKE 'panel: %" + dropped
                                + " patterns, 0 previews, 0 maps'"));
    }

    @Test
    void previewsGoFirstThenMaps() throws Exception {
        int rooms = rooms(camera());
        int frames = rooms * 9 / 10;
        RunFolder run = RunFolder.create(folder.resolve("run"));
        Map<MayDrop, Long> dropped = standstill(run, camera(), frames, MayDrop.MAPS);
        long previews = dropped.getOrDefault(MayDrop.PREVIEWS, 0L);
        long half = (long) frames - (rooms + 1) / 2;
        assertTrue(previews == half || previews == half + 1, previews + " of " + half);
        long maps = dropped.getOrDefault(MayDrop.MAPS, 0L);
        long more = (long) frames - (rooms * 5 + 7) / 8;
        assertTrue(maps == more || maps == more + 1, maps + " of " + more);
        try (RunReader reader = new RunReader(run)) {
            assertEquals(frames - maps, reader.images(0).size());
            long known = reader.images(0).stream()
                    .filter(image -> !Float.isNaN(image.opticalDensity()[0]))
                    .count();
            assertEquals(frames - previews, known);
        }
    }
}
