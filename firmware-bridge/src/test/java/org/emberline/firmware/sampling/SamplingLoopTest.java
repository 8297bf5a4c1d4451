package org.emberline.firmware.sampling;

import static org.emberline.firmware.sampling.Bench.MS;
import static org.emberline.firmware.sampling.Bench.signals;
import static org.emberline.firmware.sampling.Bench.stuck;
import static org.emberline.firmware.sampling.Bench.unplugged;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.junit.jupiter.api.Test;

class SamplingLoopTest {
    private static final FaultPolicy POLICY = new FaultPolicy(2, 20 * MS, 400 * MS, 3, 0, 250 * MS, 1_000 * MS);

    private final Bench bench = new Bench();

    private void run(long untilMillis) {
        bench.start(POLICY);
        bench.runUntilMillis(untilMillis + 50); // the last one due is answered too
    }

    @Test
    void soundReadingsAreStampedAtTheCentreInUtc() {
        bench.add("a", 100);
        run(1_000);
        assertEquals(11, bench.temperatures(0).size());
        assertEquals(11, bench.delivered.size());
        for (ThermocoupleReading.Temperature t : bench.temperatures(0)) {
            // The curve is 20 + seconds, so the value itself says what moment it is of: the centre, 5 ms before the
            // reading.
            assertEquals(20 + (t.timestampNanos() - Bench.UTC) * 1e-9, t.hotJunctionCelsius(), 1e-6);
            assertEquals(0.1, t.sigmaCelsius());
        }
        // The device is told first, which takes the bus 1 ms; every reading after that begins on its tick.
        assertEquals(Bench.UTC + 1 * MS - 5 * MS, bench.temperatures(0).get(0).timestampNanos());
        assertEquals(Bench.UTC + 100 * MS - 5 * MS, bench.temperatures(0).get(1).timestampNanos());
        assertEquals(new SamplingStatus.Latency(11, MS, MS, MS), bench.status(0).latency());
    }

    @Test
    void faultOfTwoSamplesIsSuppressedAndCounted() {
        bench.add("a", 100, signals(450, 650, FaultKind.SHORT_TO_GROUND));
        run(1_000);
        assertEquals(List.of(), bench.faults(0));
        assertEquals(9, bench.temperatures(0).size());
        assertEquals(Map.of(FaultKind.SHORT_TO_GROUND, 2L), bench.status(0).suppressed());
    }

    @Test
    void faultOfFiveSamplesIsToldFromTheThirdOn() {
        bench.add("a", 100, signals(450, 950, FaultKind.OPEN_CIRCUIT));
        run(1_500);
        assertEquals(
                List.of(695L, 795L, 895L), millis(bench.faults(0)), "samples at 500 and 600 ms are not yet confirmed");
        assertEquals(Map.of(FaultKind.OPEN_CIRCUIT, 3L), bench.status(0).faults());
        assertEquals(Map.of(FaultKind.OPEN_CIRCUIT, 2L), bench.status(0).suppressed());
        assertEquals(11, bench.temperatures(0).size());
    }

    @Test
    void faultMustAlsoLastWhenADurationIsAskedFor() {
        bench.add("a", 100, signals(450, 1_250, FaultKind.OPEN_CIRCUIT));
        bench.start(new FaultPolicy(2, 20 * MS, 400 * MS, 3, 500 * MS, 250 * MS, 1_000 * MS));
        bench.runUntilMillis(1_500);
        assertEquals(List.of(995L, 1_095L, 1_195L), millis(bench.faults(0)));
    }

    @Test
    void failedTransferIsTriedAgainWithinItsSample() {
        // Asked at 500: fails; tells again at 521: still out; 562: back.
        bench.add("a", 1_000, unplugged(999, 1_050));
        run(2_000);
        assertEquals(List.of(), bench.faults(0));
        assertEquals(3, bench.temperatures(0).size());
        assertEquals(3, bench.status(0).retries(), "two restarts and the reading after the second");
        assertEquals(
                Bench.UTC + 1_063 * MS - 5 * MS, bench.temperatures(0).get(1).timestampNanos());
        assertEquals("scripted probe: unplugged", bench.status(0).lastFailure());
    }

    @Test
    void longOutageIsAFaultForEverySampleAndEndsByItself() {
        bench.add("a", 100, unplugged(450, 3_000));
        run(5_000);
        List<Fault> faults = bench.faults(0);
        assertTrue(faults.stream().allMatch(f -> f.kind() == FaultKind.NO_RESPONSE));
        // 500 fails, tried at 521 and 562; the third failure in a row is told, and then each of 600 to 2900.
        assertEquals(500, millis(faults).getFirst());
        assertEquals(25 + faultsAfter(faults, 3_000), faults.size());
        // Back within the longest pause and a period.
        assertTrue(millis(faults).getLast() <= 3_400, faults.toString());
        assertEquals(51, faults.size() + bench.temperatures(0).size());
        assertEquals(2, bench.status(0).restarts());
    }

