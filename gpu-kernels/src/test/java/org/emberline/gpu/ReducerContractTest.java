package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every backend has to do, for every format, splitting and way the frame may lie. Expected values are closed formulas. */
final class ReducerContractTest {
    private static final int PIXELS = PlanBuilder.ROWS * PlanBuilder.COLUMNS;
    private static final double TINY = 1e-12;

    record Setting(TestBackend backend, PixelFormat format, Splitting splitting, boolean flipRows, int orientation) {
        PlanBuilder plan() {
            return new PlanBuilder()
                    .format(format)
                    .splitting(splitting)
                    .flipRows(flipRows)
                    .orientation(orientation);
        }

        Reduction reduce(PlanBuilder builder, IntToDoubleFunction... frames) {
            IntegrationPlan plan = builder.build();
            Reduction result = Reduction.of(plan);
            try (Arena arena = Arena.ofConfined();
                    Reducer reducer = backend.open(plan)) {
                assertEquals(plan, reducer.plan());
                for (IntToDoubleFunction frame : frames) {
                    reducer.reduce(Frames.of(arena, plan, frame), result);
                }
            }
            return result;
        }
    }

    /** Every format with the frame as it comes, and every way it may lie in one format. */
    static Stream<Setting> settings() {
        return Stream.concat(upright(), turned());
    }

    static Stream<Setting> upright() {
        return Stream.of(TestBackend.values())
                .flatMap(backend -> Stream.of(PixelFormat.values())
                        .flatMap(format -> Stream.of(Splitting.values())
                                .map(splitting -> new Setting(backend, format, splitting, false, 3))));
    }

    private static Stream<Setting> turned() {
        return Stream.of(TestBackend.values())
                .flatMap(backend -> Stream.of(Splitting.values())
                        .flatMap(splitting -> Stream.of(1, 2, 3, 4)
                                .flatMap(orientation -> Stream.of(false, true)
                                        .map(flip ->
                                                new Setting(backend, PixelFormat.U16, splitting, flip, orientation)))))
                .filter(setting -> setting.flipRows || setting.orientation != 3);
    }

    /** Per pixel in memory the radius of its centre and the smallest and largest that its box reaches, millimetres. */
    private static double[][] radii(Setting setting) {
        double[][][] sensor = new double[PlanBuilder.ROWS][PlanBuilder.COLUMNS][];
        for (int row = 0; row < PlanBuilder.ROWS; row++) {
            for (int column = 0; column < PlanBuilder.COLUMNS; column++) {
                double centre = radiusOfPlaceInSinglePrecision(row + 0.5f, column + 0.5f);
                double reach = 0;
                for (int corner = 0; corner < 4; corner++) {
                    double metres = 1e-3 * radius(row + corner / 2, column + corner % 2);
                    reach = Math.max(reach, Math.abs(1e3 * (float) metres - centre));
                }
                sensor[row][column] = new double[] {radius(row + 0.5, column + 0.5), centre - reach, centre + reach};
            }
        }
        if (setting.orientation == 1 || setting.orientation == 2) {
            reverse(sensor);
        }
        if (setting.orientation == 1 || setting.orientation == 4) {
            Arrays.stream(sensor).forEach(ReducerContractTest::reverse);
        }
        if (setting.flipRows) {
            reverse(sensor);
        }
        return Arrays.stream(sensor).flatMap(Arrays::stream).toArray(double[][]::new);
    }

    /** The untilted detector of {@link PlanBuilder}: pixels of 1 x 2 mm, PONI at 2.25 and 5.5 mm. */
    private static double radius(double v, double u) {
        return Math.hypot(v - 2.25, 2 * u - 5.5);
    }

    /** As pyFAI holds the centres of boxes. */
    private static double radiusOfPlaceInSinglePrecision(float v, float u) {
        float y = v * 1e-3f - 2.25e-3f;
        float x = u * 2e-3f - 5.5e-3f;
        return 1e3 * Math.hypot(y, x);
    }

