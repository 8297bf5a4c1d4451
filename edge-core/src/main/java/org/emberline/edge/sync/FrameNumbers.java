package org.emberline.edge.sync;

import org.emberline.edge.frame.FrameSlot;

/**
 * The detector's own numbers of its frames: which have come, which were left out, and where a new series begins. Numbers may wrap at 32
 * bits. One thread.
 */
final class FrameNumbers {
    private static final int WINDOW = 64;
    private static final int SERIES_REMEMBERED = 8;
    private static final long UNSIGNED_INT = 1L << 32;
    private static final long ALL_BEFORE = -2;

    /** How a frame stands to those before it. */
    enum Place {
        /** It has no number. */
        UNNUMBERED,
        /** The first of a series. */
        FIRST,
        /** Behind all others; {@link #step} tells by how many numbers. */
        NEXT,
        /** Before another that has come already. */
        BEHIND,
        /** Its number is so old that nobody knows whether it has come. */
        FAR_BEHIND,
        DUPLICATE,
        /** Of a series that another has replaced. */
        STRAY
    }

    private final long[] ended = new long[SERIES_REMEMBERED];
    private int endedCount;
    private boolean begun;
    private long series;
    private long firstNumber;
    private long firstTime;
    private long highest;
    private long highestTime;
    private long step;
    /** Bit n: number {@link #highest} - n has come. */
    private long seen;
    /** Bit n: number {@link #highest} - n was left out, and may still come. */
    private long open;

    private long givenUp;

    /** Places a frame, and remembers it. */
    Place place(FrameSlot slot) {
        step = 0;
        givenUp = 0;
        if (begun && slot.seriesId != series && hasEnded(slot.seriesId)) {
            return Place.STRAY;
        }
        long number = slot.hardwareId;
        long time = slot.detectorNanos != FrameSlot.UNKNOWN ? slot.detectorNanos : slot.arrivalNanos;
        if (!begun || slot.seriesId != series) {
            return begin(slot, number, time);
        }
        if (number == FrameSlot.UNKNOWN || highest == FrameSlot.UNKNOWN) {
            highest = number;
            highestTime = time;
            seen = 1;
            givenUp = rest();
            return Place.UNNUMBERED;
        }
        long ahead = ahead(number, highest);
        if (ahead <= 0 && restarts(slot, number, time)) {
            return begin(slot, number, time);
        }
        return ahead > 0 ? next(number, ahead, time) : behind(-ahead);
    }

    /** By how much the number of a frame that is {@link Place#NEXT} exceeds the highest before it: 1 when none was left out. */
    long step() {
        return step;
    }

    /** How many numbers the frame placed last has put beyond hope: left out, and now so far back or of so old a series that they are waited for no longer. */
    long givenUp() {
        return givenUp;
    }

    /** Gives up what is still waited for, and says how many that is. */
    long rest() {
        long rest = Long.bitCount(open);
        open = 0;
        return rest;
    }

    private Place begin(FrameSlot slot, long number, long time) {
        if (begun && slot.seriesId != series) {
            ended[endedCount++ % SERIES_REMEMBERED] = series;
        }
        givenUp = rest();
        boolean again = begun;
        begun = true;
        series = slot.seriesId;
        firstNumber = number;
        highest = number;
        firstTime = time;
        highestTime = time;
        seen = 1;
        return number == FrameSlot.UNKNOWN && !again ? Place.UNNUMBERED : Place.FIRST;
    }

    private Place next(long number, long ahead, long time) {
        step = ahead;
        if (ahead < WINDOW) {
            givenUp = Long.bitCount(open >>> (WINDOW - ahead));
            open = (open << ahead) | ((1L << ahead) - 2);
        } else {
            givenUp = Long.bitCount(open) + ahead - WINDOW;
            open = ALL_BEFORE;
        }
        seen = ahead < WINDOW ? seen << ahead | 1 : 1;
        highest = number;
        highestTime = time;
        return Place.NEXT;
    }

    private Place behind(long distance) {
        if (distance < 0 || distance >= WINDOW) {
            return Place.FAR_BEHIND;
        }
        long bit = 1L << distance;
        boolean duplicate = (seen & bit) != 0;
        seen |= bit;
        open &= ~bit;
        return duplicate ? Place.DUPLICATE : Place.BEHIND;
    }

    /**
     * A detector that does not name its series begins again at a time after all frames before, or with the number that it began with.
     * A frame that is sent twice has its old time.
     */
    private boolean restarts(FrameSlot slot, long number, long time) {
        if (slot.seriesId != 0) {
            return false;
        }
        boolean farBack = -ahead(number, highest) >= WINDOW;
        boolean fromTheFirst = number == firstNumber && number != highest;
        if (slot.detectorNanos == FrameSlot.UNKNOWN) {
            return fromTheFirst || farBack;
        }
        return time > highestTime || (fromTheFirst && (farBack || time != firstTime));
    }

    private static long ahead(long number, long than) {
        boolean short32 = number >= 0 && number < UNSIGNED_INT && than >= 0 && than < UNSIGNED_INT;
        return short32 ? (int) (number - than) : number - than;
    }

    private boolean hasEnded(long name) {
        for (int i = 0; i < Math.min(endedCount, SERIES_REMEMBERED); i++) {
            if (ended[i] == name) {
                return true;
            }
        }
        return false;
    }
}
