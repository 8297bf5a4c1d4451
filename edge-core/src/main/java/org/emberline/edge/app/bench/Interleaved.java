package org.emberline.edge.app.bench;

import java.util.List;
import java.util.function.LongSupplier;

/**
 * Lets candidates work in turns, A B C A B C, so that a machine that is slow for a while is slow for all of them. One thread.
 */
final class Interleaved {
    /** Rounds between two looks at whether times have settled. */
    static final int ROUNDS_PER_LOOK = 5;

    /** Times have settled when a look finds them at most this much better than the one before. */
    private static final double SETTLED = 0.97;

    private final List<Candidate> candidates;
    private final LongSupplier nanos;
    private final LongSupplier allocatedBytes;

    /**
     * @param nanos clock, nanoseconds
     * @param allocatedBytes heap memory that the calling thread ever took
     */
    Interleaved(List<Candidate> candidates, LongSupplier nanos, LongSupplier allocatedBytes) {
        this.candidates = List.copyOf(candidates);
        this.nanos = nanos;
        this.allocatedBytes = allocatedBytes;
    }

    /**
     * Runs without keeping samples until times get no better, but at least and at most about so long.
     *
     * @return whether times have settled
     */
    boolean warmUp(long leastNanos, long mostNanos) {
        long start = nanos.getAsLong();
        long before = Long.MAX_VALUE;
        while (true) {
            long now = bestRound();
            boolean settled = now > SETTLED * before;
            before = now;
            long spent = nanos.getAsLong() - start;
            if (spent >= leastNanos && (settled || spent >= mostNanos)) {
                return settled;
            }
        }
    }

    /** Nanoseconds of the quickest of a few rounds over all candidates. */
    private long bestRound() {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS_PER_LOOK; i++) {
            long start = nanos.getAsLong();
            candidates.forEach(Candidate::round);
            best = Math.min(best, nanos.getAsLong() - start);
        }
        return best;
    }

    /** Takes so many samples of every candidate, besides those it has. */
    void measure(int rounds) {
        for (int i = 0; i < rounds; i++) {
            for (Candidate candidate : candidates) {
                long bytes = allocatedBytes.getAsLong();
                long start = nanos.getAsLong();
                candidate.round();
                long end = nanos.getAsLong();
                candidate.samples().add(end - start, allocatedBytes.getAsLong() - bytes);
            }
        }
    }
}
