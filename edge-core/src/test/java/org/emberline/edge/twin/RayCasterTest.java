package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RayCasterTest {
    private static final double STEP = 5e-4;

    /** Each grain's length along a ray, by walking the ray in small steps and asking every ball. */
    @ParameterizedTest
    @CsvSource({"0.7, 0.4", "0.9, 0.1", "1.5, 0.01", "0.9, 0"})
    void everyGrainHasItsLength(double grain, double porosity) {
        Agglomerate agglomerate = new Agglomerate(
                RadiographScenario.plain(256, 2.5, 8.4).sample(),
                3,
                RadiographScenario.layered(0, 25, grain, porosity, 0, 0),
                RadiographScenario.PIXEL);
        Grains grains = agglomerate.grains();
        grains.place(0.3, -0.2, 0.7);
        RayCaster caster = agglomerate.caster();
        Random random = new Random(4);
        int pieces = 0;
        for (int ray = 0; ray < 40; ray++) {
            double x = 0.3 + 3 * random.nextDouble() - 1.5;
            double y = -0.2 + 3 * random.nextDouble() - 1.5;
            double[] shares = new double[300];
            caster.select(x - 0.1, x + 0.1, y - 0.1, y + 0.1);
            double length = caster.trace(x, y, shares);
            double[] walked = walk(grains, x, y);
            assertEquals(RadiographScenario.sum(walked), length, 20 * STEP);
            for (int i = 0; i < shares.length; i++) {
                assertEquals(walked[i], shares[i], 2.1 * STEP, "ray=" + ray + " grain=" + i);
                pieces += shares[i] > 0 ? 1 : 0;
            }
            assertEquals(caster.longest(), shares[caster.longestOwner()], 0);
        }
        assertTrue(pieces > 80, "pieces=" + pieces);
    }

    private static double[] walk(Grains grains, double x, double y) {
        double[] walked = new double[300];
        double ex = x - grains.centreX();
        double ey = y - grains.centreY();
        double end = Math.sqrt(grains.envelope() * grains.envelope() - ex * ex - ey * ey);
        for (double z = -end + STEP / 2; z < end; z += STEP) {
            int owner = -1;
            double least = grains.growth();
            for (int i = 0; i < grains.count(); i++) {
                double power = Math.pow(x - grains.x(i), 2)
                        + Math.pow(y - grains.y(i), 2)
                        + Math.pow(z - grains.z(i), 2)
                        - grains.weight(i);
                if (power < least) {
                    least = power;
                    owner = i;
                }
            }
            if (owner >= 0) {
                walked[grains.id(owner)] += STEP;
            }
        }
        return walked;
    }
}