    @Test
    void stuckCallIsAFaultByItsDeadlineAndHoldsUpItsOwnBusOnly() {
        bench.add("a", 100, stuck(450, 2_000));
        bench.add("a", 100);
        bench.add("b", 100);
        run(4_000);
        assertEquals(41, bench.temperatures(2).size());
        assertEquals(List.of(), bench.faults(2));
        Fault first = bench.faults(0).getFirst();
        assertEquals(new Fault(0, Bench.UTC + 500 * MS, FaultKind.NO_RESPONSE), first);
        // Both channels of the bus are faulted until it comes back.
        assertTrue(millis(bench.faults(1)).containsAll(List.of(800L, 900L, 1_000L, 1_900L)), bench.faults(1) + "");
        assertEquals(1, bench.status(0).late());
        assertEquals(
                0,
                bench.temperatures(1).stream()
                        .filter(t -> between(t, 800, 1_990))
                        .count());
        assertEquals(
                0,
                bench.temperatures(0).stream()
                        .filter(t -> between(t, 500, 1_990))
                        .count());
        assertTrue(between(bench.temperatures(0).getLast(), 3_900, 4_000));
        assertTrue(bench.faults(0).size() <= 17);
    }

    @Test
    void stuckCallIsToldWhenItsDeadlineHasPassedAndNotBefore() {
        bench.add("a", 1_000, stuck(900, 9_000));
        bench.start(POLICY);
        bench.runUntilMillis(1_250);
        assertEquals(List.of(), bench.faults(0));
        bench.runUntilMillis(1_251);
        assertEquals(1, bench.faults(0).size());
        assertEquals(
                "reading not done by its deadline deadlineNanos=250000000",
                bench.status(0).lastFailure());
    }

    @Test
    void chipThatLostItsConfigurationIsToldAgain() {
        bench.add("a", 100, unplugged(410, 490)); // between two samples: nobody saw it go
        run(1_000);
        assertEquals(List.of(), bench.faults(0));
        assertEquals(Map.of(FaultKind.CONFIGURATION_LOST, 1L), bench.status(0).suppressed());
        assertEquals(10, bench.temperatures(0).size());
        assertEquals(2, bench.status(0).restarts());
    }

    @Test
    void staleIsToldAfterItsTimeOnly() {
        bench.add("a", 100, signals(450, 2_050, FaultKind.STALE));
        run(2_500);
        // The latest conversion was at 400 (answered at 401): 1000 ms later it is stale.
        assertEquals(1_395, millis(bench.faults(0)).getFirst());
        assertEquals(7, bench.faults(0).size());
        assertEquals(Map.of(FaultKind.STALE, 9L), bench.status(0).suppressed());
    }

    @Test
    void clockSetBackWithholdsReadingsUntilItsTimeIsReachedAgain() {
        bench.add("a", 1_000);
        bench.start(POLICY);
        bench.runUntilMillis(9_500);
        bench.utcOffset -= 3_000 * MS;
        bench.runUntilMillis(20_000);
        // The latest before was of 8.995 s; those of 9.995, 10.995 and 11.995 s now come out as three seconds less.
        assertEquals(3, bench.status(0).misordered());
        long latest = Long.MIN_VALUE;
        for (ThermocoupleReading reading : bench.delivered) {
            assertTrue(reading.timestampNanos() > latest);
            latest = reading.timestampNanos();
        }
    }

    @Test
    void valueThatIsNoNumberIsAFault() {
        bench.channels.add(new SampledChannel("nan", "a", bench.constant(Double.NaN), 100 * MS));
        run(1_000);
        assertEquals(List.of(), bench.temperatures(0));
        assertEquals(Map.of(FaultKind.CORRUPT, 9L), bench.status(0).faults());
    }

    private static long faultsAfter(List<Fault> faults, long millis) {
        return millis(faults).stream().filter(m -> m >= millis).count();
    }

    private static boolean between(ThermocoupleReading reading, long fromMillis, long untilMillis) {
        long millis = (reading.timestampNanos() - Bench.UTC) / MS;
        return millis >= fromMillis && millis <= untilMillis;
    }

    private static List<Long> millis(List<Fault> faults) {
        return faults.stream().map(f -> (f.timestampNanos() - Bench.UTC) / MS).toList();
    }
}
