package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Cake, ring counts and azimuthal ranges, against sums over the pixels of an untilted detector. */
final class AzimuthTest {
    private static final int PIXELS = PlanBuilder.ROWS * PlanBuilder.COLUMNS;
    private static final int BINS = 10;
    private static final int SECTORS = 6;

    static Stream<Arguments> settings() {
        return Stream.of(TestBackend.values())
                .flatMap(backend -> Stream.of(Splitting.values()).map(splitting -> Arguments.of(backend, splitting)));
    }

    private static Reduction reduce(TestBackend backend, PlanBuilder builder, IntToDoubleFunction frame) {
        IntegrationPlan plan = builder.build();
        Reduction result = Reduction.of(plan);
        try (Arena arena = Arena.ofConfined();
                Reducer reducer = backend.open(plan)) {
            reducer.reduce(Frames.of(arena, plan, frame), result);
        }
        return result;
    }

    /** The detector of {@link PlanBuilder}: pixels of 1 x 2 mm, PONI at 2.25 and 5.5 mm. */
    private static double up(int pixel) {
        int row = pixel / PlanBuilder.COLUMNS;
        return row + 0.5 - 2.25;
    }

    private static double sideways(int pixel) {
        return 2 * (pixel % PlanBuilder.COLUMNS + 0.5) - 5.5;
    }

    private static int bin(int pixel) {
        return (int) (Math.hypot(up(pixel), sideways(pixel)) / 2);
    }

    private static int sector(int pixel) {
        double chi = Math.toDegrees(Math.atan2(up(pixel), sideways(pixel)));
        return (int) ((chi + 180) / 60) % SECTORS;
    }

    private static double raw(int pixel) {
        return 3 + pixel * 7 % 31;
    }

    @ParameterizedTest
    @MethodSource("settings")
    void thePatternIsTheSameWithAndWithoutACake(TestBackend backend, Splitting splitting) {
        PlanBuilder builder = new PlanBuilder().splitting(splitting).solidAngle(true);
        Reduction plain = reduce(backend, builder, AzimuthTest::raw);
        Reduction caked =
                reduce(backend, builder.sectors(Sectors.cake(AzimuthalAxis.fullCircle(SECTORS))), AzimuthTest::raw);
        assertArrayEquals(plain.intensity(), caked.intensity(), 1e-11);
        assertArrayEquals(plain.sigma(), caked.sigma(), 1e-11);
        assertArrayEquals(plain.count(), caked.count(), 1e-11);
        assertEquals(plain.totalCounts(), caked.totalCounts());
        Cake cake = caked.cake().orElseThrow();
        for (int b = 0; b < BINS; b++) {
            double count = 0;
            for (int s = 0; s < SECTORS; s++) {
                count += cake.count()[s * BINS + b];
            }
            assertEquals(plain.count()[b], count, 1e-11);
        }
    }

