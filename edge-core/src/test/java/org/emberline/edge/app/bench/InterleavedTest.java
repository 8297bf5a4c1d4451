package org.emberline.edge.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The stopwatch, on a clock of its own. */
class InterleavedTest {
    private final StringBuilder order = new StringBuilder();
    private long now;
    private long allocated;
    private long rounds;

    private Candidate candidate(String name, int frames, long nanos, long bytes) {
        return new Candidate(frames, () -> {
            order.append(name);
            now += nanos;
            allocated += bytes;
        });
    }

    private Interleaved turns(Candidate... candidates) {
        return new Interleaved(List.of(candidates), () -> now, () -> allocated);
    }

    @Test
    void candidatesTakeTurnsAndKeepTheirOwnSamples() {
        Candidate a = candidate("A", 4, 8_000_000, 0);
        Candidate b = candidate("B", 2, 1_000_000, 96);
        Interleaved turns = turns(a, b);
        turns.measure(2);
        turns.measure(1);
        assertEquals("ABABAB", order.toString());
        assertEquals(3, a.samples().count());
        assertEquals(2.0, a.samples().medianMillis());
        assertEquals(0.0, a.samples().bytesPerFrame());
        assertEquals(0.5, b.samples().medianMillis());
        assertEquals(48.0, b.samples().bytesPerFrame());
    }

    @Test
    void warmingUpGoesOnWhileTimesGetBetterAndKeepsNoSamples() {
        Candidate a = new Candidate(1, () -> {
            rounds++;
            now += rounds <= 12 ? 1000 - 50 * rounds : 400; // the last to get better is round 12, in the third look
        });
        assertTrue(turns(a).warmUp(0, Long.MAX_VALUE));
        assertEquals(4 * Interleaved.ROUNDS_PER_LOOK, rounds);
        assertEquals(0, a.samples().count());
    }

    @Test
    void warmingUpTakesItsLeastTimeAlsoWhenTimesHaveSettled() {
        Candidate a = candidate("A", 1, 10, 0);
        assertTrue(turns(a).warmUp(1000, 5000));
        assertEquals(1000, now);
    }

    @Test
    void warmingUpEndsAlsoWhenTimesNeverSettle() {
        Candidate a = new Candidate(1, () -> now += 1_000_000_000L >> Math.min(rounds++ / 5, 30));
        assertFalse(turns(a).warmUp(0, 5_000_000_000L));
        assertTrue(now < 10_000_000_000L, "now=" + now);
    }

    @Test
    void percentilesLieBetweenNeighbours() {
        double[] values = {5, 1, 4, 2, 3};
        assertEquals(3, Samples.percentile(values.clone(), 50));
        assertEquals(1.4, Samples.percentile(values.clone(), 10), 1e-12);
        assertEquals(4.6, Samples.percentile(values.clone(), 90), 1e-12);
        assertEquals(2.5, Samples.percentile(new double[] {4, 1, 2, 3}, 50));
        assertEquals(7, Samples.percentile(new double[] {7}, 90));
        assertTrue(Double.isNaN(Samples.percentile(new double[0], 50)));
    }

    @Test
    void halvesHaveMediansOfTheirOwn() {
        Samples samples = new Samples(2);
        for (long millis = 1; millis <= 200; millis++) {
            samples.add(2_000_000 * millis, 0);
        }
        assertEquals(50.5, samples.medianMillis(0, 100));
        assertEquals(150.5, samples.medianMillis(100, 200));
        assertEquals(100.5, samples.medianMillis());
    }
}
