package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;

class NormalTailTest {
    @Test
    void theTailIsThatOfTheErrorFunction() {
        for (double deviations = 0; deviations < 12; deviations += 0.01) {
            assertEquals(0.5 * Erf.erfc(deviations / Math.sqrt(2)), NormalTail.beyond(deviations), 1e-7);
        }
        assertEquals(0, NormalTail.beyond(Double.POSITIVE_INFINITY));
    }
}
