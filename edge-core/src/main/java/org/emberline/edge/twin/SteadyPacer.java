package org.emberline.edge.twin;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** A pacer on a clock and a way to sleep that a test can replace. */
final class SteadyPacer implements Pacer {
    private final double nanosPerFrame;
    private final LongSupplier nanoClock;
    private final LongConsumer park;
    private boolean started;
    private long origin;

    /** @param park waits for at most so many nanoseconds; may return early, and at once when the thread is interrupted */
    SteadyPacer(double framesPerSecond, LongSupplier nanoClock, LongConsumer park) {
        nanosPerFrame = 1e9 / framesPerSecond;
        this.nanoClock = nanoClock;
        this.park = park;
    }

    @Override
    public boolean await(long frame) {
        if (!started) {
            started = true;
            origin = nanoClock.getAsLong() - Math.round(frame * nanosPerFrame);
        }
        long due = origin + Math.round(frame * nanosPerFrame);
        while (!Thread.currentThread().isInterrupted()) {
            long remaining = due - nanoClock.getAsLong();
            if (remaining <= 0) {
                return true;
            }
            park.accept(remaining);
        }
        return false;
    }
}
