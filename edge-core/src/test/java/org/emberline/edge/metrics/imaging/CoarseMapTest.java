package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.emberline.gpu.imaging.ImageShape;
import org.junit.jupiter.api.Test;

class CoarseMapTest {
    private static final int ROWS = 14;
    private static final int COLUMNS = 23;
    private static final int FACTOR = 4;

    private final CoarseMap coarse = new CoarseMap(new ImageShape(ROWS, COLUMNS), FACTOR);

    @Test
    void whatFillsNoSquareIsLeftOut() {
        assertEquals(new ImageShape(3, 5), coarse.shape());
        assertEquals(FACTOR, coarse.factor());
        assertEquals(15, coarse.values().length);
    }

    @Test
    void everySquareHasItsMeanAndItsShare() {
        float[] map = SyntheticMaps.withNoise(new float[ROWS * COLUMNS], 1, 4);
        boolean[] chosen = new boolean[map.length];
        for (int i = 0; i < map.length; i++) {
            chosen[i] = map[i] > 0.3;
        }
        double[] sums = new double[15];
        int[] counts = new int[15];
        for (int i = 0; i < map.length; i++) {
            int row = i / COLUMNS / FACTOR;
            int column = i % COLUMNS / FACTOR;
            if (row < 3 && column < 5) {
                sums[row * 5 + column] += map[i];
                counts[row * 5 + column] += chosen[i] ? 1 : 0;
            }
        }
        coarse.of(map);
        for (int square = 0; square < 15; square++) {
            assertEquals(sums[square] / 16, coarse.values()[square], 1e-6);
            assertEquals(counts[square] / 16.0, coarse.share(chosen, square), 0);
        }
    }
}
