package org.emberline.edge.twin;

import java.util.Arrays;

/**
 * The grains that diffract into one ring. Where they lie, and which of them there are, is a function of the seed and of their expected
 * number n only.
 *
 * <p>The grains stand in a queue, at the arrivals of a Poisson process of unit rate; those before n are there. So their number is
 * Poisson for every n, and when grains grow and n falls, spots go out one by one while the others stay where they are and share the
 * volume: mean volume times n stays. Volumes are lognormal of mean 1, in units of the mean grain, at every n (growth is
 * self-similar).
 *
 * <p>Beyond the first {@value #EXPLICIT} the queue is not stored. Per azimuth bin the volume of the further m grains is their mean plus
 * a Brownian motion in m of the variance kappa m / bins, in steps that double; between two steps it is the line between them plus a
 * normal variable with the variance of a Brownian bridge. Mean, variance and covariance are those of grains, and nothing jumps
 * where the stored queue ends.
 *
 * <p>Immutable; any thread.
 */
final class GrainRing {
    /** Azimuth bins of the circle. */
    static final int BINS = 2880;
    /** Length of the stored queue. */
    static final int EXPLICIT = 32_768;

    /** Noise streams: the queues, index = ring; the Brownian motions, index = ring. */
    private static final long QUEUE = 20;

    private static final long MOTION = 21;
    /** Doublings of m; 6.9e10 grains, beyond which the variance stays what it is there. */
    private static final int LEVELS = 21;
    /** Eight standard deviations more than expected. */
    private static final int ROOM = EXPLICIT + 1_500;

    private final long salt;
    private final float[] rank = new float[ROOM];
    private final float[] volume = new float[ROOM];
    private final short[] bin = new short[ROOM];
    private final int stored;
    private final float[][] motion = new float[LEVELS + 1][BINS];
    private final float[][] bridge = new float[LEVELS][BINS];

    /** @param sigma standard deviation of the logarithm of a grain's volume */
    GrainRing(long seed, int ring, double sigma) {
        Noise noise = new Noise(seed);
        noise.restart(QUEUE, ring);
        salt = (long) (noise.uniform() * 0x1p53);
        stored = enqueue(noise, sigma);
        noise.restart(MOTION, ring);
        double deviation = Math.sqrt(Math.exp(sigma * sigma) * EXPLICIT / BINS);
        for (int level = 0; level < LEVELS; level++) {
            for (int i = 0; i < BINS; i++) {
                motion[level + 1][i] = (float) (motion[level][i] + deviation * noise.gaussian());
                bridge[level][i] = (float) (deviation * noise.gaussian());
            }
            deviation *= Math.sqrt(2);
        }
    }

    private int enqueue(Noise noise, double sigma) {
        double arrival = 0;
        int count = 0;
        while (count < ROOM) {
            arrival -= Math.log(1 - noise.uniform());
            if (arrival >= EXPLICIT) {
                return count;
            }
            rank[count] = (float) arrival;
            volume[count] = (float) Math.exp(sigma * noise.gaussian() - sigma * sigma / 2);
            bin[count] = (short) (noise.uniform() * BINS);
            count++;
        }
        return count;
    }

    /**
     * Volume of grains per azimuth bin over its expectation.
     *
     * @param grains expected number n on the whole ring, positive
     * @param epochs time over the time in which a grain turns out of reflection; 0 for grains that do not turn
     * @param density of {@link #BINS} elements, overwritten
     */
    void density(double grains, double epochs, float[] density) {
        double further = grains - EXPLICIT;
        if (further > 0) {
            continuum(further, epochs, density);
        } else {
            Arrays.fill(density, 0);
        }
        if (epochs == 0) {
            int present = present(grains);
            for (int i = 0; i < present; i++) {
                density[bin[i]] += volume[i];
            }
        } else {
            turned(grains, epochs, density);
        }
        float scale = (float) (BINS / grains);
        for (int i = 0; i < BINS; i++) {
            density[i] *= scale;
        }
    }

    private int present(double grains) {
        int low = 0;
        int high = stored;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rank[middle] < grains) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Each place in the queue has a phase of its own and holds another grain, of another chance to be there, in each epoch. */
    private void turned(double grains, double epochs, float[] density) {
        for (int i = 0; i < stored; i++) {
            long epoch = epoch(i, epochs);
            if (epoch == 0) {
                density[bin[i]] += rank[i] < grains ? volume[i] : 0;
            } else {
                long drawn = mix(salt + i + (epoch << 20));
                int where = (int) (((drawn >>> 32) * BINS) >>> 32);
                int which = (int) (((drawn & 0xffff_ffffL) * stored) >>> 32);
                double chance = (mix(drawn) >>> 11) * 0x1p-53;
                density[where] += chance * stored < grains ? volume[which] : 0;
            }
        }
    }

    private void continuum(double further, double epochs, float[] density) {
        double doublings = Math.min(further / EXPLICIT + 1, 0x1p21 - 1);
        int level = Math.getExponent(doublings);
        double width = 0x1p0 * (1L << level);
        float f = (float) ((doublings - width) / width);
        float g = (float) Math.sqrt(f * (1.0 - f));
        float mean = (float) (further / BINS);
        float[] from = motion[level];
        float[] to = motion[level + 1];
        float[] aside = bridge[level];
        for (int i = 0; i < BINS; i++) {
            int at = epochs == 0 ? i : drawn(i, epochs);
            density[i] = mean + from[at] + f * (to[at] - from[at]) + g * aside[at];
        }
    }

    /** The bin whose motion a bin shows after some epochs. */
    private int drawn(int i, double epochs) {
        long epoch = epoch(i, epochs);
        return epoch == 0 ? i : (int) ((mix(~salt + i + (epoch << 20)) >>> 1) % BINS);
    }

    private long epoch(int place, double epochs) {
        double phase = (mix(salt ^ ((long) place << 32)) >>> 11) * 0x1p-53;
        return (long) (epochs + phase);
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