    @ParameterizedTest
    @EnumSource(TestBackend.class)
    void aCellIsTheMeanOfItsPixels(TestBackend backend) {
        Reduction result = reduce(
                backend, new PlanBuilder().sectors(Sectors.cake(AzimuthalAxis.fullCircle(SECTORS))), AzimuthTest::raw);
        double[] sum = new double[SECTORS * BINS];
        double[] count = new double[SECTORS * BINS];
        for (int p = 0; p < PIXELS; p++) {
            sum[sector(p) * BINS + bin(p)] += raw(p);
            count[sector(p) * BINS + bin(p)]++;
        }
        Cake cake = result.cake().orElseThrow();
        assertArrayEquals(count, cake.count());
        int filled = 0;
        for (int cell = 0; cell < sum.length; cell++) {
            assertEquals(count[cell] > 0 ? sum[cell] / count[cell] : Double.NaN, cake.intensity()[cell], 1e-12);
            assertEquals(count[cell] > 0 ? Math.sqrt(sum[cell]) / count[cell] : Double.NaN, cake.sigma()[cell], 1e-12);
            filled += count[cell] > 0 ? 1 : 0;
        }
        assertTrue(filled >= 25, "filled cells: " + filled);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aRangeOfAzimuthsLeavesTheOthersOut(TestBackend backend, Splitting splitting) {
        AzimuthalAxis upperHalf = new AzimuthalAxis(1, 0, 180);
        Reduction result = reduce(
                backend,
                new PlanBuilder()
                        .splitting(splitting)
                        .sectors(new Sectors(upperHalf, false, List.of(), RingFilter.NONE)),
                p -> up(p) > 0 ? 5 : 90);
        for (int b = 0; b < BINS; b++) {
            assertTrue(result.count()[b] == 0 || Math.abs(result.intensity()[b] - 5) < 1e-12, "bin " + b);
        }
        long above = Stream.iterate(0, p -> p < PIXELS, p -> p + 1)
                .filter(p -> up(p) > 0)
                .count();
        assertEquals((double) above, Arrays.stream(result.count()).sum(), 1e-9);
        assertEquals(PIXELS, result.validPixels(), "the totals are of the whole frame");
    }

    @ParameterizedTest
    @EnumSource(TestBackend.class)
    void ringsGiveNetAndGrossCountsSectorBySector(TestBackend backend) {
        float[] dark = new float[PIXELS];
        float[] flat = new float[PIXELS];
        for (int p = 0; p < PIXELS; p++) {
            dark[p] = 0.5f * (p % 3);
            flat[p] = 1 + 0.25f * (p % 4);
        }
        Ring ring = new Ring("two", 4, 8, 4); // bins 2 and 3, flanks 0, 1 and 4, 5
        Sectors sectors = new Sectors(AzimuthalAxis.fullCircle(SECTORS), false, List.of(ring), RingFilter.NONE);
        Reduction result =
                reduce(backend, new PlanBuilder().dark(dark).flat(flat).sectors(sectors), AzimuthTest::raw);
        RingCounts counts = result.rings().getFirst();
        assertEquals("two", counts.ring().name());
        double[][] in = new double[SECTORS][4];
        double[][] flank = new double[SECTORS][4];
        for (int p = 0; p < PIXELS; p++) {
            if (bin(p) < 6) {
                double[] sums = bin(p) == 2 || bin(p) == 3 ? in[sector(p)] : flank[sector(p)];
                sums[0] += raw(p);
                sums[1] += dark[p];
                sums[2] += flat[p];
                sums[3]++;
            }
        }
        int withBackground = 0;
        for (int s = 0; s < SECTORS; s++) {
            double ratio = flank[s][2] > 0 && in[s][3] > 0 ? in[s][2] / flank[s][2] : Double.NaN;
            assertEquals(in[s][0], counts.gross()[s]);
            assertEquals(in[s][3], counts.pixels()[s]);
            assertEquals(in[s][2], counts.normalisation()[s], 1e-12);
            assertEquals(in[s][0] - in[s][1] - (flank[s][0] - flank[s][1]) * ratio, counts.net()[s], 1e-10);
            assertEquals(
                    in[s][0] + in[s][1] + (flank[s][0] + flank[s][1]) * ratio * ratio, counts.netVariance()[s], 1e-10);
            withBackground += Double.isNaN(ratio) ? 0 : 1;
        }
        assertTrue(withBackground >= 4, "sectors with ring and flanks: " + withBackground);
    }

    @ParameterizedTest
    @EnumSource(TestBackend.class)
    void filtersLeaveOutTheSectorOfASpot(TestBackend backend) {
        AzimuthalAxis axis = AzimuthalAxis.fullCircle(SECTORS);
        IntToDoubleFunction spot = p -> sector(p) == 4 && bin(p) == 2 ? 100 : 20;
        PlanBuilder builder = new PlanBuilder();
        Sectors plain = new Sectors(axis, false, List.of(), RingFilter.NONE);
        Reduction unfiltered = reduce(backend, builder.sectors(plain), spot);
        assertTrue(
                unfiltered.intensity()[2] > 30,
                "the spot is there: " + unfiltered.intensity()[2]);
        for (RingFilter filter : List.of(new RingFilter.SigmaClip(1.5, 10), RingFilter.Quantiles.MEDIAN)) {
            Reduction result = reduce(backend, builder.sectors(plain.withFilter(filter)), spot);
            assertEquals(20, result.intensity()[2], 1e-12, filter.toString());
            assertEquals(20, result.intensity()[3], 1e-12, filter.toString());
            assertTrue(result.count()[2] < unfiltered.count()[2], filter.toString());
            assertEquals(Math.sqrt(20 / result.count()[2]), result.sigma()[2], 1e-12, "of what is left");
        }
    }

    @ParameterizedTest
    @CsvSource({"-180, 0", "-120.0001, 0", "-119.9999, 1", "0, 3", "179.9999, 5", "180, 0", "540, 0", "-181, 5"})
    void sectorsAreCountedFromTheLowerEnd(double chi, int sector) {
        assertEquals(sector, AzimuthalAxis.fullCircle(SECTORS).sectorOf(chi));
    }

    @Test
    void aRangeMayWrapAround() {
        AzimuthalAxis axis = new AzimuthalAxis(2, 170, 190);
        assertEquals(0, axis.sectorOf(171));
        assertEquals(1, axis.sectorOf(-179));
        assertEquals(-1, axis.sectorOf(-169));
        assertEquals(-1, axis.sectorOf(0));
        assertEquals(185, axis.centre(1));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThrows(IllegalArgumentException.class, () -> new AzimuthalAxis(0, 0, 10));
        assertThrows(IllegalArgumentException.class, () -> new AzimuthalAxis(1, 10, 10));
        assertThrows(IllegalArgumentException.class, () -> new AzimuthalAxis(1, 0, 361));
        assertThrows(IllegalArgumentException.class, () -> new AzimuthalAxis(1, Double.NaN, 10));
        assertThrows(IllegalArgumentException.class, () -> new Ring(" ", 1, 2, 0));
        assertThrows(IllegalArgumentException.class, () -> new Ring("a", 2, 2, 0));
        assertThrows(IllegalArgumentException.class, () -> new Ring("a", 1, 2, -1));
        assertThrows(IllegalArgumentException.class, () -> new RingFilter.SigmaClip(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new RingFilter.SigmaClip(3, 0));
        assertThrows(IllegalArgumentException.class, () -> new RingFilter.Quantiles(0.6, 0.4));
        Sectors narrow = Sectors.NONE.withRings(List.of(new Ring("a", 4.1, 4.2, 0)));
        Exception noBin = assertThrows(
                IllegalArgumentException.class,
                () -> new PlanBuilder().sectors(narrow).build());
        assertTrue(noBin.toString().contains("the ring has no bin of its own a=4.1,4.2"), noBin.toString());
        Sectors noFlank = Sectors.NONE.withRings(List.of(new Ring("a", 4, 8, 0.1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new PlanBuilder().sectors(noFlank).build());
        IntegrationPlan plan = new PlanBuilder()
                .sectors(Sectors.cake(AzimuthalAxis.fullCircle(SECTORS)))
                .build();
        try (Arena arena = Arena.ofConfined();
                Reducer reducer = TestBackend.CPU.open(plan)) {
            Reduction patternOnly = new Reduction(BINS);
            assertThrows(
                    IllegalArgumentException.class, () -> reducer.reduce(Frames.of(arena, plan, p -> 1), patternOnly));
        }
    }
}
