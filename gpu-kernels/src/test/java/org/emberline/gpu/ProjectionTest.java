package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The beam centre, the wrap of the azimuth, and the two ways to a radius; all other places are held by GeometryGoldenTest. */
final class ProjectionTest {
    private static final double SAME = 2e-15;

    /** 3x3 pixels of 1 mm, the beam in the middle of the middle one. */
    private static Projection centred(double rot3) {
        Detector detector = new Detector("centred", 3, 3, 1e-3, 1e-3, 3);
        return new Projection(new Geometry(detector, 0.1, 1.5e-3, 1.5e-3, 0, 0, rot3, 1e-10), false);
    }

    @Test
    void azimuthsGoRoundFromTheFastAxis() {
        double[][] expected = {{-135, -90, -45}, {180, 0, 0}, {135, 90, 45}};
        for (int row = 0; row < 3; row++) {
            double[] chi = new double[3];
            centred(0).azimuths(row + 0.5, 0.5, chi);
            assertArrayEquals(expected[row], chi, 1e-12, "row " + row);
        }
    }

    @Test
    void theBeamCentreHasAzimuthZero() {
        double[] chi = new double[1];
        for (double rot3 : new double[] {0, 1, -2, Math.PI}) {
            centred(rot3).azimuths(1.5, 1.5, chi);
            assertEquals(0.0, chi[0], "rot3=" + rot3);
        }
    }

    @Test
    void theWrapIsAt180AndNeverAtItsNegative() {
        double[] chi = new double[1];
        for (double rot3 : new double[] {Math.PI, -Math.PI}) {
            centred(rot3).azimuths(1.5, 2.5, chi);
            assertEquals(180, chi[0], "rot3=" + rot3);
        }
    }

    @Test
    void atTheBeamCentreNothingIsPolarizedAway() {
        double[] norm = new double[3];
        Corrections corrections = new Corrections(true, 1, 37, null, null, null, null);
        centred(0.4).normalisations(corrections, 1, norm);
        assertEquals(1, norm[1]);
    }

    /** Beside the beam by 45 degrees in the plane itself, only cos^2(2theta) = 1/2 is left; across the plane, everything. */
    @Test
    void fullPolarizationLeavesTheSquareOfTheCosineInItsPlane() {
        Detector detector = new Detector("wide", 1, 3, 0.1, 0.1, 3);
        Projection projection = new Projection(new Geometry(detector, 0.1, 0.05, 0.15, 0, 0, 0, 1e-10), false);
        double[] norm = new double[3];
        projection.normalisations(new Corrections(false, 1, 0, null, null, null, null), 0, norm);
        assertArrayEquals(new double[] {0.5, 1, 0.5}, norm, 1e-15);
        projection.normalisations(new Corrections(false, 1, 90, null, null, null, null), 0, norm);
        assertArrayEquals(new double[] {1, 1, 1}, norm, 1e-15);
        projection.normalisations(new Corrections(false, 1, -45, null, null, null, null), 0, norm);
        assertArrayEquals(new double[] {0.75, 1, 0.75}, norm, 1e-15);
    }

    @ParameterizedTest
    @EnumSource(RadialUnit.class)
    void bothWaysToARadiusAgree(RadialUnit unit) {
        Random random = new Random(5);
        double worst = 0;
        for (int i = 0; i < 400; i++) {
            Detector detector = new Detector("random", 50, 60, 1e-3, 2e-3, 1 + random.nextInt(4));
            Geometry geometry = new Geometry(
                    detector,
                    0.01 + random.nextDouble(),
                    random.nextGaussian() * 0.1,
                    random.nextGaussian() * 0.1,
                    random.nextGaussian(),
                    random.nextGaussian(),
                    random.nextGaussian(),
                    1e-10);
            Projection projection = new Projection(geometry, random.nextBoolean());
            double[] plain = new double[61];
            double[] quick = new double[61];
            int row = random.nextInt(51);
            projection.radii(unit, row, 0, plain);
            projection.quickRadii(unit, row, 0, quick);
            for (int column = 0; column < plain.length; column++) {
                worst = Math.max(worst, Math.abs(quick[column] / plain[column] - 1));
            }
        }
        assertTrue(worst <= SAME, "relative deviation " + worst);
    }

    @Test
    void reversingNeedsAShape() {
        Detector open = new Detector("open", 0, 0, 1e-3, 1e-3, 3);
        Geometry geometry = new Geometry(open, 0.1, 0, 0, 0, 0, 0, 1e-10);
        assertEquals(
                "the detector has no shape",
                assertThrows(IllegalArgumentException.class, () -> new Projection(geometry, true))
                        .getMessage());
    }
}
