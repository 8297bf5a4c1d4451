package org.emberline.edge.twin;

/**
 * Illumination without a sample: a fixed unevenness, times a second pattern that grows linearly over the run. Both are sums of a few
 * waves of random direction, with mean 0 and rms 1 over the image before they are scaled. Immutable after construction.
 */
final class FlatField {
    /** Stream of {@link Noise}, of this class only; index 0 the structure, 1 the drift. */
    private static final long WAVES = 42;

    private static final int NUMBER_OF_WAVES = 6;
    private static final double MOST_CYCLES = 3;

    private final double photons;
    private final double structure;
    private final double drift;
    private final double[] structurePattern;
    private final double[] driftPattern;

    FlatField(RadiographSettings settings, long seed) {
        photons = settings.optics().photonsPerPixel();
        structure = settings.flat().structure();
        drift = settings.flat().drift();
        int rows = settings.camera().rows();
        int columns = settings.camera().columns();
        structurePattern = pattern(seed, 0, rows, columns);
        driftPattern = pattern(seed, 1, rows, columns);
    }

    private static double[] pattern(long seed, long index, int rows, int columns) {
        Noise noise = new Noise(seed);
        noise.restart(WAVES, index);
        double[] pattern = new double[rows * columns];
        for (int wave = 0; wave < NUMBER_OF_WAVES; wave++) {
            double down = MOST_CYCLES * (2 * noise.uniform() - 1) / rows;
            double right = MOST_CYCLES * (2 * noise.uniform() - 1) / columns;
            double phase = noise.uniform();
            for (int i = 0; i < pattern.length; i++) {
                int row = i / columns;
                pattern[i] += Math.sin(2 * Math.PI * (down * row + right * (i % columns) + phase));
            }
        }
        return normalised(pattern);
    }

    private static double[] normalised(double[] pattern) {
        double sum = 0;
        double square = 0;
        for (double value : pattern) {
            sum += value;
        }
        double mean = sum / pattern.length;
        for (double value : pattern) {
            square += (value - mean) * (value - mean);
        }
        double rms = Math.sqrt(square / pattern.length);
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] = (pattern[i] - mean) / rms;
        }
        return pattern;
    }

    /**
     * Expected photons of a pixel.
     *
     * @param progress 0 at the start, 1 at the end of the run
     */
    double expected(int pixel, double progress) {
        return photons * (1 + structure * structurePattern[pixel]) * (1 + drift * progress * driftPattern[pixel]);
    }

    /** Relative rms by which the flat has changed since the start. */
    double driftRms(double progress) {
        return drift * progress;
    }
}
