package org.emberline.firmware.chip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.emberline.firmware.ThermocoupleType;

/**
 * What an {@link Mcp9600} is told.
 *
 * @param type of the thermocouple
 * @param filter 0 to 7: each new value counts 2 / (2^filter + 1), the rest is what was shown before; 0 is no filter
 * @param converter resolution and so the time of a conversion
 * @param coldJunctionStep resolution of the cold junction
 * @param burstSamples 0 converts without end; else a burst of 1, 2, 4 .. 128 conversions begins with each write of the device settings,
 *     and the chip sleeps after it
 */
public record Mcp9600Settings(
        ThermocoupleType type, int filter, Converter converter, ColdJunctionStep coldJunctionStep, int burstSamples) {
    private static final int STRONGEST_FILTER = 7;
    private static final int LONGEST_BURST = 128;
    private static final int TYPE_SHIFT = 4;
    private static final int COLD_STEP_SHIFT = 7;
    private static final int CONVERTER_SHIFT = 5;
    private static final int BURST_SHIFT = 2;
    private static final int MODE = 0b11;
    private static final int BURST = 0b10;
    private static final int SENSOR_KEPT = 0b0111_0111;

    /** The delta-sigma converter of the emf; typical times. */
    public enum Converter {
        BITS_18(0, 2e-3, 320_000_000),
        BITS_16(1, 8e-3, 80_000_000),
        BITS_14(2, 32e-3, 20_000_000),
        BITS_12(3, 128e-3, 5_000_000);

        private final int code;
        private final double stepMillivolts;
        private final long nanos;

        Converter(int code, double stepMillivolts, long nanos) {
            this.code = code;
            this.stepMillivolts = stepMillivolts;
            this.nanos = nanos;
        }

        /** One step of the emf. */
        double stepMillivolts() {
            return stepMillivolts;
        }
    }

    /** Resolution of the cold junction; typical times. */
    public enum ColdJunctionStep {
        SIXTEENTH_KELVIN(0, 0.0625, 250_000_000),
        QUARTER_KELVIN(1, 0.25, 63_000_000);

        private final int code;
        private final double kelvin;
        private final long nanos;

        ColdJunctionStep(int code, double kelvin, long nanos) {
            this.code = code;
            this.kelvin = kelvin;
            this.nanos = nanos;
        }

        /** One step, kelvin. */
        double kelvin() {
            return kelvin;
        }
    }

    public Mcp9600Settings {
        if (filter < 0 || filter > STRONGEST_FILTER) {
            throw new IllegalArgumentException("must lie in 0..7: filter=" + filter);
        }
        if (burstSamples < 0 || burstSamples > LONGEST_BURST || Integer.bitCount(burstSamples) > 1) {
            throw new IllegalArgumentException("must be 0, 1, 2, 4 .. 128: burstSamples=" + burstSamples);
        }
    }

    /** Length of what is converted for one reading, typical: one conversion of the emf, or those of a burst. */
    public long windowNanos() {
        return converter.nanos * Math.max(1, burstSamples);
    }

    /**
     * From the centre of what a reading is made of to the end of its conversion. Without a filter half a conversion; the filter adds the
     * mean age of what it remembers, (2^filter - 1) / 2 conversions, in a burst no more than the burst is long.
     */
    public long centreBeforeEndNanos() {
        double k = 2 / (Math.pow(2, filter) + 1);
        int samples = burstSamples == 0 ? Integer.MAX_VALUE : burstSamples;
        // The youngest value counts k, the one before k (1 - k), and so on; the oldest of a burst all that is left.
        double age = (1 - k) / k * (1 - Math.pow(1 - k, samples - 1.0));
        return Math.round(converter.nanos * (0.5 + age));
    }

    /**
     * After so long a new reading is there: emf and cold junction converted one after the other, plus a tenth. The data sheet gives the
     * two times, typical, and not whether one waits for the other.
     */
    public long longestNanos() {
        return (windowNanos() + coldJunctionStep.nanos) / 10 * 11;
    }

    /** What to write to {@link Mcp9600#SENSOR_SETTINGS}. */
    public int sensorSettings() {
        return typeCode() << TYPE_SHIFT | filter;
    }

    /** What to write to {@link Mcp9600#DEVICE_SETTINGS}; writing it begins a burst, if there are to be bursts. */
    public int deviceSettings() {
        int settings = coldJunctionStep.code << COLD_STEP_SHIFT | converter.code << CONVERTER_SHIFT;
        return burstSamples == 0
                ? settings
                : settings | Integer.numberOfTrailingZeros(burstSamples) << BURST_SHIFT | BURST;
    }

    /**
     * The registers that are not as they were written, as {@code SENSOR_SETTINGS=0x00 instead of 0x40}; empty when all are. After a burst
     * the mode is the chip's.
     *
     * @param sensor as read from {@link Mcp9600#SENSOR_SETTINGS}
     * @param device as read from {@link Mcp9600#DEVICE_SETTINGS}
     */
    public List<String> differences(int sensor, int device) {
        List<String> differences = new ArrayList<>();
        compare("SENSOR_SETTINGS", sensor, sensorSettings(), SENSOR_KEPT, differences);
        compare("DEVICE_SETTINGS", device, deviceSettings(), burstSamples == 0 ? 0xff : 0xff & ~MODE, differences);
        return differences;
    }

    private static void compare(String name, int read, int wanted, int kept, List<String> differences) {
        if (((read ^ wanted) & kept) != 0) {
            differences.add(String.format(Locale.ROOT, "%s=0x%02X instead of 0x%02X", name, read & 0xff, wanted));
        }
    }

    private int typeCode() {
        return switch (type) {
            case K -> 0;
            case J -> 1;
            case T -> 2;
            case N -> 3;
            case S -> 4;
            case E -> 5;
            case B -> 6;
            case R -> 7;
        };
    }
}
