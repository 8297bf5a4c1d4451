package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.emberline.gpu.cells.CellMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CorrectionsTest {
    private static final int PIXELS = PlanBuilder.ROWS * PlanBuilder.COLUMNS;

    private static IntegrationPlan plan(Corrections corrections) {
        IntegrationPlan plain = new PlanBuilder().build();
        return new IntegrationPlan(
                plain.geometry(),
                plain.format(),
                plain.flipRows(),
                plain.axis(),
                plain.splitting(),
                corrections,
                plain.errorModel(),
                plain.rules(),
                plain.sectors());
    }

    @Test
    void withoutAPlaneThePolarizationLiesAlongTheFastAxis() {
        Corrections corrections = new Corrections(true, 0.99, null, null, null);
        assertEquals(0, corrections.polarizationAngleDegrees());
        assertNull(corrections.darkVariance());
        assertEquals(0, Corrections.SOLID_ANGLE.polarizationAngleDegrees());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aPlaneMustBeAnAngle(double angle) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> new Corrections(true, 0.99, angle, null, null, null, null));
        assertEquals("polarization angle must be finite polarizationAngleDegrees=" + angle, refused.getMessage());
    }

    @Test
    void pixelsWithoutUsableDarkVarianceAreMasked() {
        float[] variance = new float[PIXELS];
        Arrays.fill(variance, 2);
        variance[2] = 0;
        variance[3] = Float.NaN;
        variance[4] = -1e-9f;
        variance[5] = Float.POSITIVE_INFINITY;
        double[] norm = CellMap.of(plan(new Corrections(false, Double.NaN, 0, null, variance, null, null)))
                .normalisation();
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            assertEquals(pixel >= 3 && pixel <= 5 ? 0 : 1, norm[pixel], "pixel " + pixel);
        }
    }

    @Test
    void aDarkVarianceOfAnotherShapeIsRefused() {
        Corrections corrections = new Corrections(false, Double.NaN, 0, null, new float[7], null, null);
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> plan(corrections));
        assertEquals("dark variance has 7 pixels, the detector 8x12 = 96", refused.getMessage());
    }
}
