package org.emberline.edge.sync;

/**
 * Finds which exposures the frames belong to while nothing is known of the clocks: every exposure that the first frames may have had
 * gives an offset between the clocks, and the frames that follow speak for it or against it.
 *
 * <p>An offset's score is the negative logarithm of its likelihood: ln(1 + r^2/s^2) for a residual, because arrivals have long tails;
 * {@value #EVENT} for everything it needs to have gone wrong (odds of one to a hundred each: an edge missed, an edge that began nothing); and a penalty for frames that come
 * later after their exposure than the detector lets them. A frame that came before its exposure had ended disproves it. This compares
 * the intervals between frames with those between edges, without a table of either. One thread; no allocation.
 */
final class OffsetSearch {
    static final double EVENT = 4.6;
    /** By so much the best must be ahead: odds of twenty thousand to one, or three events. */
    private static final double LEAD = 10;
    /** The same where nothing but intervals speaks, and for a long time. */
    private static final double LEAD_BY_INTERVALS = 20;

    private static final double LATE_THOUGH_KNOWN = 12;
    private static final double LATE = 6;
    private static final int MOST = 32;
    private static final int SEEDING_FRAMES = 4;
    private static final int FEWEST = 8;
    private static final int PATIENCE = 256;
    private static final double WITHIN = 0.3;
    private static final double SHARP = 0.1;
    /** Scale of residuals, in spacings. */
    private static final double SCALE = 0.02;

    private static final int FOLLOWING = 8;

    private final ExposureBook book;
    private final MatchSettings settings;
    private final Spacing spacing = new Spacing();
    private final long[] offset = new long[MOST];
    private final long[] position = new long[MOST];
    private final long[] now = new long[MOST];
    private final int[] matched = new int[MOST];
    private final double[] squares = new double[MOST];
    private final double[] misfit = new double[MOST];
    private final double[] events = new double[MOST];
    private final long[] quickest = new long[MOST];
    private int count;
    private int frames;
    private long origin = -1;
    private boolean fresh = true;
    private boolean arrives;
    private int best;
    private boolean certain;

    OffsetSearch(ExposureBook book, MatchSettings settings) {
        this.book = book;
        this.settings = settings;
    }

    /**
     * Forgets all offsets.
     *
     * @param newOrigin the latest position that is beyond doubt, and before which no frame can belong any more; -1 when there is none
     */
    void begin(long newOrigin) {
        origin = newOrigin;
        // Numbers count from the latest exposure taken: where that is in doubt, nobody knows how many were passed over.
        fresh = newOrigin == book.last();
        restart();
    }

    private void restart() {
        count = 0;
        frames = 0;
        certain = false;
    }

