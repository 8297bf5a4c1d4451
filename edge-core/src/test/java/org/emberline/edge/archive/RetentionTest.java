package org.emberline.edge.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes is old, closed and nobody else's. */
class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration MONTH = Duration.ofDays(30);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path runs;

    private RunArchive begin(String name, Duration age) throws IOException {
        DetectorLayout panel = new DetectorLayout(
                "panel",
                "cpu",
                new DetectorLayout.Patterns(16, new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 3, 1, 2)),
                List.of());
        long nanos = NOW.minus(age).getEpochSecond() * 1_000_000_000L;
        return RunArchive.create(
                RunFolder.create(runs.resolve(name)), new RunArchive.Layout(name, nanos, List.of(panel), List.of()));
    }

    @Test
    void onlyOldRunsGo() throws IOException {
        begin("old", Duration.ofDays(31)).close();
        begin("older", Duration.ofDays(300)).close();
        begin("young", Duration.ofDays(29)).close();
        begin("noted", Duration.ofDays(300)).close();
        Files.writeString(runs.resolve("noted/notes.txt"), "the good one");
        RunArchive open = begin("open", Duration.ofDays(300));
        Files.createDirectories(runs.resolve("holiday/segments"));
        Files.writeString(runs.resolve("holiday/run.sqlite"), "not a run");
        Files.createSymbolicLink(runs.resolve("link"), runs.resolve("noted"));

        assertEquals(List.of(runs.resolve("old"), runs.resolve("older")), Retention.apply(runs, MONTH, NOW));
        open.close();
        assertFalse(Files.exists(runs.resolve("old")));
        for (String left : List.of("young", "noted", "open", "holiday", "link")) {
            assertTrue(Files.exists(runs.resolve(left + "/run.sqlite")), left);
        }
        assertEquals(List.of(), Retention.apply(runs.resolve("nowhere"), MONTH, NOW));
    }
}
