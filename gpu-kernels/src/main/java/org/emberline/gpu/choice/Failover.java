package org.emberline.gpu.choice;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emberline.gpu.Arithmetic;
import org.emberline.gpu.ReducerException;

/**
 * A reducer and the one that takes over when the first one's device fails, which is told once. One thread at a time.
 *
 * @param <R> what kind of reducer
 */
public final class Failover<R extends Arithmetic> implements AutoCloseable {
    private final R first;
    private final Supplier<R> fallback;
    private final Consumer<String> onSwitch;
    private R current;
    private boolean switched;

    /**
     * Begins with the first.
     *
     * @param first used until it fails
     * @param fallback makes the one that takes over; not asked before
     * @param onSwitch told in one line what happened, on the thread of the frame
     */
    public Failover(R first, Supplier<R> fallback, Consumer<String> onSwitch) {
        this.first = first;
        this.fallback = fallback;
        this.onSwitch = onSwitch;
        current = first;
    }

    /** The first one, whatever has become of it. */
    public R first() {
        return first;
    }

    /** The one that works. */
    public R current() {
        return current;
    }

    /**
     * Turns to the fallback; what failed has to be done again with it.
     *
     * @param failure what the current one threw
     * @throws ReducerException the failure itself, when nothing is left to turn to
     */
    public void turn(ReducerException failure) {
        if (switched) {
            throw failure;
        }
        current = fallback.get();
        switched = true;
        onSwitch.accept(first.device() + " failed and " + current.backend() + " took over: " + failure.getMessage());
    }

    @Override
    public void close() {
        try {
            if (switched) {
                current.close();
            }
        } finally {
            first.close();
        }
    }
}
