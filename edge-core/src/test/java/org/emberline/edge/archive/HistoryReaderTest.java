package org.emberline.edge.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.emberline.edge.archive.HistoryReader.Point;
import org.emberline.edge.archive.HistoryReader.Series;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.MetricLayout;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thinned series against all of their values. */
class HistoryReaderTest {
    private static final int FRAMES = 9000;
    private static final long SECOND = 1_000_000_000;
    private static final long BEGIN = 1_700_000_000L * SECOND;
    private static final long EVER = Long.MAX_VALUE / 2;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    private static final NavigableMap<Long, Double> VALUES = new TreeMap<>();
    private static final NavigableMap<Long, Double> READINGS = new TreeMap<>();

    @SuppressWarnings("NullAway.Init")
    private static RunFolder run;

    /** A metric with gaps: frames of the middle have none. */
    @BeforeAll
    static void archive() throws IOException {
        run = RunFolder.create(folder.resolve("run"));
        DetectorLayout panel = new DetectorLayout(
                "panel",
                "cpu",
                new DetectorLayout.Patterns(16, new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 1, 1, 2)),
                List.of(MetricLayout.of("total_counts", "count"), MetricLayout.of("lattice_a", "m")));
        SplittableRandom random = new SplittableRandom(8);
        FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, 1, 2);
        RunArchive archive =
                RunArchive.create(run, new RunArchive.Layout("r1", BEGIN, List.of(panel), List.of("furnace")));
        for (int i = 0; i < FRAMES; i++) {
            slot.reset(i);
            slot.startNanos = BEGIN + i * SECOND;
            slot.stopNanos = slot.startNanos + 2;
            slot.temperatureCelsius = i;
            slot.temperatureSigma = 0.5;
            double value = i >= 4000 && i < 4500 ? Double.NaN : random.nextGaussian();
            slot.metric(0, value, 0.25, 0);
            slot.metric(1, i, Double.NaN, 0);
            if (!Double.isNaN(value)) {
                VALUES.put(slot.startNanos + 1, value);
            }
            if (i % 10 == 0) {
                archive.reading(new Fault(0, slot.startNanos, FaultKind.OPEN_CIRCUIT));
            } else {
                archive.reading(new Temperature(0, slot.startNanos, value, 0.1));
                if (!Double.isNaN(value)) {
                    READINGS.put(slot.startNanos, value);
                }
            }
            archive.stage(0).process(slot);
        }
        archive.close();
    }

    private static Series read(String name, long from, long to, int points) throws IOException {
        try (HistoryReader reader = new HistoryReader(run)) {
            return Objects.requireNonNull(reader.read(name, from, to, points, () -> 0, 1));
        }
    }

    private static void check(Series series, NavigableMap<Long, Double> all, long from, long to, int points) {
        Map<Long, Double> range = all.subMap(from, true, to, true);
        assertTrue(series.points().size() <= points, () -> series.points().size() + " of " + points);
        long before = Long.MIN_VALUE;
        for (Point point : series.points()) {
            assertEquals(range.get(point.nanos()), point.value(), "a point that was archived");
            assertTrue(point.nanos() > before, "by time");
            before = point.nanos();
        }
        assertEquals(range.size(), series.values());
        double lowest = range.values().stream().mapToDouble(v -> v).min().orElseThrow();
        double highest = range.values().stream().mapToDouble(v -> v).max().orElseThrow();
        assertEquals(
                lowest, series.points().stream().mapToDouble(Point::value).min().orElseThrow());
        assertEquals(
                highest,
                series.points().stream().mapToDouble(Point::value).max().orElseThrow());
        // Of any range as long as two stretches, the extremes of one that lies within are there.
        long stretch = (to - from) / (points / 2) * 2 + 2 * Rollup.FRAMES * SECOND;
        for (long at = from; at + 2 * stretch <= to; at += stretch / 3) {
            Map<Long, Double> within = all.subMap(at, true, at + stretch, true);
            double low = within.values().stream().mapToDouble(v -> v).min().orElse(Double.NaN);
            long begin = at;
            double told = series.points().stream()
                    .filter(point -> point.nanos() >= begin - stretch && point.nanos() <= begin + 2 * stretch)
                    .mapToDouble(Point::value)
                    .min()
                    .orElse(Double.NaN);
            assertTrue(within.isEmpty() || told <= low, () -> "at " + begin + " told " + told + " lowest " + low);
        }
    }

    @Test
    void minimaAndMaximaStay() throws IOException {
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 200; i++) {
            long from = BEGIN + random.nextLong(FRAMES / 2) * SECOND;
            long to = from + random.nextLong(FRAMES / 2) * SECOND + 4 * SECOND;
            int points = random.nextInt(2, 60);
            if (!VALUES.subMap(from, true, to, true).isEmpty()) {
                // A frame belongs to the range by its begin, a nanosecond before its middle.
                check(read("total_counts", from, to, points), VALUES, from, to + 1, points);
                check(read("t:furnace", from, to, points), READINGS, from, to, points);
            }
        }
        check(read("total_counts", 0, EVER, 4), VALUES, BEGIN, BEGIN + FRAMES * SECOND, 4);
        check(read("total_counts", 0, EVER, 10), VALUES, BEGIN, BEGIN + FRAMES * SECOND, 10);
    }

    @Test
    void gapsAreToldAndNotBridged() throws IOException {
        Series series = read("total_counts", 0, EVER, 100);
        assertEquals(500, series.absent());
        assertTrue(series.points().stream()
                .noneMatch(
                        point -> point.nanos() > BEGIN + 4000 * SECOND + 1 && point.nanos() < BEGIN + 4500 * SECOND));
        assertEquals(0.25, series.points().getFirst().sigma());
        assertTrue(
                Double.isNaN(read("lattice_a", 0, EVER, 10).points().getFirst().sigma()));
        Series readings = read("t:furnace", 0, EVER, 10);
        assertEquals(FRAMES - READINGS.size(), readings.absent());
        Series empty = read("total_counts", BEGIN + 4000 * SECOND, BEGIN + 4400 * SECOND, 10);
        assertEquals(new Series("count", List.of(), 0, 401), empty);
        assertEquals(new Series("count", List.of(), 0, 0), read("total_counts", EVER - 5, EVER, 10));
    }

    @Test
    void shortRangesAreWhole() throws IOException {
        Series last = read("temperature", -9 * SECOND, EVER, 50);
        assertEquals("Cel", last.unit());
        assertEquals(
                List.of(8990.0, 8991.0, 8992.0, 8993.0, 8994.0, 8995.0, 8996.0, 8997.0, 8998.0, 8999.0),
                last.points().stream().map(Point::value).toList());
        assertEquals(9, read("t:furnace", -9 * SECOND, EVER, 50).values(), "one of ten is a fault");
    }

    @Test
    void strangersAndHaste() throws IOException {
        try (HistoryReader reader = new HistoryReader(run)) {
            assertNull(reader.read("lattice_b", 0, EVER, 10, () -> 0, 1));
            assertNull(reader.read("t:nobody", 0, EVER, 10, () -> 0, 1));
            assertNull(reader.read("x' OR 1=1 --", 0, EVER, 10, () -> 0, 1));
            HistoryReader.TooLongException late = assertThrows(
                    HistoryReader.TooLongException.class, () -> reader.read("lattice_a", 0, EVER, 2000, () -> 2, 1));
            assertTrue(String.valueOf(late.getMessage()).contains("ask for less time"));
        }
    }
}
