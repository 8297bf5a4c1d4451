package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.emberline.gpu.imaging.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianMeanTest {
    private static final ImageShape SHAPE = new ImageShape(41, 45);
    private static final double FLOAT_STEPS = 2e-6;

    private static float[] mean(float[] map, double sigma) {
        float[] mean = new float[map.length];
        new GaussianMean(SHAPE, sigma).of(map, mean);
        return mean;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.8, 1.5, 3, 8})
    void aConstantMapStaysConstantUpToTheCorners(double sigma) {
        float[] map = new float[SHAPE.pixels()];
        Arrays.fill(map, 1.25f);
        for (float value : mean(map, sigma)) {
            assertEquals(1.25, value, 1.25 * FLOAT_STEPS);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.8, 1.5, 3})
    void anImpulseBecomesTheGaussianOutToThreeDeviations(double sigma) {
        float[] map = new float[SHAPE.pixels()];
        map[20 * 45 + 22] = 1;
        float[] mean = mean(map, sigma);
        int reach = (int) Math.ceil(3 * sigma);
        double whole = 0;
        for (int i = -reach; i <= reach; i++) {
            whole += Math.exp(-i * i / (2 * sigma * sigma));
        }
        for (int i = 0; i < mean.length; i++) {
            int down = i / 45 - 20;
            int right = i % 45 - 22;
            boolean inside = Math.abs(down) <= reach && Math.abs(right) <= reach;
            double expected = Math.exp(-(down * down + right * right) / (2 * sigma * sigma)) / (whole * whole);
            assertEquals(inside ? expected : 0, mean[i], FLOAT_STEPS, "row " + down + " column " + right);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.8, 2, 5})
    void anyMapIsTheWeightedMeanOfWhatTheFieldHolds(double sigma) {
        SplittableRandom random = new SplittableRandom(5);
        float[] map = new float[SHAPE.pixels()];
        for (int i = 0; i < map.length; i++) {
            map[i] = (float) random.nextDouble(-1, 1);
        }
        float[] mean = mean(map, sigma);
        for (int i = 0; i < mean.length; i++) {
            assertEquals(weightedMean(map, sigma, i / 45, i % 45), mean[i], FLOAT_STEPS);
        }
    }

    private static double weightedMean(float[] map, double sigma, int row, int column) {
        int reach = (int) Math.ceil(3 * sigma);
        double sum = 0;
        double whole = 0;
        for (int r = Math.max(0, row - reach); r <= Math.min(40, row + reach); r++) {
            for (int c = Math.max(0, column - reach); c <= Math.min(44, column + reach); c++) {
                int down = r - row;
                int right = c - column;
                double weight = Math.exp(-(down * down + right * right) / (2 * sigma * sigma));
                sum += weight * map[r * 45 + c];
                whole += weight;
            }
        }
        return sum / whole;
    }

    @Test
    void theResultMayReplaceTheMap() {
        float[] map = SyntheticMaps.withNoise(new float[SHAPE.pixels()], 1, 6);
        float[] expected = mean(map, 2);
        new GaussianMean(SHAPE, 2).of(map, map);
        assertArrayEquals(expected, map);
    }
}
