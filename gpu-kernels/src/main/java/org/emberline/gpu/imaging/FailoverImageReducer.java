package org.emberline.gpu.imaging;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emberline.gpu.ReducerException;
import org.emberline.gpu.choice.Failover;

/**
 * An image reducer whose device may fail in mid-run: the frame at hand is then reduced again by another reducer, which keeps the work
 * from there on. No frame is lost, and the switch is told once.
 */
final class FailoverImageReducer implements ImageReducer {
    private final Failover<ImageReducer> pair;

    /** Arguments as of {@link Failover}. */
    FailoverImageReducer(ImageReducer first, Supplier<ImageReducer> fallback, Consumer<String> onSwitch) {
        pair = new Failover<>(first, fallback, onSwitch);
    }

    @Override
    public ImagingPlan plan() {
        return pair.first().plan();
    }

    @Override
    public String backend() {
        return pair.current().backend();
    }

    @Override
    public String device() {
        return pair.current().device();
    }

    @Override
    public void reduce(MemorySegment frame, double flatFraction, ImageReduction into) {
        try {
            pair.current().reduce(frame, flatFraction, into);
        } catch (ReducerException e) {
            pair.turn(e);
            pair.current().reduce(frame, flatFraction, into);
        }
    }

    @Override
    public void close() {
        pair.close();
    }
}