    private static <T> void reverse(T[] items) {
        List<T> reversed = List.of(items).reversed();
        for (int i = 0; i < items.length; i++) {
            items[i] = reversed.get(i);
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aFlatFrameIsOneInEveryBin(Setting setting) {
        Reduction result = setting.reduce(setting.plan(), pixel -> 1);
        int filled = 0;
        for (int bin = 0; bin < 10; bin++) {
            if (result.count()[bin] > 0) {
                assertEquals(1, result.intensity()[bin], TINY);
                filled++;
            }
        }
        assertTrue(filled >= 9, "bins with pixels: " + filled);
        assertEquals(PIXELS, Arrays.stream(result.count()).sum(), 1e-9);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void oneBrightPixelIsInItsBinsOnly(Setting setting) {
        double[][] radii = radii(setting);
        for (int bright : new int[] {0, 7, 41, PIXELS - 1}) {
            Reduction result = setting.reduce(setting.plan(), pixel -> 1, pixel -> pixel == bright ? 100 : 0);
            double found = 0;
            for (int bin = 0; bin < 10; bin++) {
                double lower = 2 * bin;
                boolean mine = setting.splitting == Splitting.NO
                        ? radii[bright][0] >= lower && radii[bright][0] < lower + 2
                        : radii[bright][2] > lower && radii[bright][1] < lower + 2;
                double counts = result.count()[bin] > 0 ? result.intensity()[bin] * result.count()[bin] : 0;
                assertEquals(mine, counts > 0, "pixel " + bright + " in bin " + bin);
                found += counts;
            }
            assertEquals(100, found, 1e-9);
        }
    }

    /** The settings in which a pixel is not shared by its area, which has tests of its own. */
    static Stream<Setting> boxes() {
        return settings().filter(setting -> setting.splitting != Splitting.FULL);
    }

    @ParameterizedTest
    @MethodSource("boxes")
    void splitSharesAreInProportionToTheBox(Setting setting) {
        double[][] radii = radii(setting);
        boolean[] mask = new boolean[PIXELS];
        Arrays.fill(mask, true);
        mask[17] = false;
        Reduction result = setting.reduce(setting.plan().mask(mask), pixel -> 5);
        double from = Math.max(0, radii[17][1]);
        for (int bin = 0; bin < 10; bin++) {
            double inside = Math.min(radii[17][2], 2 * bin + 2.0) - Math.max(bin == 0 ? radii[17][1] : from, 2.0 * bin);
            double share = setting.splitting == Splitting.BBOX
                    ? Math.max(0, inside) / (radii[17][2] - radii[17][1])
                    : (int) (radii[17][0] / 2) == bin ? 1 : 0;
            assertEquals(share, result.count()[bin], 1e-12, "bin " + bin);
        }
    }

    @ParameterizedTest
    @MethodSource("upright")
    void aMaskedPixelNeverCounts(Setting setting) {
        boolean[] mask = new boolean[PIXELS];
        mask[30] = true;
        IntToDoubleFunction hot = pixel -> pixel == 30 ? 120 : 1;
        Reduction result = setting.reduce(setting.plan().mask(mask).saturation(100), hot);
        assertEquals(PIXELS - 1, Arrays.stream(result.count()).sum(), 1e-9);
        assertEquals(PIXELS - 1, result.totalCounts());
        assertEquals(PIXELS - 1, result.validPixels());
        assertEquals(0, result.saturatedPixels());
        for (double intensity : result.intensity()) {
            assertTrue(Double.isNaN(intensity) || Math.abs(intensity - 1) < TINY, "intensity=" + intensity);
        }
    }

    @ParameterizedTest
    @MethodSource("upright")
    void anEmptyBinIsNotANumberAndCountsNothing(Setting setting) {
        RadialAxis wide = new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 30, 0, 60);
        Reduction result = setting.reduce(setting.plan().axis(wide), pixel -> 3);
        assertTrue(Double.isNaN(result.intensity()[29]) && Double.isNaN(result.sigma()[29]));
        assertEquals(0, result.count()[29]);
        assertEquals(3, result.intensity()[2], TINY);
    }

    @ParameterizedTest
    @MethodSource("upright")
    void totalsCoverPixelsOutsideTheRadialRangeToo(Setting setting) {
        RadialAxis narrow = new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 3, 4, 6);
        Reduction result = setting.reduce(setting.plan().axis(narrow).saturation(90), pixel -> pixel);
        assertTrue(Arrays.stream(result.count()).sum() < PIXELS / 2.0);
        assertEquals(PIXELS * (PIXELS - 1) / 2, result.totalCounts());
        assertEquals(PIXELS, result.validPixels());
        assertEquals(6, result.saturatedPixels(), "90 to 95");
    }

    @ParameterizedTest
    @MethodSource("upright")
    void sigmaIsTheRootOfTheCounts(Setting setting) {
        double[][] expectedShares = shares(setting);
        for (int counts : new int[] {0, 1, 9}) {
            Reduction result = setting.reduce(setting.plan(), pixel -> counts);
            for (int bin = 0; bin < 10; bin++) {
                double shares = 0;
                double squares = 0;
                for (double[] ofPixel : expectedShares) {
                    double share = ofPixel[bin];
                    shares += share;
                    squares += share * share;
                }
                // Not less than one count in a pixel of typical share.
                double variance = Math.max(squares * counts, Math.pow(squares / shares, 2));
                double expected = squares == 0 ? Double.NaN : Math.sqrt(variance) / result.count()[bin];
                assertEquals(expected, result.sigma()[bin], 1e-12, "bin " + bin);
            }
        }
        Reduction none = setting.reduce(setting.plan().errorModel(ErrorModel.NONE), pixel -> 9);
        assertTrue(Arrays.stream(none.sigma()).allMatch(Double::isNaN));
    }

    /** Per pixel its share of each bin: closed forms, but for shares by area those of the map. */
    private static double[][] shares(Setting setting) {
        double[][] radii = radii(setting);
        double[][] shares = new double[PIXELS][10];
        PixelShares map = PixelShares.of(setting.plan().build());
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            for (int bin = 0; bin < 10; bin++) {
                if (setting.splitting != Splitting.FULL) {
                    shares[pixel][bin] = share(setting.splitting, radii[pixel], 2.0 * bin);
                }
            }
            for (int s = map.shareStart()[pixel];
                    setting.splitting == Splitting.FULL && s < map.shareStart()[pixel + 1];
                    s++) {
                shares[pixel][map.firstBin()[pixel] + s - map.shareStart()[pixel]] = map.share()[s];
            }
        }
        return shares;
    }

