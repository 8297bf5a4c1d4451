package org.emberline.edge.sync;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Tells a consumer that takes its share of a detector's frames from losses that happen at random: a detector that hands its frames to
 * its clients in turn gives a second client every other one, and neither is told.
 *
 * <p>Sees the numbers of the frames that came, and with them those that did not. Two kinds of evidence are kept as cumulative sums of
 * log-likelihood ratios (Page's test), each against losses that are independent of each other with a probability of at most
 * {@link #RANDOM_LOSS}:
 *
 * <ul>
 *   <li><b>a pattern of period m</b>, 2 to {@link #LONGEST_PERIOD}: what the number m before did, this one does too. Only numbers whose
 *       predecessor was lost count: lost again, ln(0.9 / 0.05); come, ln(0.1 / 0.95). A gap longer than the period says nothing: a burst of
 *       losses is no share.
 *   <li><b>too many gaps</b>, for shares without a pattern: a frame after a gap counts ln(0.3 / 0.05), one without ln(0.7 / 0.95), however
 *       long the gap.
 * </ul>
 *
 * Under random losses each exponentiated sum is a supermartingale, so that the mean time to a false alarm at threshold h is at least
 * e^h numbers (G. Lorden, Ann. Math. Statist. 42 (1971) 1897). With h = ln(8 x 10^7) for each of the eight sums that is one false alarm in at
 * least 10^7 numbers for all together. A share of one in two is told after 9 frames, one in four after 22, one in eight after 54 (medians).
 *
 * <p>One thread; does not allocate but for the event.
 */
public final class ShareDetector {
    /** Probability of losing a frame up to which losses are taken to be random. */
    public static final double RANDOM_LOSS = 0.05;

    /** Longest pattern that is looked for, numbers. */
    public static final int LONGEST_PERIOD = 8;

    private static final int ANY = 1;
    private static final long ALL = -1;
    private static final double THRESHOLD = Math.log(LONGEST_PERIOD * 1e7);
    private static final double LOST_AGAIN = Math.log(0.9 / RANDOM_LOSS);
    private static final double CAME_INSTEAD = Math.log(0.1 / (1 - RANDOM_LOSS));
    private static final double AFTER_GAP = Math.log(0.3 / RANDOM_LOSS);
    private static final double WITHOUT_GAP = Math.log(0.7 / (1 - RANDOM_LOSS));
    private static final long WRAP = 1L << 32;

    /** By period; under {@link #ANY} that of the gaps. */
    private final double[] sums = new double[LONGEST_PERIOD + 1];
    /** By period: the first number of the evidence. */
    private final long[] since = new long[LONGEST_PERIOD + 1];

    private final long[] cameSince = new long[LONGEST_PERIOD + 1];
    private long series;
    private long latest;
    /** Bit i tells whether the number i before the latest has come. */
    private long history;

    private long came;
    private int known;
    /** What was told and has not ended, 0 for nothing. */
    private int told;

    /**
     * Another consumer.
     *
     * @param sinceId number of the first frame of the evidence, at or soon after the begin
     * @param taken frames that go elsewhere of each {@code of}; of no fixed pattern, an estimate in percent
     * @param of the period, or 100
     * @param regular whether there is a pattern
     */
    public record Share(long sinceId, long taken, long of, boolean regular) {

        /** In words, with the number as a detector writes it. */
        public String text() {
            return regular
                    ? "another consumer takes " + taken + " of " + of + " frames since image_id=" + sinceId
                    : "about " + taken + " % of the frames are missing since image_id=" + sinceId
                            + ", in no pattern, more than random losses explain: another consumer, or a link that loses them";
        }
    }

    /**
     * Takes the next frame.
     *
     * @param seriesId a new one begins its numbers anew
     * @param hardwareId number within the series; may wrap at 32 bits; one that is not later than the latest adds nothing
     * @return the share that has just become certain, once until it has ended; otherwise null
     */
    public @Nullable Share saw(long seriesId, long hardwareId) {
        long gap = hardwareId - latest;
        if (gap < -WRAP / 2) {
            gap += WRAP;
        }
        if (known == 0 || seriesId != series) {
            begin(seriesId, hardwareId);
            return null;
        }
        if (gap <= 0) {
            return null;
        }
        score(gap, hardwareId);
        history = gap < Long.SIZE ? history << gap | 1 : 1;
        known = (int) Math.min(Long.SIZE, known + gap);
        latest = hardwareId;
        came++;
        forgetWhenComplete();
        return verdict();
    }

    private void begin(long seriesId, long hardwareId) {
        series = seriesId;
        latest = hardwareId;
        history = 1;
        known = 1;
    }

    private void score(long gap, long id) {
        add(ANY, gap > 1 ? AFTER_GAP : WITHOUT_GAP, id);
        for (int period = 2; period <= LONGEST_PERIOD; period++) {
            if (gap <= period) {
                for (int step = 1; step < gap; step++) {
                    if (lostBefore(period - step)) {
                        add(period, LOST_AGAIN, id);
                    }
                }
            }
            // In a gap longer than the period the number before was lost too, whatever the pattern.
            if (gap > period || lostBefore(period - (int) gap)) {
                add(period, CAME_INSTEAD, id);
            }
        }
    }

    /** Whether the number so many before the latest is known not to have come. */
    private boolean lostBefore(int steps) {
        return steps < known && (history >>> steps & 1) == 0;
    }

    private void add(int test, double ratio, long id) {
        if (sums[test] == 0) {
            since[test] = id;
            cameSince[test] = came;
        }
        sums[test] = Math.max(0, sums[test] + ratio);
    }

    /** Nothing lost for as long as is remembered: no share, or no share any more. */
    private void forgetWhenComplete() {
        if (history == ALL) {
            told = 0;
            Arrays.fill(sums, 0);
        }
    }

    private @Nullable Share verdict() {
        if (told != 0) {
            return null;
        }
        for (int period = 2; period <= LONGEST_PERIOD; period++) {
            if (sums[period] >= THRESHOLD) {
                told = period;
                long mask = (1L << period) - 1;
                return new Share(since[period], period - Long.bitCount(history & mask), period, true);
            }
        }
        if (sums[ANY] >= THRESHOLD) {
            told = ANY;
            long numbers = latest - since[ANY];
            numbers = numbers < 0 ? numbers + WRAP : numbers;
            long frames = came - cameSince[ANY];
            return new Share(since[ANY], Math.round(100.0 * (numbers + 1 - frames) / (numbers + 1)), 100, false);
        }
        return null;
    }
}
