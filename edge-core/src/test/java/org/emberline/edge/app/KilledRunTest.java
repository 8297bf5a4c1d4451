package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.archive.RunRecovery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Nothing that has been seen over CoAP for 200 ms is lost when the process dies, at whatever moment, and no person is needed to close what it
 * left. {@code -Demberline.kills=100} kills each run that often.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledRunTest {
    private static final int KILLS = Integer.getInteger("emberline.kills", 1);
    private static final long GRACE_NANOS = 200_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** How fast frames come. */
    enum Pace {
        /** The usual panel. */
        TEN_HERTZ(10, "", 7),
        /** A panel so small that the simulation can keep up, segments every fifth of a second. */
        FIVE_HUNDRED_HERTZ(500, """
                [simulation]
                radiographs = 0
                [simulation.detector]
                rows = 32
                columns = 32
                pixel_metres = 3.2e-3
                module_rows = 32
                module_columns = 32
                gap_rows = 0
                gap_columns = 0
                dead_fraction = 0.0
                """, 100);

        private final int hertz;
        private final String simulation;
        private final int segmentFrames;

        Pace(int hertz, String simulation, int segmentFrames) {
            this.hertz = hertz;
            this.simulation = simulation;
            this.segmentFrames = segmentFrames;
        }

        RunningAppliance start(Path in) throws IOException {
            return RunningAppliance.start(in, simulation, text -> edited(text, in));
        }

        private String edited(String usual, Path in) {
            String archive = "\n[archive]\nsegment_frames = " + segmentFrames + "\n";
            return this == TEN_HERTZ
                    ? usual.replace(
                                    "frames_per_second = 5.0\nframes = 150",
                                    "frames_per_second = 10.0\nframes = 100000")
                            + archive
                    : """
                    [run]
                    folder = "%s/runs"
                    [source]
                    kind = "simulated"
                    scenario = "%s/fast.toml"
                    frames_per_second = %d.0
                    frames = 1000000
                    [detector]
                    name = "panel"
                    [reduce]
                    backend = "cpu"
                    [metrics]
                    enabled = ["total_counts", "saturated_fraction"]
                    [coap]
                    port = 0
                    """.formatted(in, in, hertz) + archive;
        }
    }

    private static final long WAL_HEADER = 32;
    private static final long WAL_FRAME_HEADER = 24;
    private static final long PAGE = 4096;
    private static final int ATTEMPTED = 128;

    /** What was seen of a run: the number of its latest frame, and when. */
    private record Seen(long nanos, long frame) {}

    @ParameterizedTest
    @EnumSource(Pace.class)
    void whatWasSeenIsThereAfterAKill(Pace pace) throws Exception {
        Python.needs("h5py, numpy");
        SplittableRandom random = new SplittableRandom(9);
        for (int kill = 0; kill < KILLS; kill++) {
            Path in = Files.createDirectory(folder.resolve(pace + "-" + kill));
            List<Seen> seen = new ArrayList<>();
            long killed;
            Path run;
            try (RunningAppliance appliance = pace.start(in)) {
                awaitFrames(appliance, seen, pace.hertz / 5);
                long end = System.nanoTime() + random.nextLong(500_000_000L, 4_000_000_000L);
                while (System.nanoTime() < end) {
                    look(appliance, seen);
                }
                killed = System.nanoTime();
                appliance.kill();
                run = appliance.runFolder();
            }
            Path copy = copy(run, in.resolve("copy"));
            recover(run);
            long known = seen.stream()
                    .filter(one -> one.nanos < killed - GRACE_NANOS)
                    .mapToLong(Seen::frame)
                    .max()
                    .orElse(-1);
            long stored = number(run, "SELECT coalesce(max(id), -1) FROM frame WHERE detector = 0");
            assertTrue(stored >= known, () -> "seen frame=" + known + " stored=" + stored);
            assertTrue(known >= pace.hertz / 5, () -> "too little was seen, frame=" + known);
            assertEquals(
                    (stored + 1) * number(run, "SELECT count(*) FROM metric_name WHERE detector = 0"),
                    number(run, "SELECT count(*) FROM metric WHERE detector = 0"));
            Python.check("check_segments.py", List.of(run.toString(), copy.toString()));
            delete(in);
        }
    }

    /** However long a busy machine takes to start. */
    private static void awaitFrames(RunningAppliance appliance, List<Seen> seen, long frames) throws IOException {
        while (seen.isEmpty() || seen.getLast().frame < frames) {
            look(appliance, seen);
        }
    }

    private static void look(RunningAppliance appliance, List<Seen> seen) throws IOException {
        JsonNode frame = JSON.readTree(
                        Cli.done("poll", appliance.uri() + "/status", "--json").out())
                .get("frame");
        if (frame != null && frame.isNumber()) {
            seen.add(new Seen(System.nanoTime(), frame.asLong()));
        }
    }

    /** As the service does at its start; a second time changes nothing. */
    private static void recover(Path run) throws IOException, SQLException {
        JsonNode report =
                JSON.readTree(Cli.done("recover", run.toString(), "--json").out());
        assertTrue(report.get("unfinished").asBoolean());
        assertEquals("ABORTED", report.get("end_reason").asText());
        byte[] summary = Files.readAllBytes(run.resolve("summary.json"));
        JsonNode again =
                JSON.readTree(Cli.done("recover", run.toString(), "--json").out());
        assertFalse(again.get("unfinished").asBoolean());
        assertEquals(report.get("segments"), again.get("segments"));
        assertEquals(new String(summary, StandardCharsets.UTF_8), Files.readString(run.resolve("summary.json")));
        JsonNode ledger = JSON.readTree(summary).get("detectors").get("panel").get("ledger");
        assertEquals(
                number(run, "SELECT count(*) FROM frame WHERE detector = 0"),
                ledger.get("archived").asLong());
        assertEquals(
                ledger.get("frames").asLong(),
                ledger.get("archived").asLong()
                        + ledger.get("lost").path("PROCESS_DIED").asLong(0));
    }

    @Test
    void theNextStartClosesWhatWasLeftOpen() throws Exception {
        Path in = Files.createDirectory(folder.resolve("restarted"));
        Path first;
        try (RunningAppliance appliance = Pace.FIVE_HUNDRED_HERTZ.start(in)) {
            awaitFrames(appliance, new ArrayList<>(), 1);
            appliance.kill();
            first = appliance.runFolder();
        }
        assertTrue(RunRecovery.isUnfinished(new RunFolder(first)));
        try (RunningAppliance again = Pace.FIVE_HUNDRED_HERTZ.start(in)) {
            assertFalse(RunRecovery.isUnfinished(new RunFolder(first)));
            assertEquals(
                    "ABORTED",
                    JSON.readTree(first.resolve("summary.json").toFile())
                            .get("end_reason")
                            .asText());
            again.kill();
        }
    }

    /**
     * A power cut leaves the folder as it is at one moment, and what has not been forced to the disk may be missing: the process is stopped while
     * the copy is made, the log of every other copy is cut short, and the process goes on.
     */
    @Test
    void copiesOfARunningFolderRecover() throws Exception {
        Python.needs("h5py, numpy");
        SplittableRandom random = new SplittableRandom(10);
        for (int round = 0; round < KILLS; round += 2) {
            Path in = Files.createDirectory(folder.resolve("power" + round));
            List<Path> copies = copies(in, random);
            for (Path copy : copies) {
                recover(copy);
                Python.check("check_segments.py", List.of(copy.toString()));
            }
            assertTrue(number(copies.getLast(), "SELECT count(*) FROM frame") > 0);
            delete(in);
        }
    }

    private static List<Path> copies(Path in, SplittableRandom random) throws Exception {
        List<Path> copies = new ArrayList<>();
        try (RunningAppliance appliance = Pace.FIVE_HUNDRED_HERTZ.start(in)) {
            List<Seen> seen = new ArrayList<>();
            awaitFrames(appliance, seen, 1);
            for (int i = 0; i < 4; i++) {
                long end = System.nanoTime() + random.nextLong(200_000_000L, 700_000_000L);
                while (System.nanoTime() < end) {
                    look(appliance, seen);
                }
                signal("-STOP", appliance.pid());
                Path made = copy(appliance.runFolder(), in.resolve("copy" + i));
                signal("-CONT", appliance.pid());
                if (i % 2 == 1) {
                    tear(made, random);
                }
                copies.add(made);
            }
            appliance.kill();
        }
        return copies;
    }

    /**
     * The log is forced to the disk at checkpoints only: what a checkpoint has not reached may be missing from any place on. How far it has
     * come stands in the log's index (sqlite.org/walformat.html, 2.2: nBackfillAttempted), which no power cut leaves.
     */
    private static void tear(Path run, SplittableRandom random) throws IOException {
        Path index = run.resolve("run.sqlite-shm");
        ByteBuffer words = ByteBuffer.wrap(Files.readAllBytes(index)).order(ByteOrder.nativeOrder());
        long forced = WAL_HEADER + words.getInt(ATTEMPTED) * (WAL_FRAME_HEADER + PAGE);
        try (FileChannel log = FileChannel.open(run.resolve("run.sqlite-wal"), StandardOpenOption.WRITE)) {
            if (log.size() > forced) {
                var _ = log.truncate(random.nextLong(forced, log.size()));
            }
        }
        Files.delete(index);
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        assertEquals(
                0, new ProcessBuilder("kill", name, Long.toString(pid)).start().waitFor());
    }

    private static long number(Path run, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + run.resolve("run.sqlite"));
                ResultSet row = connection.createStatement().executeQuery(query)) {
            return row.getLong(1);
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return to;
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
