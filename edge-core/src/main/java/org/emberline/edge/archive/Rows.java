package org.emberline.edge.archive;

import org.jspecify.annotations.Nullable;

/** The reusable rows between the frame path and the archive's writer. */
final class Rows {

    private Rows() {}

    /** One thermocouple reading; with a fault the temperature is NaN. */
    static final class ReadingRow {
        int channel;
        long timestampNanos;
        double celsius;
        double sigma;

        @Nullable
        String fault;
    }

    /** One edge of the trigger line. */
    static final class TriggerRow {
        long index;
        long timestampNanos;
    }
}
