package org.emberline.edge.sync;

import java.util.function.LongConsumer;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameGate;
import org.emberline.edge.frame.FrameSlot;

/**
 * Finds the edge that began a frame, by all that is known of both: the frame's number, its begin on the detector's clock, its arrival
 * here, the edges' times. No single one is trusted: edges are missed and doubled, frames are lost, clocks drift and jump.
 *
 * <p>A frame that brings the index of its edge, as a trigger box knows it, is taken at its word. Otherwise, while a {@link ClockModel}
 * holds, the frame's own time predicts its edge. Of the open exposures near the prediction that one is taken which needs the fewest and
 * likeliest things to have gone wrong:
 *
 * <pre>
 *   cost = r^2 / 2 s^2                             residual r, spread s of stamps about the model
 *        + 4.6 |passed over - left out|            exposures passed over against numbers left out
 *        + 12                                      for an edge during another's exposure
 * </pre>
 *
 * Beyond 5.5 s the frame has no edge (TRIGGER_MISSING) and gets its time from the model. When a frame could not have been there at the
 * predicted time, or came much later than frames do, a clock has been set: {@link OffsetSearch} then finds the offset anew, as at the
 * start. A frame without a time of its own is matched by its arrival likewise, one without either by order. Whenever a second exposure is
 * not at least a hundred times less likely, the frame says TRIGGER_INDEX_ONLY.
 *
 * <p>Acquisition thread, except for {@link #clock}. See docs/synchronisation.md.
 */
public final class TriggerMatcher implements FrameGate {
    /** A change of the clock's offset from which on it is a jump. */
    public static final long JUMP_NANOS = 50_000_000;

    private static final int EXPOSURES_KEPT = 1 << 14;
    /** Share of an exposure in which edges are heeded by nobody; the rest allows for the jitter of stamps. */
    private static final double HEEDLESS = 0.6;
    /** Matches until the spread is known well. */
    private static final int YOUNG = 32;
    /** Until then, exposures this near are taken, as a share of the spacing. */
    private static final double REACH = 0.4;
    /** Frames without edge in a row, beside edges without frame, after which the offset is doubted. */
    private static final int DOUBT = 3;

    /** What the stamps of an unknown detector are taken to jitter by, and frames to be held up by; both are learned. */
    private static final double MOST_FIRST_JITTER_NANOS = 1e6;

    private static final double MOST_FIRST_DELAY_NANOS = 2e7;

    private final MatchSettings settings;
    private final ExposureBook book;
    private final FrameNumbers numbers = new FrameNumbers();
    private final ClockModel clock = new ClockModel();
    private final ExposureChoice choice;
    private final OffsetSearch search;
    private final Spacing spacing = new Spacing();
    private final FrameLatency latency;
    private final ClockJournal journal;
    private boolean locked;
    private boolean byDetector;
    private long matches;
    /** Numbers gone by since the last frame that found its edge, frames without edge among them left out; -1 when nobody knows. */
    private long numbersSince = -1;

    /** The latest position that was taken beyond doubt. */
    private long lastSure = -1;

    private int missesInARow;
    /** Time after an edge in which the detector heeds no other. */
    private long deafNanos;

    private long lastDetectorNanos = FrameSlot.UNKNOWN;

    /**
     * @param edges of the detector's trigger line
     * @param account where the fate of every exposure is booked, {@link MatchSettings#framesPerTrigger} for an edge
     * @param jumped told by how many nanoseconds this machine's clock less the detector's has changed, when one of them was set
     */
    public TriggerMatcher(EdgeQueue edges, MatchSettings settings, Account account, LongConsumer jumped) {
        this.settings = settings;
        book = new ExposureBook(edges, settings, account, EXPOSURES_KEPT);
        choice = new ExposureChoice(book, spacing);
        search = new OffsetSearch(book, settings);
        latency = new FrameLatency(settings);
        journal = new ClockJournal(jumped);
    }

