package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlurTest {
    private static double[] point(double fwhm) {
        double[] image = new double[61 * 81];
        image[30 * 81 + 40] = 1;
        new Blur(61, 81, fwhm).blur(image);
        return image;
    }

    /** The second moment along each axis is that of a Gaussian of the stated width, also below a pixel. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.872, 2, 6})
    void theWidthIsAsStated(double fwhm) {
        double[] image = point(fwhm);
        double across = 0;
        double down = 0;
        for (int i = 0; i < image.length; i++) {
            int row = i / 81;
            across += image[i] * Math.pow(i % 81 - 40, 2);
            down += image[i] * Math.pow(row - 30, 2);
        }
        assertEquals(1, RadiographScenario.sum(image), 1e-12);
        assertEquals(fwhm, 2.354820045 * Math.sqrt(across), 1e-6);
        assertEquals(fwhm, 2.354820045 * Math.sqrt(down), 1e-6);
    }

    @Test
    void halfTheTopIsReachedAtHalfTheWidth() {
        double[] image = point(8);
        assertEquals(0.5, image[30 * 81 + 44] / image[30 * 81 + 40], 0.01);
        assertEquals(0.5, image[26 * 81 + 40] / image[30 * 81 + 40], 0.01);
    }

    @Test
    void noWidthLeavesTheImageAndAnEvenImageStaysEven() {
        double[] image = {1, 2, 3, 4, 5, 6};
        new Blur(2, 3, 0).blur(image);
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, image);
        double[] even = {7, 7, 7, 7, 7, 7};
        new Blur(2, 3, 3).blur(even);
        assertArrayEquals(new double[] {7, 7, 7, 7, 7, 7}, even, 1e-12);
    }
}
