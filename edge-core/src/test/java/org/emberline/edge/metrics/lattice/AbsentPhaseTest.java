package org.emberline.edge.metrics.lattice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.metrics.phase.Phase;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reduction;
import org.junit.jupiter.api.Test;

/** A frame without the phase gives a flag, never a cell. */
class AbsentPhaseTest {

    private static void assertFlagged(Phase phase, PowderRings rings, int frames, long seed) {
        LatticeFit fit = new LatticeFit(phase, rings.axis);
        double[] means = rings.means();
        Random random = new Random(seed);
        for (int frame = 0; frame < frames; frame++) {
            Cell cell = fit.fit(rings.frame(means, random));
            assertNotEquals(0, cell.flags, "frame " + frame + " a=" + cell.a + " c=" + cell.c);
            assertTrue(Double.isNaN(cell.a) && Double.isNaN(cell.sigmaA), "frame " + frame);
            assertTrue(Double.isNaN(cell.c) && Double.isNaN(cell.sigmaC), "frame " + frame);
        }
    }

    @Test
    void backgroundAlone() {
        for (double brightness : new double[] {0.001, 0.03, 1, 100}) {
            assertFlagged(Phases.NMC532, PowderRings.usual().brightness(brightness), 100, 1);
            assertFlagged(Phases.CEO2, PowderRings.usual().brightness(brightness), 100, 2);
        }
    }

    @Test
    void backgroundAloneMissesItsReflections() {
        PowderRings rings = PowderRings.usual();
        Cell cell = new LatticeFit(Phases.NMC532, rings.axis).fit(rings.frame(new Random(3)));
        assertEquals(FrameFlag.REFLECTIONS_MISSING.bit(), cell.flags);
    }

    @Test
    void anotherPhase() {
        for (double a = 5.38; a < 5.5; a += 0.01) {
            assertFlagged(Phases.NMC532, PowderRings.usual().ceria(a, 500, 0.02, 0.4), 3, 4);
        }
        for (double step = 0; step <= 1; step += 0.1) {
            PowderRings layered =
                    PowderRings.usual().layered(2.868 + 0.037 * step, 14.245 + 0.355 * step, 400, 0.02, 0.4);
            assertFlagged(Phases.CEO2, layered, 3, 5);
            assertFlagged(Phases.FE3O4, layered, 3, 6);
        }
    }

    /** A spinel is the layered lattice at the cubic limit of c/a: every layered line has a spinel line near it. */
    @Test
    void theSpinelOfTheSameLattice() {
        for (double a = 8.05; a < 8.45; a += 0.01) {
            assertFlagged(Phases.NMC532, PowderRings.usual().spinel(a, 500, 0.02, 0.4), 3, 7);
            assertFlagged(Phases.NMC532, PowderRings.usual().spinel(a, 500, 0.03, 0.9), 3, 8);
        }
    }

    @Test
    void oneStrongLineOrAForestOfThem() {
        assertFlagged(Phases.NMC532, PowderRings.usual().ring(3.07, 1000, 0.02, 0.4), 20, 9);
        Random random = new Random(10);
        for (int forest = 0; forest < 400; forest++) {
            PowderRings rings = PowderRings.usual();
            for (int line = 0; line < 14; line++) {
                rings.ring(1 + 4.3 * random.nextDouble(), 30 + 300 * random.nextDouble(), 0.02, 0.4);
            }
            assertFlagged(Phases.NMC532, rings, 1, forest);
        }
    }

    @Test
    void aCellOutsideTheRanges() {
        assertFlagged(Phases.NMC532, PowderRings.usual().layered(2.868 * 1.04, 14.245 * 1.04, 400, 0.02, 0.4), 10, 11);
        assertFlagged(Phases.CEO2, PowderRings.usual().ceria(5.4115 * 1.04, 400, 0.02, 0.4), 10, 12);
    }

    /** So little outside that the windows still reach the reflections from a cell at the edge: only the fitted cell tells. */
    @Test
    void aCellJustOutsideTheRanges() {
        double[][] cells = {
            {2.868 * 1.0262, 14.245 * 1.0262}, {2.868 * 0.9838, 14.245 * 0.9838},
            {2.868, 14.245 * 1.0262}, {2.9, 14.405 * 0.9888}
        };
        for (double[] cell : cells) {
            PowderRings rings = PowderRings.usual().layered(cell[0], cell[1], 400, 0.02, 0.4);
            assertFlagged(Phases.NMC532, rings, 5, 14);
        }
    }

    @Test
    void anAxisThatHoldsTooFewReflections() {
        RadialAxis narrow = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 400, 2.9, 3.5);
        assertFlagged(Phases.NMC532, new PowderRings(narrow).layered(2.87, 14.25, 400, 0.02, 0.4), 5, 13);
    }

    @Test
    void aPatternWithoutUsableBins() {
        PowderRings rings = PowderRings.usual().layered(2.87, 14.25, 400, 0.02, 0.4);
        Reduction noSigma = rings.exactFrame();
        Arrays.fill(noSigma.sigma(), Double.NaN);
        Cell cell = new LatticeFit(Phases.NMC532, rings.axis).fit(noSigma);
        assertEquals(FrameFlag.REFLECTIONS_MISSING.bit(), cell.flags);
        assertTrue(Double.isNaN(cell.a));
    }
}
