package org.emberline.edge.sync;

import java.util.function.LongConsumer;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameGate;
import org.emberline.edge.frame.FrameSlot;

/**
 * For a detector that runs by its own clock, without a trigger line: gives its frames their times on this machine's clock, by their
 * arrivals, and turns away those that it has seen. Frames are held up on their way by changing times, but never come too soon: the
 * quickest of every {@value #BLOCK} are taken to be equally quick, and a {@link ClockModel} goes through them (as NTP's clock filter does, RFC 5905
 * section 10). What remains is the time of the quickest way, which nothing here can tell; the configured latency is taken for it.
 *
 * <p>A frame that brings no time of the detector, or no arrival, keeps the times that its source gave it. Acquisition thread.
 */
public final class FreeRunGate implements FrameGate {
    private static final int BLOCK = 64;
    private static final double FIRST_JITTER_NANOS = 1e5;

    private final FrameGate books;
    private final LongConsumer passedOver;
    private final MatchSettings settings;
    private final FrameNumbers numbers = new FrameNumbers();
    private final ClockModel clock = new ClockModel();
    private boolean begun;
    private int heard;
    private long quickestOwn;
    private long quickestHost;

    /**
     * @param books asked for every frame that is not turned away here
     * @param passedOver told how many numbers were left out, when they are waited for no longer
     */
    public FreeRunGate(FrameGate books, LongConsumer passedOver, MatchSettings settings) {
        this.books = books;
        this.passedOver = passedOver;
        this.settings = settings;
    }

    @Override
    public Verdict admit(FrameSlot slot) {
        FrameNumbers.Place place = numbers.place(slot);
        giveUp(numbers.givenUp());
        return switch (place) {
            case DUPLICATE -> Verdict.DUPLICATE;
            case STRAY -> Verdict.STRAY;
            case FAR_BEHIND -> Verdict.LATE;
            case FIRST, NEXT, BEHIND, UNNUMBERED -> {
                if (place == FrameNumbers.Place.FIRST) {
                    begun = false;
                    heard = 0;
                } else if (place == FrameNumbers.Place.BEHIND) {
                    slot.flag(FrameFlag.FRAME_OUT_OF_ORDER);
                }
                if (slot.detectorNanos != FrameSlot.UNKNOWN && slot.arrivalNanos != FrameSlot.UNKNOWN) {
                    time(slot, Math.max(0, slot.stopNanos - slot.startNanos));
                }
                yield books.admit(slot);
            }
        };
    }

    private void giveUp(long frames) {
        if (frames > 0) {
            passedOver.accept(frames);
        }
    }

    private void time(FrameSlot slot, long exposure) {
        long latest = slot.arrivalNanos - exposure - settings.latencyNanos();
        hear(slot.detectorNanos, latest);
        slot.startNanos = Math.min(begun ? clock.host(slot.detectorNanos) : quickest(slot), latest);
        slot.stopNanos = slot.startNanos + exposure;
    }

    private long quickest(FrameSlot slot) {
        return quickestHost + (slot.detectorNanos - quickestOwn);
    }

    private void hear(long own, long host) {
        boolean set = begun && Math.abs(host - clock.host(own)) > TriggerMatcher.JUMP_NANOS && host < clock.host(own);
        if (set) {
            begun = false;
            heard = 0;
        }
        if (heard == 0 || host - own < quickestHost - quickestOwn) {
            quickestOwn = own;
            quickestHost = host;
        }
        heard++;
        if (heard < BLOCK) {
            return;
        }
        heard = 0;
        if (begun) {
            clock.update(quickestOwn, quickestHost);
        } else {
            clock.begin(quickestOwn, quickestHost, FIRST_JITTER_NANOS);
            begun = true;
        }
    }

    @Override
    public void missing(FrameSlot slot) {
        if (slot.hardwareId != FrameSlot.UNKNOWN) {
            var _ = numbers.place(slot);
            giveUp(numbers.givenUp());
        }
        books.missing(slot);
    }

    @Override
    public void end(EdgeFate fate) {
        giveUp(numbers.rest());
        books.end(fate);
    }
}