    @Override
    public Verdict admit(FrameSlot slot) {
        FrameNumbers.Place place = numbers.place(slot);
        long exposure = Math.max(0, slot.stopNanos - slot.startNanos);
        deafNanos = deafNanos(exposure);
        book.read(deafNanos);
        spacing.measure(book, exposure);
        return switch (place) {
            case DUPLICATE -> Verdict.DUPLICATE;
            case STRAY -> Verdict.STRAY;
            case FAR_BEHIND -> Verdict.LATE;
            case BEHIND -> admitBehind(slot, exposure);
            case FIRST, UNNUMBERED -> {
                numbersSince = -1;
                bind(slot, exposure);
                yield Verdict.ADMITTED;
            }
            case NEXT -> {
                numbersSince = numbersSince < 0 ? -1 : numbersSince + numbers.step();
                bind(slot, exposure);
                yield Verdict.ADMITTED;
            }
        };
    }

    @Override
    public void missing(FrameSlot slot) {
        // Its number is missing when the next one comes, and its edge is passed over.
    }

    @Override
    public void end(EdgeFate fate) {
        book.read(deafNanos);
        book.close(fate);
    }

    private long deafNanos(long exposure) {
        return settings.mode() == TriggerMode.EXTERNAL_LEVEL
                ? 0
                : (settings.framesPerTrigger() - 1) * settings.framePeriodNanos() + (long) (HEEDLESS * exposure);
    }

    private void bind(FrameSlot slot, long exposure) {
        long own = ownTime(slot, exposure);
        if (slot.triggerIndex >= 0) {
            bindByIndex(slot, exposure, own);
        } else if (own == FrameSlot.UNKNOWN) {
            bindByOrder(slot, exposure);
        } else if (locked) {
            bindByClock(slot, exposure, own);
        } else {
            bindBySearch(slot, exposure, own);
        }
    }

    /**
     * Begin of the exposure by the clock that the lock is on: the detector's where it has one, else that of the arrivals. A detector's
     * stamp that stands still is none; a lock on the other clock is left.
     */
    private long ownTime(FrameSlot slot, long exposure) {
        boolean stamped = slot.detectorNanos != FrameSlot.UNKNOWN && slot.detectorNanos != lastDetectorNanos;
        lastDetectorNanos = slot.detectorNanos;
        if (!stamped && byDetector && locked) {
            long arrived = latency.start(slot, exposure);
            return arrived == FrameSlot.UNKNOWN ? arrived : clock.own(arrived);
        }
        if (stamped != byDetector && (stamped || slot.arrivalNanos != FrameSlot.UNKNOWN)) {
            byDetector = stamped;
            locked = false;
            // Two clocks are not one that was set, and the one's drift is not the other's.
            matches = 0;
            clock.forget();
            search.begin(lastSure);
        }
        if (stamped) {
            return slot.detectorNanos;
        }
        return slot.arrivalNanos == FrameSlot.UNKNOWN ? FrameSlot.UNKNOWN : slot.arrivalNanos - exposure;
    }

    private int lost() {
        return numbersSince < 0 ? -1 : (int) Math.min(numbersSince - 1, Integer.MAX_VALUE);
    }

    private void bindByClock(FrameSlot slot, long exposure, long own) {
        long predicted = clock.host(own);
        boolean stamped = !byDetector || own == slot.detectorNanos;
        double spread = stamped ? clock.spread(own) : Math.hypot(clock.spread(own), latency.spread());
        double reach = stamped && matches < YOUNG ? REACH * spacing.nanos() : 0;
        long position = choice.choose(predicted, spread, lost(), reach, !byDetector);
        if (position >= 0 && latency.causal(slot, exposure, book.stamp(position))) {
            boolean sure = choice.sure(spread, lost());
            if (lost() >= 0 && choice.passed() > lost()) {
                book.suspect(book.last(), position, choice.passed() - lost());
            }
            if (stamped) {
                follow(own, book.stamp(position), spread);
            }
            take(slot, exposure, position, sure);
        } else if (latency.allows(slot, exposure, predicted, ExposureChoice.GATE * spread) && !doubtful()) {
            miss(slot, exposure, predicted);
        } else {
            locked = false;
            search.begin(lastSure);
            bindBySearch(slot, exposure, own);
        }
    }

    /** A clock set by less than frames are delayed shows only here. */
    private boolean doubtful() {
        return missesInARow >= DOUBT && book.exposuresBetween(book.last(), book.end()) >= DOUBT;
    }

    private void bindBySearch(FrameSlot slot, long exposure, long own) {
        long ended = slot.arrivalNanos == FrameSlot.UNKNOWN ? Long.MAX_VALUE : slot.arrivalNanos;
        long position = search.hear(own, ended, exposure, lost());
        if (position <= book.last()) {
            miss(slot, exposure, latency.start(slot, exposure));
            return;
        }
        if (search.certain()) {
            lock(own, book.stamp(position));
        }
        take(slot, exposure, position, search.certain());
    }

