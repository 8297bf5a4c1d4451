package org.emberline.gpu.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.emberline.gpu.imaging.blocks.Logarithm;
import org.junit.jupiter.api.Test;

final class LogarithmTest {

    @Test
    void agreesWithTheLibrary() {
        Random random = new Random(9);
        double[] values = new double[200_000];
        for (int i = 0; i < values.length; i++) {
            int spread = i % 3 == 0 ? 500 : 2;
            values[i] = Math.scalb(1 + random.nextDouble(), random.nextInt(2 * spread + 1) - spread);
        }
        for (int i = 0; i <= 1000; i++) { // powers of two, the ends of the intervals and their neighbours
            double end = Math.scalb(1 + i % 128 / 128.0, i - 500);
            values[3 * i] = end;
            values[3 * i + 1] = Math.nextUp(end);
            values[3 * i + 2] = i == 0 ? 1 : Math.nextDown(end);
        }
        double[] logarithms = values.clone();
        assertTrue(new Logarithm().replace(logarithms, values.length));
        for (int i = 0; i < values.length; i++) {
            double expected = Math.log(values[i]);
            assertEquals(expected, logarithms[i], 1e-15 + 3e-16 * Math.abs(expected), () -> "of " + expected);
            assertTrue(Logarithm.isSound(logarithms[i]));
        }
    }

    @Test
    void whatHasNoLogarithmOrLostDigitsIsTold() {
        double[] none = {
            0,
            -0.0,
            -1,
            -1e-200,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE,
            0x1p501,
            0x1p-502
        };
        for (double value : none) {
            double[] values = {1.5, value, 2};
            assertFalse(new Logarithm().replace(values, 3), () -> "of " + value);
            assertFalse(Logarithm.isSound(values[1]), () -> "of " + value);
            assertTrue(Logarithm.isSound(values[0]) && Logarithm.isSound(values[2]));
        }
        double[] beyond = {1, 0};
        assertTrue(new Logarithm().replace(beyond, 1));
        assertEquals(0, beyond[1]);
    }
}
