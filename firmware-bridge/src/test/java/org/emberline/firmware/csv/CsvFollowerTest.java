package org.emberline.firmware.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.emberline.firmware.clock.ClockRelation;
import org.emberline.firmware.csv.CsvFormat.Time;
import org.emberline.firmware.csv.CsvFormat.Value;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CsvFollowerTest {
    private static final long S = 1_000_000_000;
    private static final Time EPOCH = new Time.EpochSeconds("time");
    private static final CsvSettings ALL = new CsvSettings(S, 60 * S, true);
    private static final CsvSettings NEW = new CsvSettings(S, 60 * S, false);

    @TempDir
    private Path folder;

    private Path log = Path.of("");
    private final List<ThermocoupleReading> delivered = new ArrayList<>();
    private long now;

    @BeforeEach
    void log() {
        log = folder.resolve("furnace.csv");
    }

    private static CsvFormat format(Time time) {
        return new CsvFormat(
                ',', time, List.of(new Value("T1", "one"), new Value("t2", "two")), Set.of("-1", "---"), 0.1);
    }

    private CsvFollower follower(Time time, CsvSettings settings) {
        return new CsvFollower(log, format(time), settings, delivered::add, now);
    }

    private void append(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<ThermocoupleReading> step(CsvFollower follower) {
        delivered.clear();
        follower.step(now, 1_000_000 * S + now);
        return List.copyOf(delivered);
    }

    private static Temperature value(int channel, long nanos, double celsius) {
        return new Temperature(channel, nanos, celsius, 0.1);
    }

    @Test
    void valuesMissingMarksAndNonsenseBecomeWhatTheyAre() throws IOException {
        append(
                "# a logger\n\ntime,T1,note,T2\r\n100,20.5,x,30\n101,-1.0,x,\n102,nan,x,---\n103,-1.5,x,warm\n104,-300,,25\n");
        try (CsvFollower follower = follower(EPOCH, ALL)) {
            assertEquals(
                    List.of(
                            value(0, 100 * S, 20.5),
                            value(1, 100 * S, 30),
                            new Fault(0, 101 * S, FaultKind.NO_RESPONSE),
                            new Fault(1, 101 * S, FaultKind.NO_RESPONSE),
                            new Fault(0, 102 * S, FaultKind.NO_RESPONSE),
                            new Fault(1, 102 * S, FaultKind.NO_RESPONSE),
                            value(0, 103 * S, -1.5),
                            new Fault(1, 103 * S, FaultKind.CORRUPT),
                            new Fault(0, 104 * S, FaultKind.CORRUPT),
                            value(1, 104 * S, 25)),
                    step(follower));
            CsvStatus status = follower.status();
            assertEquals(
                    new CsvStatus(
                            8,
                            4,
                            4,
                            2,
                            0,
                            0,
                            0,
                            log + ": line 8: the value makes no sense column=T1: \"104,-300,,25\""),
                    status);
        }
    }

    @Test
    void partlyWrittenLineWaitsForItsEnd() throws IOException {
        append("time,T1,T2\n100,1");
        try (CsvFollower follower = follower(EPOCH, ALL)) {
            assertEquals(List.of(), step(follower));
            append("2.5,");
            assertEquals(List.of(), step(follower));
            append("13\n101,14,1");
            assertEquals(List.of(value(0, 100 * S, 12.5), value(1, 100 * S, 13)), step(follower));
            append("5\n");
            assertEquals(List.of(value(0, 101 * S, 14), value(1, 101 * S, 15)), step(follower));
        }
    }

    @Test
    void linesThatMakeNoSenseAreCountedAndNamed() throws IOException {
        append("time,T1,T2\n100,1\nsoon,1,2\n1e300,1,2\n101,3,4\n" + "9".repeat(70_000) + "\n101,3,4\n");
        try (CsvFollower follower = follower(EPOCH, ALL)) {
            assertEquals(List.of(value(0, 101 * S, 3), value(1, 101 * S, 4)), step(follower));
            assertEquals(4, follower.status().refused());
            assertEquals(1, follower.status().misordered());
            append("x,1,2\n");
            step(follower);
            assertEquals(
                    log + ": line 8: the time is no number: \"x\": \"x,1,2\"",
                    follower.status().lastProblem());
        }
    }

    @Test
    void headerWithoutTheColumnGivesNothing() throws IOException {
        append("time,T1\n100,1\n");
        try (CsvFollower follower = follower(EPOCH, ALL)) {
            assertEquals(List.of(), step(follower));
            assertEquals(
                    log + ": line 2: the header has no column=time there=[100, 1]: \"100,1\"",
                    follower.status().lastProblem());
            assertEquals(2, follower.status().refused());
        }
    }

    @Test
    void onlyWhatIsNewIsDeliveredUnlessAllIsWanted() throws IOException {
        append("time,T1,T2\n100,1,2\n101,3,4\n102,5");
        try (CsvFollower follower = follower(EPOCH, NEW)) {
            assertEquals(List.of(), step(follower));
            append(",6\n");
            assertEquals(List.of(value(0, 102 * S, 5), value(1, 102 * S, 6)), step(follower));
        }
    }

    @Test
    void fileIsWaitedForAndFollowedThroughTruncationAndRotation() throws IOException {
        try (CsvFollower follower = follower(EPOCH, ALL)) {
            assertEquals(List.of(), step(follower));
            append("time,T1,T2\n100,1,2\n");
            assertEquals(2, step(follower).size());
            Files.writeString(log, "time,T2,T1\n"); // cut short, other columns
            assertEquals(List.of(), step(follower));
            append("110,7,8\n");
            assertEquals(List.of(value(0, 110 * S, 8), value(1, 110 * S, 7)), step(follower));
            append("111,9,10\n");
            Files.move(log, folder.resolve("furnace.csv.1"), StandardCopyOption.ATOMIC_MOVE);
            append("time,T1,T2\n112,11,12\n");
            assertEquals(
                    List.of(value(0, 111 * S, 10), value(1, 111 * S, 9), value(0, 112 * S, 11), value(1, 112 * S, 12)),
                    step(follower));
            assertEquals(2, follower.status().restarts());
            assertEquals(0, follower.status().failures());
        }
    }

    @Test
    void silenceIsToldOnceAndLateLinesAreStillInOrder() throws IOException {
        append("time,T1,T2\n100,1,2\n");
        try (CsvFollower follower = follower(EPOCH, ALL)) {
            step(follower);
            now += 59 * S;
            assertEquals(List.of(), step(follower));
            now += 1 * S;
            assertEquals(
                    List.of(new Fault(0, 100 * S + 1, FaultKind.STALE), new Fault(1, 100 * S + 1, FaultKind.STALE)),
                    step(follower));
            now += 100 * S;
            assertEquals(List.of(), step(follower));
            append("101,3,4\n");
            assertEquals(List.of(value(0, 101 * S, 3), value(1, 101 * S, 4)), step(follower));
            assertEquals(0, follower.status().misordered());
        }
    }

    @Test
    void logThatNeverBeginsIsStaleNow() throws IOException {
        try (CsvFollower follower = follower(EPOCH, ALL)) {
            step(follower);
            now += 60 * S;
            assertEquals(
                    new Fault(0, 1_000_060 * S, FaultKind.STALE), step(follower).getFirst());
        }
    }

    @Test
    void elapsedTimeCountsFromTheBeginOrFromTheFilesDate() throws IOException {
        append("time,T1,T2\n0.5,1,2\n1.5,3,4\n");
        Files.setLastModifiedTime(log, FileTime.from(Instant.ofEpochSecond(5_000)));
        try (CsvFollower follower = follower(new Time.Elapsed("time", 60, null), ALL)) {
            // The last line is of minute 1.5 and of second 5000.
            assertEquals(
                    List.of(4_940 * S, 5_000 * S),
                    step(follower).stream()
                            .filter(r -> r.channel() == 0)
                            .map(ThermocoupleReading::timestampNanos)
                            .toList());
            append("2.0,5,6\n");
            assertEquals(5_030 * S, step(follower).getFirst().timestampNanos());
        }
        try (CsvFollower follower = follower(new Time.Elapsed("time", 1, Instant.ofEpochSecond(9_000)), ALL)) {
            assertEquals(9_000 * S + S / 2, step(follower).getFirst().timestampNanos());
        }
    }

    @Test
    void isoTimesWithOffsetOrZone() throws IOException {
        append("time,T1,T2\n2026-11-22T20:00:00.25Z,1,2\n2026-11-22 22:00:01+01:00,3,4\n2026-11-22 22:00:02,5,6\n");
        long base = Instant.parse("2026-11-22T20:00:00Z").getEpochSecond() * S;
        try (CsvFollower follower = follower(new Time.Iso("time", ZoneOffset.ofHours(2)), ALL)) {
            // 22:00:01 at +01:00 is 21:00:01 UTC; 22:00:02 in the zone at +02:00 is 20:00:02 UTC, which is before it.
            assertEquals(List.of(base + S / 4, base + 3_601 * S), times(step(follower)));
            assertEquals(1, follower.status().misordered());
        }
        try (CsvFollower follower = follower(new Time.Iso("time", null), ALL)) {
            step(follower);
            assertTrue(String.valueOf(follower.status().lastProblem())
                    .contains("line 4: the time lacks its offset from UTC"));
        }
    }

    @Test
    void epochSecondsAreExactToTheNanosecond() throws IOException {
        append("time,T1,T2\n1764000000.123456789,1,2\n");
        try (CsvFollower follower = follower(EPOCH, ALL)) {
            assertEquals(1_764_000_000_123_456_789L, step(follower).getFirst().timestampNanos());
        }
    }

    @Test
    @Timeout(30)
    void threadFollowsTheFileUntilClosed() throws IOException, InterruptedException {
        append("time,T1,T2\n100,1,2\n");
        BlockingQueue<ThermocoupleReading> queue = new LinkedBlockingQueue<>();
        CsvThermocouples thermocouples = new CsvThermocouples(
                log, format(EPOCH), new CsvSettings(1_000_000, 60 * S, true), () -> new ClockRelation(0, 0, 0));
        assertEquals(List.of("one", "two"), thermocouples.channels());
        thermocouples.start(queue::add);
        assertEquals(value(0, 100 * S, 1), queue.take());
        assertEquals(value(1, 100 * S, 2), queue.take());
        append("101,3,4\n");
        assertEquals(value(0, 101 * S, 3), queue.take());
        thermocouples.close();
        thermocouples.close();
        assertNotNull(thermocouples.status());
        assertNull(thermocouples.status().lastProblem());
    }

    private static List<Long> times(List<ThermocoupleReading> readings) {
        return readings.stream()
                .map(ThermocoupleReading::timestampNanos)
                .distinct()
                .toList();
    }
}