    /** A clock that was set by less than the time between two edges is seen here, if by anything. */
    private void follow(long own, long host, double spread) {
        double residual = Math.abs((double) (host - clock.host(own)));
        if (byDetector && residual > Math.max(JUMP_NANOS, ExposureChoice.GATE * spread)) {
            lock(own, host);
        } else {
            clock.update(own, host);
        }
    }

    private void lock(long own, long host) {
        locked = true;
        double most = byDetector ? MOST_FIRST_JITTER_NANOS : MOST_FIRST_DELAY_NANOS;
        double jitter = clock.known() && matches >= YOUNG ? clock.jitterNanos() : Math.min(spacing.nanos() / 20, most);
        if (clock.known()) {
            journal.change(host - clock.host(own));
        }
        clock.begin(own, host, jitter);
        matches = 0;
    }

    private void bindByIndex(FrameSlot slot, long exposure, long own) {
        long position = book.find(slot.triggerIndex);
        if (position >= 0) {
            if (own != FrameSlot.UNKNOWN && locked) {
                follow(own, book.stamp(position), clock.spread(own));
            } else if (own != FrameSlot.UNKNOWN) {
                lock(own, book.stamp(position));
            }
            take(slot, exposure, position, true);
        } else {
            miss(slot, exposure, locked && own != FrameSlot.UNKNOWN ? clock.host(own) : latency.start(slot, exposure));
        }
    }

    private void bindByOrder(FrameSlot slot, long exposure) {
        long position = book.last() + 1 + Math.max(lost(), 0);
        while (position < book.end() && book.bounce(position)) {
            position++;
        }
        if (position < book.end()) {
            take(slot, exposure, position, false);
        } else {
            miss(slot, exposure, FrameSlot.UNKNOWN);
        }
    }

    private Verdict admitBehind(FrameSlot slot, long exposure) {
        slot.flag(FrameFlag.FRAME_OUT_OF_ORDER);
        boolean timed = locked && byDetector && slot.detectorNanos != FrameSlot.UNKNOWN;
        long predicted = timed ? clock.host(slot.detectorNanos) : FrameSlot.UNKNOWN;
        long position = slot.triggerIndex >= 0
                ? book.find(slot.triggerIndex)
                : timed ? choice.behind(predicted, clock.spread(slot.detectorNanos)) : -1;
        if (position >= 0) {
            if (position > book.last() && numbersSince > 0) {
                numbersSince--; // its successor had no edge, and it was counted as left out
            }
            set(slot, exposure, position);
            return Verdict.ADMITTED;
        }
        if (timed && book.first() > 0 && predicted < book.stamp(book.first())) {
            return Verdict.LATE;
        }
        slot.flag(FrameFlag.TRIGGER_MISSING);
        time(slot, exposure, predicted);
        return Verdict.ADMITTED;
    }

    private void take(FrameSlot slot, long exposure, long position, boolean sure) {
        set(slot, exposure, position);
        if (sure) {
            lastSure = position;
        } else {
            slot.flag(FrameFlag.TRIGGER_INDEX_ONLY);
        }
        latency.add(slot, exposure, slot.startNanos);
        numbersSince = slot.hardwareId == FrameSlot.UNKNOWN ? -1 : 0;
        matches++;
        missesInARow = 0;
        journal.note(matches, clock, latency);
    }

    private void set(FrameSlot slot, long exposure, long position) {
        book.take(position);
        slot.triggerIndex = book.index(position);
        time(slot, exposure, book.stamp(position));
    }

    private void miss(FrameSlot slot, long exposure, long start) {
        slot.flag(FrameFlag.TRIGGER_MISSING);
        missesInARow++;
        slot.triggerIndex = -1;
        time(slot, exposure, start);
        if (numbersSince > 0) {
            numbersSince--;
        }
    }

    private static void time(FrameSlot slot, long exposure, long start) {
        if (start != FrameSlot.UNKNOWN) {
            slot.startNanos = start;
            slot.stopNanos = start + exposure;
        }
    }

    /** What is known of the detector's clock now. Any thread. */
    public ClockView clock() {
        return journal.view();
    }
}