    private static double share(Splitting splitting, double[] radius, double lower) {
        if (splitting == Splitting.NO) {
            return radius[0] >= lower && radius[0] < lower + 2 ? 1 : 0;
        }
        // What reaches over the inner end of the axis belongs to the first bin; nothing reaches over the outer end.
        double from = lower == 0 ? radius[1] : Math.max(radius[1], lower);
        return Math.max(0, Math.min(radius[2], lower + 2) - from) / (radius[2] - radius[1]);
    }

    @ParameterizedTest
    @MethodSource("upright")
    void darkIsSubtractedAndFlatDividesTheSums(Setting setting) {
        float[] dark = new float[PIXELS];
        float[] flat = new float[PIXELS];
        Arrays.fill(dark, 4);
        Arrays.fill(flat, 2);
        Reduction result = setting.reduce(setting.plan().dark(dark).flat(flat), pixel -> 10);
        assertEquals(3, result.intensity()[3], TINY);
        Reduction raw = setting.reduce(setting.plan(), pixel -> 14);
        assertEquals(raw.sigma()[3] / 2, result.sigma()[3], TINY, "variance is raw + dark");
    }

    @ParameterizedTest
    @MethodSource("upright")
    void pixelsWithoutUsableDarkOrFlatAreMasked(Setting setting) {
        float[] dark = new float[PIXELS];
        float[] flat = new float[PIXELS];
        Arrays.fill(flat, 1);
        dark[3] = Float.NaN;
        flat[4] = 0;
        flat[5] = -1;
        flat[6] = Float.POSITIVE_INFINITY;
        flat[7] = Float.NaN;
        Reduction result = setting.reduce(setting.plan().dark(dark).flat(flat), pixel -> 1);
        assertEquals(PIXELS - 5, result.validPixels());
        assertEquals(PIXELS - 5, Arrays.stream(result.count()).sum(), 1e-9);
    }

