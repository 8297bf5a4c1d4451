package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Shares by area, against points counted in the pixel and at the ends of the axis. */
final class FullSplitTest {
    private static final int POINTS = 200;
    private static final double DISTANCE = 0.1;
    private static final double WAVELENGTH = 1e-10;

    /** Untilted, square pixels of 1 mm; the beam at pixel coordinates (row, column). */
    private static Geometry geometry(int rows, int columns, double row, double column) {
        Detector detector = new Detector("full", rows, columns, 1e-3, 1e-3, 3);
        return new Geometry(detector, DISTANCE, row * 1e-3, column * 1e-3, 0, 0, 0, WAVELENGTH);
    }

    private static IntegrationPlan plan(Geometry geometry, RadialAxis axis) {
        return new PlanBuilder()
                .geometry(geometry)
                .splitting(Splitting.FULL)
                .axis(axis)
                .build();
    }

    private static double[] sharesOf(PixelShares map, int pixel) {
        double[] ofBins = new double[map.bins()];
        int start = map.shareStart()[pixel];
        for (int s = start; s < map.shareStart()[pixel + 1]; s++) {
            ofBins[map.firstBin()[pixel] + s - start] = map.share()[s];
        }
        return ofBins;
    }

    private static double coordinate(RadialUnit unit, double radiusMillimetres) {
        double theta = Math.atan(1e-3 * radiusMillimetres / DISTANCE) / 2;
        return switch (unit) {
            case Q_PER_ANGSTROM -> 4e-10 * Math.PI / WAVELENGTH * Math.sin(theta);
            case Q_PER_NANOMETRE -> 4e-9 * Math.PI / WAVELENGTH * Math.sin(theta);
            case D_STAR_SQUARED_PER_SQUARE_ANGSTROM -> Math.pow(2e-10 / WAVELENGTH * Math.sin(theta), 2);
            case TWO_THETA_DEGREES -> Math.toDegrees(2 * theta);
            case TWO_THETA_RADIANS -> 2 * theta;
            case RADIUS_MILLIMETRES -> radiusMillimetres;
        };
    }

    /**
     * Points counted on lines across the pixel are wrong by half a point where the line crosses an edge of a bin, 1/400 per edge.
     * Taking a radius r as linear in triangles, none wider than a pixel's side, moves an edge by 1/(8 r) pixels at most and its
     * area by no more than the diagonal's length, 1.42, times that; the other coordinates curve no more than a few times the
     * radius does at these angles.
     */
    @ParameterizedTest
    @EnumSource(RadialUnit.class)
    void sharesAreTheCountedPoints(RadialUnit unit) {
        for (double beamColumn : new double[] {-25.3, -60.7, -400.2}) {
            int rows = 24;
            Geometry geometry = geometry(rows, 1, 3.6, beamColumn);
            double nearest = -beamColumn;
            double lower = coordinate(unit, nearest - 1);
            double width = (coordinate(unit, nearest + 30) - lower) / 77;
            PixelShares map = PixelShares.of(plan(geometry, new RadialAxis(unit, 77, lower, lower + 77 * width)));
            double tolerance = 2 * (0.5 / POINTS + 3 * 1.42 / (8 * nearest));
            for (int row = 0; row < rows; row++) {
                double[] counted = counted(unit, row - 3.6, -beamColumn, lower, width);
                assertArrayEquals(counted, sharesOf(map, row), tolerance, unit + " at " + nearest + " row " + row);
            }
        }
    }

    private static double[] counted(RadialUnit unit, double y, double x, double lower, double width) {
        double[] counted = new double[77];
        for (int i = 0; i < POINTS; i++) {
            for (int j = 0; j < POINTS; j++) {
                double radius = Math.hypot(y + (i + 0.5) / POINTS, x + (j + 0.5) / POINTS);
                counted[(int) ((coordinate(unit, radius) - lower) / width)] += 1.0 / (POINTS * POINTS);
            }
        }
        return counted;
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.5", "0.1, 0.8", "0, 0", "0.5, 0"})
    void binsWideAgainstThePixelGetAllOfItEvenAtTheBeamCentre(double row, double column) {
        RadialAxis wide = new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 3, 0, 9);
        PixelShares map = PixelShares.of(plan(geometry(1, 1, row, column), wide));
        assertArrayEquals(new double[] {1, 0, 0}, sharesOf(map, 0));
        assertEquals(1, map.share().length);
    }

