package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MedianTest {
    @Test
    void itIsWhereSortingPutsIt() {
        SplittableRandom random = new SplittableRandom(8);
        for (int trial = 0; trial < 2000; trial++) {
            int count = random.nextInt(1, 60);
            int kinds = random.nextInt(1, 100);
            double[] values =
                    random.doubles(70).map(value -> Math.rint(value * kinds)).toArray();
            double[] sorted = Arrays.copyOf(values, count);
            Arrays.sort(sorted);
            assertEquals(sorted[count / 2], Median.of(values, count));
        }
    }
}
