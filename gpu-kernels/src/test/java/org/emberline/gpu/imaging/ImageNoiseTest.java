package org.emberline.gpu.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.util.Random;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.imaging.cpu.CpuImageReducer;
import org.junit.jupiter.api.Test;

/** The variance that is said against the scatter of simulated exposures: raw, dark and flats drawn anew each time. */
final class ImageNoiseTest {
    private static final int EXPOSURES = 400;
    private static final double PHOTONS = 900;
    private static final double TRANSMISSION = 0.4;
    private static final double DARK = 60;
    private static final int FRAMES = 3;

    @Test
    void theScatterIsAsSaid() {
        Random random = new Random(42);
        for (double gain : new double[] {1, 2.5}) {
            double[] sums = new double[3];
            for (int exposure = 0; exposure < EXPOSURES; exposure++) {
                ImageReduction result = expose(random, gain);
                double expected = -Math.log(TRANSMISSION);
                for (int i = 0; i < result.shape().pixels(); i++) {
                    sums[0]++;
                    sums[1] += Math.pow(result.opticalDensity()[i] - expected, 2);
                    sums[2] += result.variance()[i];
                }
            }
            // 21 600 draws: the scatter of a scatter is 1 %; terms of second order add as much.
            assertEquals(1, sums[1] / sums[2], 0.04, "gain " + gain);
        }
    }

    private static ImageReduction expose(Random random, double gain) {
        PlanMaker maker = new PlanMaker();
        int pixels = maker.shape.pixels();
        maker.dark = new float[pixels];
        maker.before = new float[pixels];
        float[] after = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            maker.dark[i] = (float) mean(random, DARK, gain);
            maker.before[i] = (float) mean(random, DARK + PHOTONS, gain);
            after[i] = (float) mean(random, DARK + PHOTONS, gain);
        }
        maker.after = after;
        maker.format = PixelFormat.F32;
        maker.noise = new PhotonNoise(gain, FRAMES, FRAMES);
        ImagingPlan plan = maker.plan();
        ImageReduction result = ImageReduction.of(plan);
        try (Arena arena = Arena.ofConfined();
                ImageReducer reducer = new CpuImageReducer(plan, 1)) {
            reducer.reduce(
                    PlanMaker.frame(arena, plan, pixel -> counts(random, DARK + TRANSMISSION * PHOTONS, gain)),
                    0.3,
                    result);
        }
        return result;
    }

    private static double mean(Random random, double photons, double gain) {
        double sum = 0;
        for (int i = 0; i < FRAMES; i++) {
            sum += counts(random, photons, gain);
        }
        return sum / FRAMES;
    }

    /** Counts of a Poisson number of photons; from 60 on a normal number has the same first two moments, which is all that counts. */
    private static double counts(Random random, double photons, double gain) {
        return gain * (photons + Math.sqrt(photons) * random.nextGaussian());
    }
}
