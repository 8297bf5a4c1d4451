package org.emberline.edge.metrics.pattern;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.emberline.edge.metrics.lattice.PowderRings;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reduction;
import org.junit.jupiter.api.Test;

class PatternTest {
    private final Pattern pattern = new Pattern(new RadialAxis(RadialUnit.Q_PER_NANOMETRE, 4, 10, 14));

    /** Counts 400, 0 and 100 on 100, 50 and 200 pixels, each worth 1.5 after corrections; the last bin holds no pixel. */
    @Test
    void aBinWithoutACountIsAsUnsureAsOneCount() {
        Reduction reduction = new Reduction(4);
        PowderRings.set(reduction, 0, 1.5 * 400 / 100, 1.5 * 20 / 100, 100);
        PowderRings.set(reduction, 1, 0, 0, 50);
        PowderRings.set(reduction, 2, 1.5 * 100 / 200, 1.5 * 10 / 200, 200);
        assertEquals(3, pattern.load(reduction));
        assertArrayEquals(new boolean[] {true, true, true, false}, pattern.usable);
        assertEquals(0.3 * 0.3, pattern.variance[0], 1e-12);
        assertEquals(1.5 * 1.5 / (50 * 50), pattern.variance[1], 1e-12);
    }

    @Test
    void aPatternWithoutAnyCountTellsNothing() {
        Reduction reduction = new Reduction(4);
        for (int i = 0; i < 4; i++) {
            PowderRings.set(reduction, i, 0, 0, 10);
        }
        assertEquals(0, pattern.load(reduction));
    }

    @Test
    void isInPerAngstrom() {
        assertEquals(1.05, pattern.centre(0), 1e-12);
        assertEquals(2, pattern.binOf(1.25));
        assertEquals(-1, pattern.binOf(0.99));
        assertEquals(-1, pattern.binOf(1.41));
        assertEquals(3, pattern.nearestBin(9));
    }
}