    @ParameterizedTest
    @MethodSource("upright")
    void negativePixelsAreInvalidInTheirFrameOnly(Setting setting) {
        IntToDoubleFunction gap = pixel -> pixel == 50 ? -2 : 1;
        if (!setting.format.signed()) {
            assertEquals(PIXELS, setting.reduce(setting.plan(), gap).validPixels(), "no negative values exist");
            return;
        }
        Reduction masked = setting.reduce(setting.plan(), gap);
        assertEquals(PIXELS - 1, masked.validPixels());
        assertEquals(PIXELS - 1, masked.totalCounts());
        assertEquals(PIXELS - 1, Arrays.stream(masked.count()).sum(), 1e-9);
        Reduction next = setting.reduce(setting.plan(), gap, pixel -> 1);
        assertEquals(PIXELS, next.validPixels());
        assertEquals(PIXELS, Arrays.stream(next.count()).sum(), 1e-9);
        Reduction kept = setting.reduce(setting.plan().keepNegative(true), gap);
        assertEquals(PIXELS, kept.validPixels());
        assertEquals(PIXELS - 3, kept.totalCounts());
    }

    @ParameterizedTest
    @EnumSource(TestBackend.class)
    void numbersThatAreNotFiniteAreInvalid(TestBackend backend) {
        for (Splitting splitting : Splitting.values()) {
            Setting setting = new Setting(backend, PixelFormat.F32, splitting, false, 3);
            double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
            Reduction result = setting.reduce(setting.plan().keepNegative(true), pixel -> pixel < 3 ? odd[pixel] : 2.5);
            assertEquals(PIXELS - 3, result.validPixels());
            assertEquals(2.5 * (PIXELS - 3), result.totalCounts());
            assertEquals(2.5, result.intensity()[4], TINY);
        }
    }

    @ParameterizedTest
    @MethodSource("upright")
    void aFrameWithoutValidPixelsLeavesAllBinsEmpty(Setting setting) {
        if (setting.format.signed()) {
            Reduction result = setting.reduce(setting.plan(), pixel -> 1, pixel -> -1);
            assertTrue(Arrays.stream(result.intensity()).allMatch(Double::isNaN));
            assertTrue(Arrays.stream(result.sigma()).allMatch(Double::isNaN));
            assertEquals(0, Arrays.stream(result.count()).sum());
            assertEquals(0, result.validPixels());
        } else {
            assertEquals(
                    0, setting.reduce(setting.plan(), pixel -> 1, pixel -> 0).totalCounts());
        }
    }

    @ParameterizedTest
    @MethodSource("upright")
    void theSolidAngleIsTheCubeOfTheCosine(Setting setting) {
        boolean[] mask = new boolean[PIXELS];
        Arrays.fill(mask, true);
        mask[0] = false;
        RadialAxis oneBin = new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 1, 0, 30);
        Reduction result =
                setting.reduce(setting.plan().mask(mask).solidAngle(true).axis(oneBin), pixel -> 7);
        double cosine = 100 / Math.hypot(100, radius(0.5, 0.5));
        assertEquals(7 / Math.pow(cosine, 3), result.intensity()[0], 1e-12);
    }

    @ParameterizedTest
    @EnumSource(TestBackend.class)
    void refusesWhatDoesNotFit(TestBackend backend) {
        Exception shape = assertThrows(
                IllegalArgumentException.class,
                () -> new PlanBuilder().mask(new boolean[95]).build());
        assertEquals("mask has 95 pixels, the detector 8x12 = 96", shape.getMessage());
        IntegrationPlan plan = new PlanBuilder().build();
        Reducer reducer = backend.open(plan);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment good = arena.allocate(plan.frameBytes());
            MemorySegment tooShort = arena.allocate(plan.frameBytes() - 1);
            assertThrows(IllegalArgumentException.class, () -> reducer.reduce(good, new Reduction(11)));
            Reduction room = new Reduction(10);
            assertThrows(RuntimeException.class, () -> reducer.reduce(tooShort, room));
        } finally {
            reducer.close();
        }
        assertDoesNotThrow(reducer::close, "close is idempotent");
        boolean[] all = new boolean[PIXELS];
        Arrays.fill(all, true);
        IntegrationPlan masked = new PlanBuilder().mask(all).build();
        Exception nothing = assertThrows(IllegalArgumentException.class, () -> backend.open(masked));
        assertEquals("every pixel of the detector 8x12 is masked: 96 by the mask", nothing.getMessage());
    }
}
