package org.emberline.edge.frame;

import java.util.ArrayList;
import java.util.List;

/**
 * Expected trouble, as bits on a frame or on one metric of it. The names travel to the archive and to CoAP. The bit positions
 * are stored: never reuse one.
 */
public enum FrameFlag {
    /** No trigger belongs to this frame. */
    TRIGGER_MISSING(0),
    /** No temperature reading near the exposure. */
    TEMPERATURE_STALE(1),
    /** The channel reported a fault during the exposure. */
    TEMPERATURE_FAULT(2),
    /** The exposure ends after the last reading, by no more than one reading period. */
    TEMPERATURE_EXTRAPOLATED(3),
    /** Times were made from an index and a cadence, not measured. */
    TIME_SYNTHETIC(4),
    /** At least one valid pixel is saturated. */
    SATURATED(5),
    /** The frame's bytes could not be read or reduced. */
    CORRUPT(6),
    /** A metric found too few of the reflections it needs. */
    REFLECTIONS_MISSING(7),
    /** A metric's fit did not converge. */
    FIT_FAILED(8);

    private final long bit;

    FrameFlag(int position) {
        bit = 1L << position;
    }

    /** This flag as a bit of a flag word. */
    public long bit() {
        return bit;
    }

    /** Whether the word carries this flag. */
    public boolean in(long word) {
        return (word & bit) != 0;
    }

    /** The names of a flag word's flags, in order. */
    public static List<String> names(long word) {
        List<String> names = new ArrayList<>();
        for (FrameFlag flag : values()) {
            if (flag.in(word)) {
                names.add(flag.name());
            }
        }
        return List.copyOf(names);
    }
}
