package org.emberline.edge.metrics.imaging;

import java.util.random.RandomGeneratorFactory;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.maps.MinimumFlux;

/**
 * The mean flux that {@link MinimumFlux} finds in white noise on a disc: proportional to the noise, the pixel and, nearly, the root of the
 * share of the field that the disc fills. Found once from a fixed sequence of random numbers.
 */
final class NoiseFlux {
    private static final long SEED = 20_261_122;
    private static final double SHARE = 0.25;

    private final double perNoise;

    NoiseFlux(ImageShape shape) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        float[] noise = new float[shape.pixels()];
        double radius = Math.sqrt(SHARE * shape.pixels() / Math.PI);
        for (int i = 0; i < noise.length; i++) {
            int row = i / shape.columns();
            int column = i % shape.columns();
            double down = row - (shape.rows() - 1) / 2.0;
            double right = column - (shape.columns() - 1) / 2.0;
            noise[i] = Math.hypot(down, right) < radius ? (float) random.nextGaussian() : 0;
        }
        MinimumFlux flux = new MinimumFlux(shape);
        flux.solve(noise, 1);
        perNoise = flux.meanFlux() / Math.sqrt(SHARE);
    }

    /** Flux over noise of the change, for pixels of length 1 and a disc that fills this share of the field. */
    double perNoise(double share) {
        return perNoise * Math.sqrt(share);
    }
}
