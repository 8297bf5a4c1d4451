package org.emberline.gpu.imaging.maps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.emberline.gpu.imaging.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registration and shifting, on maps whose values between the pixels are known: sums of sines, parabolas. */
final class RegistrationTest {
    private static final int WAVES = 120;

    /** A sum of sines of random directions with wavelengths of 6 pixels and more. */
    private record Scene(double[][] waves) {
        static Scene of(Random random) {
            double[][] waves = new double[WAVES][];
            for (int i = 0; i < WAVES; i++) {
                double direction = 2 * Math.PI * random.nextDouble();
                double frequency = 2 * Math.PI / 6 * Math.sqrt(random.nextDouble());
                waves[i] = new double[] {
                    frequency * Math.cos(direction), frequency * Math.sin(direction), 7 * random.nextDouble()
                };
            }
            return new Scene(waves);
        }

        float[] map(ImageShape shape, double rows, double columns) {
            float[] map = new float[shape.pixels()];
            for (int i = 0; i < map.length; i++) {
                int row = i / shape.columns();
                double y = row - rows;
                double x = i % shape.columns() - columns;
                double sum = 30;
                for (double[] wave : waves) {
                    sum += Math.sin(wave[0] * y + wave[1] * x + wave[2]);
                }
                map[i] = (float) sum;
            }
            return map;
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0.3,-0.7", "1,1", "-2.4,3.6", "0.5,0.5", "-7.25,5.1"})
    void shiftsAreFoundToHundredthsOfAPixel(double rows, double columns) {
        for (ImageShape shape : new ImageShape[] {new ImageShape(128, 150), new ImageShape(96, 97)}) {
            Scene scene = Scene.of(new Random(4));
            PhaseCorrelation correlation = new PhaseCorrelation(shape);
            correlation.reference(scene.map(shape, 0, 0));
            Shift shift = correlation.register(scene.map(shape, rows, columns));
            assertEquals(rows, shift.rows(), 0.005, shape + " rows");
            assertEquals(columns, shift.columns(), 0.005, shape + " columns");
            assertTrue(shift.peak() > 0.8 && shift.peak() < 1 + 1e-9, "peak " + shift.peak());
        }
    }

    @Test
    void noiseAndUnknownPixelsAreBorne() {
        ImageShape shape = new ImageShape(128, 128);
        Random random = new Random(11);
        Scene scene = Scene.of(random);
        float[] reference = scene.map(shape, 0, 0);
        float[] moved = scene.map(shape, 3.3, -1.8);
        for (int i = 0; i < moved.length; i++) {
            reference[i] += (float) (4 * random.nextGaussian());
            moved[i] += (float) (4 * random.nextGaussian());
            if (random.nextInt(100) == 0) {
                moved[i] = Float.NaN;
            }
        }
        PhaseCorrelation correlation = new PhaseCorrelation(shape);
        correlation.reference(reference);
        Shift shift = correlation.register(moved);
        assertEquals(3.3, shift.rows(), 0.1);
        assertEquals(-1.8, shift.columns(), 0.1);
        float[] stranger = Scene.of(new Random(12)).map(shape, 0, 0);
        double strange = correlation.register(stranger).peak();
        assertTrue(strange < shift.peak() / 2, "stranger " + strange + " against " + shift.peak());
    }

    @Test
    void aCopyIsPerfectAndNothingIsNothing() {
        ImageShape shape = new ImageShape(64, 60);
        float[] map = Scene.of(new Random(2)).map(shape, 0, 0);
        PhaseCorrelation correlation = new PhaseCorrelation(shape);
        correlation.reference(map);
        Shift same = correlation.register(map);
        assertEquals(0, same.rows(), 1e-9);
        assertEquals(0, same.columns(), 1e-9);
        assertEquals(1, same.peak(), 1e-9);
        float[] constant = new float[shape.pixels()];
        assertTrue(Double.isNaN(correlation.register(constant).rows()));
        Arrays.fill(constant, Float.NaN);
        assertTrue(Double.isNaN(correlation.register(constant).peak()));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,-2", "0.25,0.5", "-1.7,3.01", "-0.001,0.999"})
    void parabolasAreMovedExactly(double rows, double columns) {
        ImageShape shape = new ImageShape(20, 24);
        float[] map = parabola(shape, 0, 0);
        float[] moved = new float[map.length];
        new CubicShift(shape).move(map, rows, columns, moved);
        float[] expected = parabola(shape, rows, columns);
        int known = 0;
        for (int row = 0; row < 20; row++) {
            for (int column = 0; column < 24; column++) {
                boolean inside = inside(row - rows, 20) && inside(column - columns, 24);
                float found = moved[row * 24 + column];
                assertEquals(inside, !Float.isNaN(found), "row " + row + " column " + column);
                if (inside) {
                    assertEquals(expected[row * 24 + column], found, 3e-6, "row " + row + " column " + column);
                    known++;
                }
            }
        }
        assertTrue(known > 200, "known " + known);
    }

    private static boolean inside(double place, int length) {
        boolean whole = place == Math.rint(place);
        return whole ? place >= 0 && place <= length - 1 : place >= 1 && place <= length - 2;
    }

    private static float[] parabola(ImageShape shape, double rows, double columns) {
        float[] map = new float[shape.pixels()];
        for (int i = 0; i < map.length; i++) {
            int row = i / shape.columns();
            double y = (row - rows) / 10;
            double x = (i % shape.columns() - columns) / 10;
            map[i] = (float) (0.5 + 0.3 * y - 0.2 * x + 0.4 * y * y - 0.6 * x * y + 0.5 * x * x);
        }
        return map;
    }

    @Test
    void anUnknownPixelSpreadsNoFartherThanItsWeights() {
        ImageShape shape = new ImageShape(12, 12);
        float[] map = new float[144];
        map[6 * 12 + 6] = Float.NaN;
        float[] moved = new float[144];
        CubicShift shift = new CubicShift(shape);
        shift.move(map, 1, 0, moved);
        assertEquals(12 + 1, unknown(moved));
        shift.move(map, 0.5, 0, moved);
        assertEquals(3 * 12 + 4, unknown(moved)); // one row lost above, two below
        shift.move(map, Double.NaN, 0, moved);
        assertEquals(144, unknown(moved));
    }

    private static int unknown(float[] map) {
        int count = 0;
        for (float value : map) {
            count += Float.isNaN(value) ? 1 : 0;
        }
        return count;
    }
}
