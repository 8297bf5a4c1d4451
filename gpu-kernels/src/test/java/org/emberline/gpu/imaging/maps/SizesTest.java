package org.emberline.gpu.imaging.maps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.emberline.gpu.imaging.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes of what was drawn with known sizes: mosaics, heaps of spheres, discs. */
final class SizesTest {
    private static final int SIZE = 256;
    private static final ImageShape SHAPE = new ImageShape(SIZE, SIZE);

    /** Cells around random points, each of one random grey; around the edges as on a torus. */
    private static float[] mosaic(Random random, int cells) {
        double[][] points = new double[cells][];
        for (int i = 0; i < cells; i++) {
            points[i] = new double[] {SIZE * random.nextDouble(), SIZE * random.nextDouble(), random.nextDouble()};
        }
        float[] map = new float[SHAPE.pixels()];
        for (int i = 0; i < map.length; i++) {
            int row = i / SIZE;
            double nearest = Double.POSITIVE_INFINITY;
            for (double[] point : points) {
                double y = Math.IEEEremainder(row - point[0], SIZE);
                double x = Math.IEEEremainder(i % SIZE - point[1], SIZE);
                if (x * x + y * y < nearest) {
                    nearest = x * x + y * y;
                    map[i] = (float) point[2];
                }
            }
        }
        return map;
    }

    /** The thickness of spheres of one diameter that lie anywhere, three deep. */
    private static float[] spheres(Random random, double diameter) {
        float[] map = new float[SHAPE.pixels()];
        int count = (int) (3 * SHAPE.pixels() / (Math.PI * diameter * diameter / 4));
        for (int sphere = 0; sphere < count; sphere++) {
            double centreY = SIZE * random.nextDouble();
            double centreX = SIZE * random.nextDouble();
            int reach = (int) (diameter / 2 + 2);
            for (int dy = -reach; dy <= reach; dy++) {
                for (int dx = -reach; dx <= reach; dx++) {
                    int row = (int) centreY + dy;
                    int column = (int) centreX + dx;
                    double square =
                            diameter * diameter / 4 - Math.pow(row - centreY, 2) - Math.pow(column - centreX, 2);
                    if (square > 0) {
                        map[Math.floorMod(row, SIZE) * SIZE + Math.floorMod(column, SIZE)] +=
                                (float) (2 * Math.sqrt(square));
                    }
                }
            }
        }
        return map;
    }

    private static double meanHalfRadius(Random random, int draws, boolean mosaic, double diameter, double noise) {
        RadialAutocorrelation correlation = new RadialAutocorrelation(SHAPE, 60);
        int cells = (int) Math.rint(SHAPE.pixels() / (Math.PI * diameter * diameter / 4));
        double sum = 0;
        for (int draw = 0; draw < draws; draw++) {
            float[] map = mosaic ? mosaic(random, cells) : spheres(random, diameter);
            for (int i = 0; i < map.length; i++) {
                map[i] += (float) (noise * random.nextGaussian());
                map[i] = random.nextInt(50) == 0 ? Float.NaN : map[i];
            }
            correlation.compute(map);
            if (noise > 0) {
                double share = correlation.noiseShare();
                double variance = share / (1 - share) * correlation.covariance();
                assertEquals(noise * noise, variance, 0.03 * correlation.covariance());
            }
            sum += correlation.halfRadius();
        }
        return sum / draws;
    }

    /** Noise as strong as the mosaic's own contrast, sqrt(1/12) = 0.29, makes no difference. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.29})
    void mosaicsHaveTheirHalfRadius(double noise) {
        double ratio = meanHalfRadius(new Random(6), 8, true, 15, noise) / 15;
        assertEquals(0.388, ratio, 0.010, "r_half / D");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 5})
    void spheresHaveTheirHalfRadius(double noise) {
        double ratio = meanHalfRadius(new Random(7), 12, false, 20, noise) / 20;
        assertEquals(0.396, ratio, 0.012, "r_half / D");
        assertEquals(1, RadialAutocorrelation.DIAMETER_PER_HALF_RADIUS * ratio, 0.035);
    }

    @Test
    void noiseAloneHasNoSize() {
        RadialAutocorrelation correlation = new RadialAutocorrelation(SHAPE, 20);
        float[] map = new float[SHAPE.pixels()];
        correlation.compute(map);
        assertTrue(Double.isNaN(correlation.halfRadius()));
        Random random = new Random(3);
        for (int i = 0; i < map.length; i++) {
            map[i] = (float) random.nextGaussian();
        }
        correlation.compute(map);
        assertEquals(1, correlation.noiseShare(), 0.05);
    }

    private static void drawDisc(float[] map, int centreRow, int centreColumn, double radius, float value) {
        for (int i = 0; i < map.length; i++) {
            if (Math.hypot(i / SIZE - centreRow, i % SIZE - centreColumn) <= radius) {
                map[i] = value;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 9, 14})
    void discsOfOneSizeAreOneStep(int radius) {
        float[] map = new float[SHAPE.pixels()];
        for (int i = 0; i < 9; i++) {
            drawDisc(map, 40 + 80 * (i / 3), 40 + 80 * (i % 3), radius, 1 + i);
        }
        Granulometry granulometry = new Granulometry(SHAPE, 16);
        granulometry.compute(map, 0);
        assertEquals(0, granulometry.distribution()[radius], 1e-9);
        assertEquals(1, granulometry.distribution()[radius + 1], 1e-9);
        double[] d = granulometry.diameters();
        assertEquals((d[radius] + d[radius + 1]) / 2, granulometry.quantile(0.5), 1e-9);
        assertEquals((d[radius] + d[radius + 1]) / 2, granulometry.mean(), 1e-9);
        assertEquals(2 * radius + 1.0, granulometry.quantile(0.5), 0.5);
    }

    @Test
    void twoSizesShareBySum() {
        float[] map = new float[SHAPE.pixels()];
        for (int i = 0; i < 4; i++) {
            drawDisc(map, 60 + 120 * (i / 2), 60 + 120 * (i % 2), 12, 1);
            drawDisc(map, 60 + 120 * (i / 2), 20 + 120 * (i % 2), 4, 1);
        }
        Granulometry granulometry = new Granulometry(SHAPE, 12);
        granulometry.compute(map, 0);
        double small = 49.0 / (49 + 441); // pixels of digital discs of radius 4 and 12
        assertEquals(small, granulometry.distribution()[5], 1e-6);
        assertEquals(small, granulometry.distribution()[12], 1e-6);
        double between = (granulometry.diameters()[4] + granulometry.diameters()[5]) / 2;
        assertEquals(between, granulometry.quantile(small / 2), 1e-6);
        assertTrue(Double.isNaN(granulometry.quantile(0.5)), "the larger discs are beyond the largest radius");
        granulometry.compute(new float[SHAPE.pixels()], 0);
        assertTrue(Double.isNaN(granulometry.quantile(0.5)));
    }
}
