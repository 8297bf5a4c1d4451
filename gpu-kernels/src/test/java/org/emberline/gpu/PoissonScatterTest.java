package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Over many random frames, the scatter of the intensities is the sigma that each frame states. */
final class PoissonScatterTest {
    private static final int FRAMES = 10_000;

    static Stream<Arguments> settings() {
        return Stream.of(Splitting.values())
                .flatMap(splitting -> DoubleStream.of(0.3, 12)
                        .boxed()
                        .flatMap(mean -> Stream.of(ErrorModel.POISSON, ErrorModel.AZIMUTHAL)
                                .map(model -> Arguments.of(splitting, mean, model))));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void statedSigmaIsTheScatter(Splitting splitting, double meanCounts, ErrorModel model) {
        int pixels = PlanBuilder.ROWS * PlanBuilder.COLUMNS;
        float[] flat = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            flat[i] = model == ErrorModel.POISSON ? 0.7f + 0.05f * (i % 13) : 1;
        }
        IntegrationPlan plan = new PlanBuilder()
                .splitting(splitting)
                .errorModel(model)
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
                    Frames.write(frame, plan.format(), pixel, poisson(random, meanCounts));
                }
                reducer.reduce(frame, result);
                for (int bin = 0; bin < bins; bin++) {
                    sum[bin] += result.intensity()[bin];
                    squares[bin] += result.intensity()[bin] * result.intensity()[bin];
                    variance[bin] += result.sigma()[bin] * result.sigma()[bin];
                }
            }
        }
        double ratios = 0;
        for (int bin = 0; bin < bins; bin++) {
            double mean = sum[bin] / FRAMES;
            double scatter = Math.sqrt((squares[bin] - FRAMES * mean * mean) / (FRAMES - 1));
            double stated = Math.sqrt(variance[bin] / FRAMES);
            // The scatter itself is known to 1 / sqrt(2 * FRAMES) = 0.7 %.
            assertEquals(1, scatter / stated, 0.03, "bin " + bin);
            ratios += scatter / stated / bins;
        }
        System.out.printf(
                Locale.ROOT, "scatter / sigma %.4f %s %s %.1f counts%n", ratios, splitting, model, meanCounts);
        assertEquals(1, ratios, 0.01, "over all bins");
    }

    /** Counts the steps of a Poisson process (Knuth, The Art of Computer Programming 2, 3.4.1). */
    private static int poisson(Random random, double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int counts = 0;
        while (product > limit) {
            product *= random.nextDouble();
            counts++;
        }
        return counts;
    }
}
