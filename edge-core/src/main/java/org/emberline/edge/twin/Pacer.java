package org.emberline.edge.twin;

import java.util.concurrent.locks.LockSupport;

/** Holds the frames of a simulation back until their time on the wall clock. Used by one thread. */
@FunctionalInterface
public interface Pacer {

    /** Waits until the frame is due, counted from frame 0; false when the thread was interrupted, whose status is kept. */
    boolean await(long frame);

    /**
     * The pace of {@link SimulationSettings#framesPerSecond}: evenly from the first call on, or without any wait for 0. A frame that
     * comes late is not waited for, so that the pace recovers.
     */
    static Pacer of(double framesPerSecond) {
        if (framesPerSecond == 0) {
            return frame -> !Thread.currentThread().isInterrupted();
        }
        return new SteadyPacer(framesPerSecond, System::nanoTime, LockSupport::parkNanos);
    }
}
