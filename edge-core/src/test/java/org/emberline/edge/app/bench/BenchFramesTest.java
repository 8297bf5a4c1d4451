package org.emberline.edge.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.SplittableRandom;
import org.emberline.gpu.Backend;
import org.emberline.gpu.Corrections;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.NoDeviceException;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.Reducer;
import org.emberline.gpu.Reducers;
import org.emberline.gpu.Reduction;
import org.emberline.gpu.Splitting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The synthetic input is what the help says it is. */
class BenchFramesTest {
    private static final int ROWS = 560;
    private static final int COLUMNS = 400;

    private static ReduceSettings settings(PixelFormat format, boolean maskedFrame) {
        return new ReduceSettings(ROWS, COLUMNS, format, Splitting.NO, 100, 0, maskedFrame);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, 7.3, 50, 90})
    void countsHaveMeanAndVarianceOfPoisson(double mean) {
        PoissonTable table = new PoissonTable(90);
        SplittableRandom random = new SplittableRandom(11);
        int draws = 200_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < draws; i++) {
            int count = table.draw(mean, random);
            sum += count;
            squares += (double) count * count;
        }
        double rounding = 0.5 * 90 / 255; // of the mean, to the next in the table
        double observed = sum / draws;
        assertEquals(mean, observed, rounding + 5 * Math.sqrt(mean / draws));
        double variance = squares / draws - observed * observed;
        // The outermost 1/8192 on either side, 3.7 sigma and more, hold less than 1 % of the variance.
        assertEquals(mean, variance, rounding + 0.02 * mean);
    }

    @ParameterizedTest
    @EnumSource
    void framesHaveFiftyCountsOnAverageAndGapsWhereAskedFor(PixelFormat format) {
        for (boolean maskedFrame : new boolean[] {false, true}) {
            try (BenchFrames frames = new BenchFrames(settings(format, maskedFrame), new boolean[ROWS * COLUMNS])) {
                for (int i = 0; i < BenchFrames.COUNT; i++) {
                    double sum = 0;
                    int invalid = 0;
                    for (int pixel = 0; pixel < ROWS * COLUMNS; pixel++) {
                        double value = format.read(frames.at(i), pixel);
                        boolean gap = value == (format.signed() ? -1 : format.maximum());
                        invalid += gap ? 1 : 0;
                        sum += gap ? 0 : value;
                    }
                    assertEquals(50, sum / (ROWS * COLUMNS - invalid), 3);
                    double share = (double) invalid / (ROWS * COLUMNS);
                    assertEquals(maskedFrame ? 1 / 14.0 : 0, share, maskedFrame ? 1e-3 : 0);
                }
            }
        }
    }

    @Test
    void invalidPixelsChangeFromFrameToFrame() {
        try (BenchFrames frames = new BenchFrames(settings(PixelFormat.I32, true), new boolean[ROWS * COLUMNS])) {
            int changes = 0;
            for (int pixel = 0; pixel < ROWS * COLUMNS; pixel++) {
                boolean first = PixelFormat.I32.read(frames.at(0), pixel) < 0;
                changes += first == PixelFormat.I32.read(frames.at(1), pixel) < 0 ? 0 : 1;
            }
            assertTrue(changes >= 20 && changes <= 40, "changes=" + changes);
        }
    }

    @Test
    void framesDifferFromEachOtherAndAreTheSameEachTime() {
        boolean[] mask = new boolean[ROWS * COLUMNS];
        try (BenchFrames one = new BenchFrames(settings(PixelFormat.U16, false), mask);
                BenchFrames two = new BenchFrames(settings(PixelFormat.U16, false), mask)) {
            assertEquals(-1, one.at(2).mismatch(two.at(2)));
            assertNotEquals(-1, one.at(0).mismatch(one.at(1)));
        }
    }

    /** Otherwise the comparison with another program could not tell that it did other work. */
    @Test
    void everyCorrectionMatters() throws NoDeviceException {
        BenchDetector detector = new BenchDetector(settings(PixelFormat.U16, true));
        IntegrationPlan plan = detector.plan();
        Corrections all = detector.corrections();
        boolean[] mask = Objects.requireNonNull(all.mask());
        try (BenchFrames frames = new BenchFrames(settings(PixelFormat.U16, true), mask)) {
            Reduction whole = reduce(plan, all, frames.at(0));
            double factor = all.polarizationFactor();
            Corrections[] lacking = {
                new Corrections(false, factor, all.dark(), all.flat(), mask),
                new Corrections(true, Double.NaN, all.dark(), all.flat(), mask),
                new Corrections(true, factor, null, all.flat(), mask),
                new Corrections(true, factor, all.dark(), null, mask),
                new Corrections(true, factor, all.dark(), all.flat(), null),
            };
            for (Corrections corrections : lacking) {
                double deviation =
                        PyFai.deviation(reduce(plan, corrections, frames.at(0)).intensity(), whole);
                assertTrue(deviation > 5e-3, "deviation=" + deviation);
            }
            int masked = 0;
            for (boolean pixel : mask) {
                masked += pixel ? 1 : 0;
            }
            assertEquals(0.01, (double) masked / mask.length, 1e-3);
        }
    }

    private static Reduction reduce(IntegrationPlan plan, Corrections corrections, MemorySegment frame)
            throws NoDeviceException {
        IntegrationPlan with = new IntegrationPlan(
                plan.geometry(),
                plan.format(),
                plan.flipRows(),
                plan.axis(),
                plan.splitting(),
                corrections,
                plan.errorModel(),
                plan.rules(),
                plan.sectors());
        Reduction into = Reduction.of(with);
        try (Reducer reducer = Reducers.open(Backend.CPU, with).reducer()) {
            reducer.reduce(frame, into);
        }
        return into;
    }
}
