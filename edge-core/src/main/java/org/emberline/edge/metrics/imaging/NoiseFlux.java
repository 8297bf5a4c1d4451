package org.emberline.edge.metrics.imaging;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.maps.MinimumFlux;

/**
 * The mean flux that {@link MinimumFlux} finds in white noise on a disc: proportional to the noise, the pixel and a power of the share of the
 * field that the disc fills. Found once from a fixed sequence of random numbers, as the mean over {@value #DISCS} discs: from one disc to
 * the next it differs by a sixth, since most of it is the work of a few long waves.
 */
final class NoiseFlux {
    static final int DISCS = 32;

    private static final long SEED = 20_261_122;
    private static final double SHARE = 0.25;
    /** Holds within 3 % from a tenth to a half of the field. */
    private static final double POWER = 0.73;

    private final double perNoise;

    NoiseFlux(ImageShape shape) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        float[] noise = new float[shape.pixels()];
        MinimumFlux flux = new MinimumFlux(shape);
        double sum = 0;
        for (int disc = 0; disc < DISCS; disc++) {
            fill(noise, shape, random);
            flux.solve(noise, 1);
            sum += flux.meanFlux();
        }
        perNoise = sum / DISCS / Math.pow(SHARE, POWER);
    }

    private static void fill(float[] noise, ImageShape shape, RandomGenerator random) {
        double radius = Math.sqrt(SHARE * shape.pixels() / Math.PI);
        for (int i = 0; i < noise.length; i++) {
            int row = i / shape.columns();
            int column = i % shape.columns();
            double down = row - (shape.rows() - 1) / 2.0;
            double right = column - (shape.columns() - 1) / 2.0;
            noise[i] = Math.hypot(down, right) < radius ? (float) random.nextGaussian() : 0;
        }
    }

    /** Flux over noise of the change, for pixels of length 1 and a disc that fills this share of the field. */
    double perNoise(double share) {
        return perNoise * Math.pow(share, POWER);
    }
}
