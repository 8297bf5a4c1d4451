package org.emberline.gpu.imaging.maps;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the definitions. */
final class FourierTest {

    @ParameterizedTest
    @CsvSource({"1,1", "2,3", "4,5", "8,16", "6,9", "7,11", "12,20", "1,34", "35,2", "30,67", "40,36"})
    void isTheSumThatDefinesIt(int rows, int columns) {
        Random random = new Random(rows * 100L + columns);
        double[] re = random.doubles((long) rows * columns, -1, 1).toArray();
        double[] im = random.doubles((long) rows * columns, -1, 1).toArray();
        double[][] expected = definition(re, im, rows, columns);
        double[] foundRe = re.clone();
        double[] foundIm = im.clone();
        Fourier fourier = new Fourier(rows, columns);
        fourier.forward(foundRe, foundIm);
        assertArrayEquals(expected[0], foundRe, 1e-11);
        assertArrayEquals(expected[1], foundIm, 1e-11);
        fourier.inverse(foundRe, foundIm);
        assertArrayEquals(re, foundRe, 1e-13);
        assertArrayEquals(im, foundIm, 1e-13);
    }

    private static double[][] definition(double[] re, double[] im, int rows, int columns) {
        double[][] sums = new double[2][rows * columns];
        for (int k = 0; k < rows * columns; k++) {
            for (int n = 0; n < rows * columns; n++) {
                int down = k / columns * (n / columns);
                int across = k % columns * (n % columns);
                double turns = (double) down / rows + (double) across / columns;
                double c = Math.cos(-2 * Math.PI * turns);
                double s = Math.sin(-2 * Math.PI * turns);
                sums[0][k] += re[n] * c - im[n] * s;
                sums[1][k] += re[n] * s + im[n] * c;
            }
        }
        return sums;
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,3", "8,9", "5,70", "67,40", "33,65"})
    void cosinesToo(int rows, int columns) {
        double[] map = new Random(9).doubles((long) rows * columns, -1, 1).toArray();
        double[] expected = new double[map.length];
        for (int k = 0; k < map.length; k++) {
            for (int n = 0; n < map.length; n++) {
                int down = k / columns * (2 * (n / columns) + 1);
                int across = k % columns * (2 * (n % columns) + 1);
                expected[k] += 4
                        * map[n]
                        * Math.cos(Math.PI * down / (2.0 * rows))
                        * Math.cos(Math.PI * across / (2.0 * columns));
            }
        }
        double[] found = map.clone();
        CosineTransform transform = new CosineTransform(rows, columns);
        transform.forward(found);
        assertArrayEquals(expected, found, 1e-10);
        transform.inverse(found);
        assertArrayEquals(map, found, 1e-13);
    }

    @Test
    void fastLengthsHaveSmallFactors() {
        int[] lengths = {1, 7, 11, 67, 160, 513, 577, 641};
        int[] expected = {1, 8, 12, 72, 160, 540, 576 + 24, 648};
        assertArrayEquals(
                expected, Arrays.stream(lengths).map(Fourier::fastLength).toArray());
        assertEquals(640, Fourier.fastLength(626));
    }
}
