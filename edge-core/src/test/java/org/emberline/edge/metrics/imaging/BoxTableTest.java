package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.emberline.gpu.imaging.ImageShape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoxTableTest {
    private static final int ROWS = 17;
    private static final int COLUMNS = 23;
    private static final ImageShape SHAPE = new ImageShape(ROWS, COLUMNS);

    private final float[] map = new float[SHAPE.pixels()];
    private final boolean[] chosen = new boolean[SHAPE.pixels()];
    private final BoxTable table = new BoxTable(SHAPE);

    @BeforeEach
    void fill() {
        // Tabulated once before: nothing of an earlier map may be left.
        table.of(SyntheticMaps.withNoise(map, 1, 1), all());
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < map.length; i++) {
            map[i] = (float) random.nextDouble(-3, 3);
            // The left half is nearly full, the right one sparse: both grown and shrunk have something to do.
            chosen[i] = random.nextDouble() < (i % COLUMNS < COLUMNS / 2 ? 0.97 : 0.1);
        }
        table.of(map, chosen);
    }

    private static boolean[] all() {
        boolean[] all = new boolean[SHAPE.pixels()];
        Arrays.fill(all, true);
        return all;
    }

    /** Pixels, chosen ones among them and their sum, one by one. */
    private double[] count(int row, int column, int reach) {
        double[] counts = new double[3];
        for (int i = 0; i < map.length; i++) {
            if (Math.abs(i / COLUMNS - row) <= reach && Math.abs(i % COLUMNS - column) <= reach) {
                counts[0]++;
                counts[1] += chosen[i] ? 1 : 0;
                counts[2] += chosen[i] ? map[i] : 0;
            }
        }
        return counts;
    }

    @Test
    void countsAndMeansAreThoseOfTheChosenPixels() {
        for (int reach = 0; reach < COLUMNS; reach += 1 + reach / 2) {
            for (int i = 0; i < map.length; i++) {
                double[] expected = count(i / COLUMNS, i % COLUMNS, reach);
                assertEquals(expected[1], table.count(i / COLUMNS, i % COLUMNS, reach));
                assertEquals(expected[2] / expected[1], table.mean(i / COLUMNS, i % COLUMNS, reach), 1e-10);
            }
        }
    }

    @Test
    void withoutAChosenPixelThereIsNoMean() {
        table.of(map, new boolean[map.length]);
        assertTrue(Double.isNaN(table.mean(5, 5, 3)));
    }

    @Test
    void grownPixelsHaveAChosenNeighbourAndShrunkOnesNoOther() {
        boolean[] grown = new boolean[map.length];
        boolean[] shrunk = new boolean[map.length];
        int[] differing = new int[2];
        for (int reach = 0; reach < 3; reach++) {
            table.grown(reach, grown);
            table.shrunk(reach, shrunk);
            for (int i = 0; i < map.length; i++) {
                double[] expected = count(i / COLUMNS, i % COLUMNS, reach);
                int whole = (2 * reach + 1) * (2 * reach + 1);
                assertEquals(expected[1] > 0, grown[i]);
                assertEquals(expected[0] == whole && expected[1] == whole, shrunk[i]);
                differing[0] += grown[i] != chosen[i] ? 1 : 0;
                differing[1] += shrunk[i] ? 1 : 0;
            }
        }
        assertTrue(differing[0] > 0 && differing[1] > 0, "the map has something to grow and to shrink");
    }
}
