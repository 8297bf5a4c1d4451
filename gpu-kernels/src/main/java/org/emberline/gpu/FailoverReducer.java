package org.emberline.gpu;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emberline.gpu.bslz4.CorruptChunkException;

/**
 * A reducer whose device may fail in mid-run: the frame at hand, and all that were begun and not finished, are then reduced again by
 * another reducer, which keeps the work from there on. No frame is lost, and the switch is told once.
 */
final class FailoverReducer implements Reducer {
    private final Reducer first;
    private final Supplier<Reducer> fallback;
    private final Consumer<String> onSwitch;
    private final List<Begun> begun = new ArrayList<>();
    private int inFlight;
    private Reducer current;
    private boolean switched;

    /**
     * @param first used until it fails
     * @param fallback makes the one that takes over; not asked before
     * @param onSwitch told in one line what happened, on the thread of the frame
     */
    FailoverReducer(Reducer first, Supplier<Reducer> fallback, Consumer<String> onSwitch) {
        this.first = first;
        this.fallback = fallback;
        this.onSwitch = onSwitch;
        current = first;
    }

    /** The arguments of a frame that was begun; the object is used again. */
    private static final class Begun {
        private MemorySegment frame = MemorySegment.NULL;
        private double monitor;
        private Reduction into = new Reduction(1);
    }

    @Override
    public IntegrationPlan plan() {
        return first.plan();
    }

    @Override
    public String backend() {
        return current.backend();
    }

    @Override
    public String device() {
        return current.device();
    }

    @Override
    public void reduce(MemorySegment frame, double monitor, Reduction into) {
        finish();
        try {
            current.reduce(frame, monitor, into);
        } catch (ReducerException e) {
            switchOver(e);
            current.reduce(frame, monitor, into);
        }
    }

    @Override
    public void reduceCompressed(MemorySegment chunk, double monitor, Reduction into) throws CorruptChunkException {
        finish();
        try {
            current.reduceCompressed(chunk, monitor, into);
        } catch (ReducerException e) {
            switchOver(e);
            current.reduceCompressed(chunk, monitor, into);
        }
    }

    @Override
    public void begin(MemorySegment frame, double monitor, Reduction into) {
        remember(frame, monitor, into);
        try {
            current.begin(frame, monitor, into);
        } catch (IllegalArgumentException e) {
            inFlight--;
            throw e;
        } catch (ReducerException e) {
            switchOver(e);
        }
    }

    @Override
    public void finish() {
        try {
            current.finish();
            inFlight = 0;
        } catch (ReducerException e) {
            switchOver(e);
        }
    }

    private void remember(MemorySegment frame, double monitor, Reduction into) {
        if (inFlight == begun.size()) {
            begun.add(new Begun());
        }
        Begun next = begun.get(inFlight++);
        next.frame = frame;
        next.monitor = monitor;
        next.into = into;
    }

    private void switchOver(ReducerException failure) {
        if (switched) { // nothing is left to switch to
            throw failure;
        }
        current = fallback.get();
        switched = true;
        onSwitch.accept(first.device() + " failed and " + current.backend() + " took over: " + failure.getMessage());
        for (int i = 0; i < inFlight; i++) {
            Begun frame = begun.get(i);
            current.reduce(frame.frame, frame.monitor, frame.into);
        }
        inFlight = 0;
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
