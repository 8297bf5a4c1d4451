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
    FIT_FAILED(8),
    /** Nobody says at which photon energy the frame was taken, or its coefficients are not configured. */
    ENERGY_UNKNOWN(9),
    /** A radiograph without a sample in it. */
    FIELD_EMPTY(10),
    /** The sample reaches the rim of the field, so part of it may be missing and the flat cannot be matched. */
    FIELD_OVERFULL(11),
    /** The radiograph could not be laid over its reference, or only by a shift beyond the configured limit. */
    UNREGISTERED(12),
    /** No radiograph of the reference, or of the pair's other energy, is near enough in time and temperature. */
    REFERENCE_MISSING(13),
    /** The mass in the field has changed by more than could have left it: what moved cannot be told. */
    MASS_NOT_CONSERVED(14),
    /** The value does not stand out of its noise floor. */
    NOISE_LIMITED(15),
    /** Otsu's classes are not separate (eta below 0.7): the threshold decides the value. */
    THRESHOLD_DOMINATED(16),
    /** The empty part of the field is uneven by more than its noise: the flat no longer fits. */
    FLAT_DRIFTED(17),
    /** The trigger was told by counting alone; nothing measured excludes that it was a neighbour. */
    TRIGGER_INDEX_ONLY(18),
    /** The frame came after one with a later number. */
    FRAME_OUT_OF_ORDER(19),
    /** A gap between readings longer than the exposure and two reading periods was bridged by a straight line. */
    TEMPERATURE_INTERPOLATED(20),
    /** The gap bridged is so long that the temperature may have changed by half a kelvin meanwhile: not for kinetics. */
    TEMPERATURE_UNSYNCHRONISED(21),
    /** The channel repeats one value as no living sensor does. */
    TEMPERATURE_FROZEN(22),
    /** The channel has jumped by more than the furnace can, and has not come back. */
    TEMPERATURE_STEP(23),
    /** One of several channels that make up the temperature had no value and was left out. */
    CHANNEL_DROPPED(24),
    /** Few grains make up the rings: their intensities are uneven, and some may be spots. */
    SPOTTY(25),
    /** Grains lie in preferred directions: intensities are those of a textured sample. */
    TEXTURED(26),
    /** Nobody has calibrated what this needs: the instrument's width, or the volume that grains are counted in. */
    UNCALIBRATED(27),
    /** Crystallites are larger than the instrument's width lets see. */
    SIZE_SATURATED(28),
    /** The sample has been displaced along the beam: edges of cells are stretched alike, their ratio is not. */
    DISPLACED(29),
    /** A large part of the lines is of none of the phases described: one is missing, or the geometry is wrong. */
    UNEXPLAINED(30);

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
