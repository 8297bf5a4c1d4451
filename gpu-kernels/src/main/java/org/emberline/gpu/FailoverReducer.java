package org.emberline.gpu;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emberline.gpu.bslz4.CorruptChunkException;
import org.emberline.gpu.choice.Failover;

/**
 * A reducer whose device may fail in mid-run: the frame at hand, and all that were begun and not finished, are then reduced again by
 * another reducer, which keeps the work from there on. No frame is lost, and the switch is told once.
 */
final class FailoverReducer implements Reducer {
    private final Failover<Reducer> pair;
    private final List<Begun> begun = new ArrayList<>();
    private int inFlight;

    /** Arguments as of {@link Failover}. */
    FailoverReducer(Reducer first, Supplier<Reducer> fallback, Consumer<String> onSwitch) {
        pair = new Failover<>(first, fallback, onSwitch);
    }

    /** The arguments of a frame that was begun; the object is used again. */
    private static final class Begun {
        private MemorySegment frame = MemorySegment.NULL;
        private double monitor;
        private Reduction into = new Reduction(1);
    }

    @Override
    public IntegrationPlan plan() {
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
    public void reduce(MemorySegment frame, double monitor, Reduction into) {
        finish();
        try {
            pair.current().reduce(frame, monitor, into);
        } catch (ReducerException e) {
            switchOver(e);
            pair.current().reduce(frame, monitor, into);
        }
    }

    @Override
    public void reduceCompressed(MemorySegment chunk, double monitor, Reduction into) throws CorruptChunkException {
        finish();
        try {
            pair.current().reduceCompressed(chunk, monitor, into);
        } catch (ReducerException e) {
            switchOver(e);
            pair.current().reduceCompressed(chunk, monitor, into);
        }
    }

    @Override
    public void begin(MemorySegment frame, double monitor, Reduction into) {
        remember(frame, monitor, into);
        try {
            pair.current().begin(frame, monitor, into);
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
            pair.current().finish();
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
        pair.turn(failure);
        for (int i = 0; i < inFlight; i++) {
            Begun frame = begun.get(i);
            pair.current().reduce(frame.frame, frame.monitor, frame.into);
        }
        inFlight = 0;
    }

    @Override
    public void close() {
        pair.close();
    }
}