    /**
     * Hears a frame.
     *
     * @param own its begin by the clock whose offset is sought
     * @param ended when the exposure must have ended at the latest: its arrival; {@link Long#MAX_VALUE} when unknown
     * @param exposure its length, nanoseconds
     * @param lost frames that its number says were left out before it, -1 when it has none
     * @return the position it has by the best offset, or -1
     */
    long hear(long own, long ended, long exposure, int lost) {
        spacing.measure(book, exposure);
        arrives = ended != Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            follow(i, own, ended, exposure, lost);
        }
        dropDisproved(exposure);
        if (count == 0 && frames > 0) {
            // A clock has been set: what this frame leaves must not win for being alone.
            fresh &= origin == book.last();
            restart();
        }
        if (frames < SEEDING_FRAMES) {
            seed(own, ended, exposure, lost);
        }
        frames++;
        judge(exposure);
        long answer = count == 0 ? -1 : now[best];
        if (frames > PATIENCE && !certain) {
            // Drift has its say: once more, and by now nobody knows how many exposures should have been passed over.
            fresh = false;
            restart();
        }
        return answer;
    }

    private void follow(int i, long own, long ended, long exposure, int lost) {
        long expected = own + offset[i];
        long nearest = nearest(expected, position[i] + 1);
        long residual = nearest < 0 ? 0 : book.stamp(nearest) - expected;
        now[i] = -1;
        if (nearest < 0 || Math.abs(residual) > WITHIN * spacing.nanos()) {
            events[i] += EVENT;
        } else {
            events[i] += lost < 0 ? 0 : EVENT * Math.abs(book.exposuresBetween(position[i], nearest) - lost);
            squares[i] += (double) residual * residual;
            misfit[i] += Math.log1p(Math.pow(residual / (SCALE * spacing.nanos()), 2));
            matched[i]++;
            offset[i] += residual / FOLLOWING;
            position[i] = nearest;
            now[i] = nearest;
        }
        quickest[i] = Math.min(quickest[i], latency(ended, expected, exposure));
    }

    private static long latency(long ended, long start, long exposure) {
        return ended == Long.MAX_VALUE ? 0 : ended - exposure - start;
    }

    /** The exposure that begins nearest to a moment, from a position on; -1 when there is none. */
    private long nearest(long nanos, long from) {
        long after = book.firstNotBefore(nanos, from);
        long before = after - 1;
        while (after < book.end() && book.bounce(after)) {
            after++;
        }
        while (before >= from && book.bounce(before)) {
            before--;
        }
        boolean hasAfter = after < book.end();
        boolean hasBefore = before >= from;
        if (hasAfter && hasBefore) {
            return book.stamp(after) - nanos < nanos - book.stamp(before) ? after : before;
        }
        return hasAfter ? after : hasBefore ? before : -1;
    }

    private void dropDisproved(long exposure) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (quickest[i] >= -FrameLatency.slack(exposure)) {
                best = best == i ? kept : best;
                copy(i, kept++);
            }
        }
        count = kept;
    }

    private void copy(int from, int to) {
        offset[to] = offset[from];
        position[to] = position[from];
        now[to] = now[from];
        matched[to] = matched[from];
        squares[to] = squares[from];
        misfit[to] = misfit[from];
        events[to] = events[from];
        quickest[to] = quickest[from];
    }

    private void seed(long own, long ended, long exposure, int lost) {
        long least = Math.max(origin + 1, book.first());
        for (long p = book.end() - 1; p >= least && count < MOST; p--) {
            long latency = latency(ended, book.stamp(p), exposure);
            if (!book.bounce(p) && latency >= -FrameLatency.slack(exposure) && !known(book.stamp(p) - own)) {
                int passed = book.exposuresBetween(least - 1, p);
                offset[count] = book.stamp(p) - own;
                position[count] = p;
                now[count] = p;
                matched[count] = 1;
                squares[count] = 0;
                misfit[count] = 0;
                events[count] = EVENT * (frames + (fresh ? Math.abs(passed - Math.max(lost, 0)) : 0));
                quickest[count] = latency;
                count++;
            }
        }
    }

    private boolean known(long candidate) {
        for (int i = 0; i < count; i++) {
            if (Math.abs(candidate - offset[i]) < WITHIN * spacing.nanos()) {
                return true;
            }
        }
        return false;
    }

    private void judge(long exposure) {
        int favourite = best < count ? best : 0;
        for (int i = 0; i < count; i++) {
            // A little better is not enough: frames that change their mind lose edges.
            favourite = score(i) < score(favourite) - (favourite == best ? EVENT : 0) ? i : favourite;
        }
        best = favourite;
        double second = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            second = i == best ? second : Math.min(second, evidence(i));
        }
        certain = count > 0 && now[best] >= 0 && (plain(exposure) || proven(second - evidence(best)));
    }

    private double score(int i) {
        // What is usual is a reason to prefer, not to believe.
        return evidence(i) + (settings.latencyKnown() || quickest[i] <= MatchSettings.USUAL_LATENCY_NANOS ? 0 : LATE);
    }

    private double evidence(int i) {
        double late = settings.latencyKnown() && quickest[i] > settings.latencyNanos() ? LATE_THOUGH_KNOWN : 0;
        return misfit[i] + events[i] + late;
    }

    private double variance(int i) {
        double least = spacing.nanos() / 100;
        return (squares[i] + 2 * least * least) / (matched[i] + 2);
    }

    /** Whether the arrival alone leaves no doubt: nothing was passed over, and one exposure earlier the frame would have come too late. */
    private boolean plain(long exposure) {
        double earlier = quickest[best] + Math.max((double) exposure, (1 - WITHIN) * spacing.nanos());
        return settings.latencyKnown()
                && arrives
                && events[best] == 0
                && quickest[best] <= settings.latencyNanos()
                && earlier > settings.latencyNanos();
    }

    private boolean proven(double lead) {
        return matched[best] >= FEWEST
                && lead >= (settings.latencyKnown() && arrives ? LEAD : LEAD_BY_INTERVALS)
                && Math.sqrt(variance(best)) < SHARP * spacing.nanos();
    }

    /** Whether the position last answered is beyond doubt. */
    boolean certain() {
        return certain;
    }
}
