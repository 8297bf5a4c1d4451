package org.emberline.firmware.sampling;

import static org.emberline.firmware.sampling.Bench.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.emberline.firmware.chip.Conversion.Junctions;
import org.emberline.firmware.sim.Episode;
import org.emberline.firmware.sim.Episode.Trouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong on the buses, every sample that was due is accounted for and no value is invented. */
class SamplingPropertyTest {
    private static final long RUN_MILLIS = 60_000;
    private static final FaultKind[] KINDS = FaultKind.values();

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everySampleIsAccountedForAndNoValueInvented(long seed) {
        Random random = new Random(seed);
        Bench bench = new Bench();
        FaultPolicy policy = policy(random);
        int channels = 1 + random.nextInt(5);
        for (int i = 0; i < channels; i++) {
            bench.add("bus" + random.nextInt(3), 50 + random.nextInt(400), script(random));
        }
        bench.start(policy);
        bench.runUntilMillis(RUN_MILLIS);
        for (int i = 0; i < channels; i++) {
            checkLedger(bench, i);
            checkOrder(bench, i);
            checkValues(bench, i, policy);
            checkNoSilence(bench, i, policy);
        }
    }

    private static void checkLedger(Bench bench, int channel) {
        SamplingStatus.Channel status = bench.status(channel);
        long told = status.faults().values().stream().mapToLong(Long::longValue).sum();
        long suppressed =
                status.suppressed().values().stream().mapToLong(Long::longValue).sum();
        long ended = status.readings() + told + suppressed + status.missed() + status.misordered();
        long period = bench.channels.get(channel).periodNanos();
        assertEquals(RUN_MILLIS * MS / period + 1, status.due());
        assertTrue(ended == status.due() || ended == status.due() - 1, status.toString());
        assertEquals(status.readings(), bench.temperatures(channel).size());
        assertEquals(told, bench.faults(channel).size());
    }

    private static void checkOrder(Bench bench, int channel) {
        long latest = Long.MIN_VALUE;
        for (ThermocoupleReading reading : bench.delivered) {
            if (reading.channel() == channel) {
                assertTrue(reading.timestampNanos() > latest, reading + " after " + latest);
                latest = reading.timestampNanos();
            }
        }
    }

    /** What was delivered as a temperature is what a probe gave in time, at the moment it gave it for; order forbids it twice. */
    private static void checkValues(Bench bench, int channel, FaultPolicy policy) {
        Map<Long, Double> inTime = new HashMap<>();
        for (Bench.Given given : bench.given) {
            if (given.channel() == channel
                    && given.tookNanos() <= policy.deadlineNanos()
                    && given.sample().conversion() instanceof Junctions junctions) {
                inTime.put(given.sample().centreNanos() + Bench.UTC, junctions.hotCelsius());
            }
        }
        for (Temperature t : bench.temperatures(channel)) {
            assertEquals(inTime.get(t.timestampNanos()), t.hotJunctionCelsius(), () -> "invented: " + t);
        }
    }

    /** Never is a channel silent for longer than it may take to tell a fault. */
    private static void checkNoSilence(Bench bench, int channel, FaultPolicy policy) {
        long period = bench.channels.get(channel).periodNanos();
        long toTellFailures = (policy.retries() + 1L) * (policy.longestPauseNanos() + 2 * policy.deadlineNanos());
        long toConfirm = policy.confirmCount() * (period + policy.longestPauseNanos()) + policy.confirmNanos();
        long longest =
                2 * (toTellFailures + toConfirm + policy.staleNanos() + bench.channels.size() * policy.deadlineNanos())
                        + 4 * period;
        long latest = Bench.UTC;
        for (ThermocoupleReading reading : bench.delivered) {
            if (reading.channel() == channel) {
                long gap = reading.timestampNanos() - latest;
                assertTrue(gap <= longest, () -> "silent for " + gap / MS + " ms until " + reading + " with " + policy);
                latest = reading.timestampNanos();
            }
        }
        for (Fault fault : bench.faults(channel)) {
            assertTrue(fault.timestampNanos() <= Bench.UTC + bench.now);
        }
    }

    private static FaultPolicy policy(Random random) {
        long first = (1 + random.nextInt(50)) * MS;
        return new FaultPolicy(
                random.nextInt(4),
                first,
                first * (1 + random.nextInt(20)),
                1 + random.nextInt(4),
                random.nextInt(500) * MS,
                (50 + random.nextInt(500)) * MS,
                (500 + random.nextInt(2_000)) * MS);
    }

    private static Episode[] script(Random random) {
        List<Episode> episodes = new ArrayList<>();
        long at = random.nextInt(3_000) * MS;
        while (at < RUN_MILLIS * MS) {
            long until = at + (1 + (long) (Math.pow(random.nextDouble(), 4) * 8_000)) * MS;
            episodes.add(new Episode(at, until, trouble(random)));
            at = until + (1 + random.nextInt(5_000)) * MS;
        }
        return episodes.toArray(Episode[]::new);
    }

    private static Trouble trouble(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Trouble.Signals(KINDS[random.nextInt(KINDS.length)]);
            case 1 -> new Trouble.Stuck();
            case 2 -> new Trouble.Slow(random.nextInt(800) * MS);
            default -> new Trouble.Unplugged();
        };
    }
}
