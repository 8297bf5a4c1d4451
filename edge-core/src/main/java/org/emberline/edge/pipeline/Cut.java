package org.emberline.edge.pipeline;

/**
 * Where an abort cuts a line: frames that had been measured when it came go on to the outlets, all behind them are discarded. Whether a
 * frame is one or the other is decided once, after measuring, so that all outlets have the same frames.
 */
final class Cut {
    private volatile boolean asked;
    private volatile long first = Long.MAX_VALUE;

    /** Asks for the cut; it cannot be taken back. Any thread. */
    void ask() {
        asked = true;
    }

    boolean asked() {
        return asked;
    }

    /** This frame is discarded, and every later one will be. Measuring thread only. */
    void discard(long sequence) {
        first = Math.min(first, sequence);
    }

    /** Whether the frame, which has been measured or discarded, goes to the outlets. */
    boolean spares(long sequence) {
        return sequence < first;
    }
}
