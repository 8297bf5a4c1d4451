package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The radial range and the ends of the axis; what lies between is held by the golden files. */
final class BinMapTest {
    private static final Geometry ROW =
            new Geometry(new Detector("row", 1, 8, 1e-3, 1e-3, 3), 0.1, 0.5e-3, 0.5e-3, 0, 0, 0, 1e-10);

    @Test
    void theRangeIsThatOfTheCentresOfTheValidPixels() {
        RadialRange all = RadialRange.ofPixels(ROW, RadialUnit.RADIUS_MILLIMETRES, false, null);
        assertEquals(0, all.lower(), 1e-15);
        assertEquals(7, all.upper(), 1e-14);
        boolean[] mask = {true, false, false, true, false, false, true, true};
        RadialRange valid = RadialRange.ofPixels(ROW, RadialUnit.RADIUS_MILLIMETRES, false, mask);
        assertEquals(1, valid.lower(), 1e-15);
        assertEquals(5, valid.upper(), 1e-14);
    }

    @ParameterizedTest
    @CsvSource({
        "TWO_THETA_RADIANS, 0.06989",
        "TWO_THETA_DEGREES, 4.00417",
        "Q_PER_ANGSTROM, 0.43901",
        "Q_PER_NANOMETRE, 4.3901"
    })
    void unitsFollowTheirFormulas(RadialUnit unit, double sevenMillimetres) {
        RadialRange range = RadialRange.ofPixels(ROW, unit, false, null);
        assertEquals(sevenMillimetres, range.upper(), 1e-4 * sevenMillimetres);
    }

    @ParameterizedTest
    @EnumSource(RadialUnit.class)
    void withItsOwnRangeEveryPixelHasABin(RadialUnit unit) {
        Geometry tilted =
                new Geometry(new Detector("tilted", 40, 30, 1e-4, 2e-4, 1), 0.1, 1e-3, 2e-3, 0.1, -0.2, 1, 1e-10);
        RadialRange range = RadialRange.ofPixels(tilted, unit, true, null);
        IntegrationPlan plan = new PlanBuilder()
                .geometry(tilted)
                .flipRows(true)
                .axis(new RadialAxis(unit, 7, range.lower(), range.upper()))
                .build();
        BinMap map = BinMap.of(plan);
        assertTrue(Arrays.stream(map.firstBin()).allMatch(bin -> bin >= 0 && bin < 7));
        assertTrue(Arrays.stream(map.firstBin()).anyMatch(bin -> bin == 0));
        assertTrue(Arrays.stream(map.firstBin()).anyMatch(bin -> bin == 6));
    }

    @Test
    void outsideIsOutsideAndMaskedIsMasked() {
        boolean[] mask = new boolean[8];
        mask[4] = true;
        PlanBuilder builder = new PlanBuilder()
                .geometry(ROW)
                .mask(mask)
                .axis(new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 2, 2.1, 6.1));
        int[] whole = {-1, -1, -1, 0, -2, 1, 1, -1};
        assertEquals(
                Arrays.toString(whole),
                Arrays.toString(BinMap.of(builder.build()).firstBin()));
        BinMap split = BinMap.of(builder.splitting(Splitting.BBOX).build());
        int[] first = {-1, -1, 0, 0, -2, 1, 1, -1};
        assertEquals(Arrays.toString(first), Arrays.toString(split.firstBin()));
        assertEquals(4, split.share().length, "pixels 2 and 6 reach over an end and are given to the end bin");
    }

    @Test
    void sharesOfAPixelAddUpToOne() {
        IntegrationPlan plan = new PlanBuilder()
                .splitting(Splitting.BBOX)
                .axis(new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 57, 1, 13))
                .build();
        BinMap map = BinMap.of(plan);
        for (int pixel = 0; pixel < map.pixels(); pixel++) {
            double sum = 0;
            for (int s = map.shareStart()[pixel]; s < map.shareStart()[pixel + 1]; s++) {
                assertTrue(map.share()[s] > 0);
                sum += map.share()[s];
            }
            assertEquals(map.firstBin()[pixel] >= 0 ? 1 : 0, sum, 1e-12);
        }
    }

    @Test
    void aRangeNeedsPixelsAShapeAndForQAWavelength() {
        assertThrows(
                IllegalArgumentException.class,
                () -> RadialRange.ofPixels(ROW, RadialUnit.RADIUS_MILLIMETRES, false, new boolean[] {
                    true, true, true, true, true, true, true, true
                }));
        assertThrows(
                IllegalArgumentException.class,
                () -> RadialRange.ofPixels(ROW, RadialUnit.RADIUS_MILLIMETRES, false, new boolean[7]));
        Geometry open = new Geometry(new Detector("open", 0, 0, 1e-3, 1e-3, 3), 0.1, 0, 0, 0, 0, 0, Double.NaN);
        assertThrows(
                IllegalArgumentException.class,
                () -> RadialRange.ofPixels(open, RadialUnit.TWO_THETA_DEGREES, false, null));
        Geometry dark = open.withShape(4, 4);
        assertThrows(
                IllegalArgumentException.class,
                () -> RadialRange.ofPixels(dark, RadialUnit.Q_PER_ANGSTROM, false, null));
        assertTrue(RadialRange.ofPixels(dark, RadialUnit.TWO_THETA_DEGREES, false, null)
                        .upper()
                > 0);
    }
}
