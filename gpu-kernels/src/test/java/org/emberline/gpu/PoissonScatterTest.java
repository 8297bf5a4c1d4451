package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over many random frames, the scatter of the intensities is the sigma that each frame states. */
final class PoissonScatterTest {
    private static final int FRAMES = 10_000;
    private static final double MEAN_COUNTS = 12;

    @ParameterizedTest
    @EnumSource(Splitting.class)
    void statedSigmaIsTheScatter(Splitting splitting) {
        int pixels = PlanBuilder.ROWS * PlanBuilder.COLUMNS;
        float[] flat = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            flat[i] = 0.7f + 0.05f * (i % 13);
        }
        IntegrationPlan plan = new PlanBuilder()
                .splitting(splitting)
                .solidAngle(true)
                .flat(flat)
                .axis(new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 4, 2, 14))
                .build();
        int bins = plan.axis().bins();
        Random random = new Random(20_260_815);
        Reduction result = new Reduction(bins);
        double[] sum = new double[bins];
        double[] squares = new double[bins];
        double[] variance = new double[bins];
        try (Arena arena = Arena.ofConfined();
                Reducer reducer = TestBackend.CPU.open(plan)) {
            MemorySegment frame = arena.allocate(plan.frameBytes());
            for (int i = 0; i < FRAMES; i++) {
                for (int pixel = 0; pixel < pixels; pixel++) {
                    Frames.write(frame, plan.format(), pixel, poisson(random));
                }
                reducer.reduce(frame, result);
                for (int bin = 0; bin < bins; bin++) {
                    sum[bin] += result.intensity()[bin];
                    squares[bin] += result.intensity()[bin] * result.intensity()[bin];
                    variance[bin] += result.sigma()[bin] * result.sigma()[bin];
                }
            }
        }
        for (int bin = 0; bin < bins; bin++) {
            double mean = sum[bin] / FRAMES;
            double scatter = Math.sqrt((squares[bin] - FRAMES * mean * mean) / (FRAMES - 1));
            double stated = Math.sqrt(variance[bin] / FRAMES);
            // The scatter itself is known to 1 / sqrt(2 * FRAMES) = 0.7 %.
            assertEquals(1, scatter / stated, 0.03, "bin " + bin);
        }
    }

    /** Counts the steps of a Poisson process (Knuth, The Art of Computer Programming 2, 3.4.1). */
    private static int poisson(Random random) {
        double limit = Math.exp(-MEAN_COUNTS);
        double product = random.nextDouble();
        int counts = 0;
        while (product > limit) {
            product *= random.nextDouble();
            counts++;
        }
        return counts;
    }
}
