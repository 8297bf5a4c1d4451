package org.emberline.edge.sync;

import org.emberline.edge.frame.FrameFlag;

/**
 * Looks at the readings of one channel as they come for what a living sensor in a real furnace cannot show: a value that is repeated, and
 * a jump. What it says of a reading rests on that reading and earlier ones, and is never taken back.
 *
 * <p>Frozen: a run of equal readings, so long that the channel's own noise makes it unlikelier than 1e-9. Two readings of a sensor with
 * noise e behind a converter with steps Q are equal with a probability of Q / (2 sqrt(pi) e) while nothing changes; a channel whose noise
 * does not reach half a step may repeat a value for hours and never counts as frozen.
 *
 * <p>Stepped: two readings in a row differ by more than the furnace can in the time and six sigma of the noise of both. It lasts until a
 * jump has taken back as much. One thread; allocates nothing.
 */
final class SensorWatch {
    private static final double IMPROBABLE = Math.log(1e-9);
    private static final double NOISE_SIGMAS = 6;
    private static final int FEWEST = 16;
    private static final int REPEATS_MEMORY = 1000;

    private final double maxKelvinPerSecond;
    private final int frozenAfter;

    private long lastNanos;
    private double last = Double.NaN;
    private double quantum = Double.POSITIVE_INFINITY;
    private double repeats;
    private long compared;
    private int run = 1;
    private double offset;
    private boolean jumped;
    private boolean frozen;

    /**
     * @param maxKelvinPerSecond fastest change the furnace can make, infinity to look for no jumps
     * @param frozenAfter shortest run of equal readings that counts
     */
    SensorWatch(double maxKelvinPerSecond, int frozenAfter) {
        this.maxKelvinPerSecond = maxKelvinPerSecond;
        this.frozenAfter = frozenAfter;
    }

    /**
     * Takes a sound reading.
     *
     * @param stated variance of its noise as the sensor states it, K^2
     * @param shown variance of the noise that the channel has shown before it, K^2, 0 while nothing is known
     * @return {@link FrameFlag} bits that hold of it
     */
    long look(long nanos, double celsius, double stated, double shown) {
        double change = celsius - last;
        jumped = false;
        if (frozen && change != 0) {
            // Thawed: how far the furnace has gone meanwhile nobody knows.
            jumped = true;
            run = 1;
        } else if (!Double.isNaN(change)) {
            step(change, (nanos - lastNanos) / 1e9, Math.max(stated, shown));
            if (!jumped) {
                repeat(change);
            }
        }
        last = celsius;
        lastNanos = nanos;
        frozen = run > 1 && (frozen || repeatsTooOften(shown));
        long flags = frozen ? FrameFlag.TEMPERATURE_FROZEN.bit() : 0;
        return offset == 0 ? flags : flags | FrameFlag.TEMPERATURE_STEP.bit();
    }

    /** Whether the last reading jumped away from the one before it, or back, or ended a frozen run. */
    boolean jumped() {
        return jumped;
    }

    /** How far the channel has jumped and not come back, kelvin. */
    double offset() {
        return offset;
    }

    private void step(double change, double seconds, double noiseVariance) {
        double possible = maxKelvinPerSecond * seconds + NOISE_SIGMAS * Math.sqrt(2 * noiseVariance);
        // Without knowledge of the noise every reading of a rough log would be a jump.
        if (!(noiseVariance > 0) || !(Math.abs(change) > possible)) {
            return;
        }
        jumped = true;
        offset += change;
        if (Math.abs(offset) <= possible) {
            offset = 0;
        }
    }

    private void repeat(double change) {
        boolean equal = change == 0;
        run = equal ? run + 1 : 1;
        if (!equal) {
            quantum = Math.min(quantum, Math.abs(change));
        }
        // A run that is already suspicious would make itself look ordinary.
        if (run < frozenAfter) {
            compared++;
            repeats += ((equal ? 1 : 0) - repeats) / Math.min(compared, REPEATS_MEMORY);
        }
    }

    private boolean repeatsTooOften(double shown) {
        if (run < frozenAfter || compared < FEWEST) {
            return false;
        }
        double own = shown - quantum * quantum / 12;
        if (!(own >= quantum * quantum / 4)) {
            return false;
        }
        double chance = Math.max(repeats, quantum / (2 * Math.sqrt(Math.PI * own)));
        return chance < 1 && (run - 1) * Math.log(Math.max(chance, Double.MIN_NORMAL)) < IMPROBABLE;
    }
}