    @Test
    void whereTheAzimuthWrapsIsNoSpecialPlace() {
        RadialAxis axis = new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 50, 0, 12);
        PixelShares map = PixelShares.of(plan(geometry(3, 15, 1.5, 7.5), axis));
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 7; column++) {
                double[] left = sharesOf(map, row * 15 + column);
                double[] right = sharesOf(map, row * 15 + 14 - column);
                assertArrayEquals(right, left, 1e-12, "row " + row + " column " + column);
                assertTrue(Arrays.stream(left).filter(share -> share > 0).count() > 3);
            }
        }
    }

    @Test
    void whatIsOutsideTheAxisIsLeftOutOfThePixel() {
        Geometry geometry = geometry(6, 6, -20.2, -10.7);
        RadialAxis all = new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 60, 20, 35);
        RadialAxis part = new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 12, 25, 28);
        PixelShares whole = PixelShares.of(plan(geometry, all));
        PixelShares cut = PixelShares.of(plan(geometry, part));
        int outside = 0;
        int reachingOver = 0;
        for (int pixel = 0; pixel < 36; pixel++) {
            double[] inside = Arrays.copyOfRange(sharesOf(whole, pixel), 20, 32);
            double sum = Arrays.stream(inside).sum();
            double[] expected = Arrays.stream(inside)
                    .map(share -> sum > 0 ? share / sum : 0)
                    .toArray();
            assertArrayEquals(expected, sharesOf(cut, pixel), 1e-10, "pixel " + pixel);
            assertEquals(sum == 0, cut.firstBin()[pixel] == PixelShares.OUTSIDE);
            outside += sum == 0 ? 1 : 0;
            reachingOver += sum > 0 && sum < 0.999 ? 1 : 0;
        }
        assertTrue(outside > 5 && reachingOver > 5, "outside=" + outside + " reachingOver=" + reachingOver);
    }

    @Test
    void aPixelThatEndsShortOfTheAxisIsOutside() {
        Geometry geometry = geometry(1, 4, 0.5, -5);
        // The pixels reach from 5 to about 6.02, 6 to 7.02, ...; the far corners lie a little beyond the far edge's
        // middle.
        double farCorner = Math.hypot(6, 0.5);
        RadialAxis beyond = new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 4, farCorner + 1e-9, 9.5);
        assertEquals(PixelShares.OUTSIDE, PixelShares.of(plan(geometry, beyond)).firstBin()[0]);
        RadialAxis within = new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 4, farCorner - 1e-9, 9.5);
        assertEquals(0, PixelShares.of(plan(geometry, within)).firstBin()[0]);
    }

    @ParameterizedTest
    @EnumSource(
            value = Splitting.class,
            names = {"BBOX", "FULL"})
    void sharesArePositiveAndAddUpToOne(Splitting splitting) {
        for (int bins : new int[] {1, 7, 333, 5000}) {
            IntegrationPlan plan = new PlanBuilder()
                    .splitting(splitting)
                    .axis(new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, bins, 0.3, 12))
                    .build();
            PixelShares map = PixelShares.of(plan);
            for (int pixel = 0; pixel < map.pixels(); pixel++) {
                double[] shares = Arrays.copyOfRange(map.share(), map.shareStart()[pixel], map.shareStart()[pixel + 1]);
                assertTrue(Arrays.stream(shares).allMatch(share -> share > 0 && share <= 1));
                boolean inside = map.firstBin()[pixel] >= 0;
                assertEquals(inside ? 1 : 0, Arrays.stream(shares).sum(), 1e-12, "pixel " + pixel);
                assertTrue(!inside || map.firstBin()[pixel] + shares.length <= bins);
            }
        }
    }
}
