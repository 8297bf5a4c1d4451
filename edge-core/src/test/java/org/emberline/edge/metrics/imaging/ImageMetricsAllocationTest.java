package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.emberline.edge.metrics.imaging.ImageMetrics.Absorption;
import org.junit.jupiter.api.Test;

/** All image metrics on radiographs that have a sample, so that no metric stops early. */
class ImageMetricsAllocationTest {
    private static final int SIDE = 64;
    private static final int WARM_UP = 600;
    private static final int MEASURED = 200;
    /** A few small records: a shift, what Otsu found. */
    private static final long FEW_BYTES = 256;

    private final List<Absorption> pair = List.of(Bench.LOW, Bench.HIGH);
    private final Bench bench = new Bench(SIDE, pair);
    private final List<float[]> maps = List.of(sample(Bench.LOW, 1, 32), sample(Bench.HIGH, 2, 34));

    private static float[] sample(Absorption energy, long seed, double column) {
        float[] map = SyntheticMaps.seen(SyntheticMaps.square(SIDE), SyntheticMaps.ball(31.7, column, 19));
        for (int i = 0; i < map.length; i++) {
            int row = i / SIDE;
            int across = i % SIDE;
            double waves = 1 + 0.2 * Math.cos(0.8 * row) * Math.cos(0.8 * across);
            double dopant = map[i] > 0 ? 500 : 0;
            map[i] = (float)
                    (waves * 0.4 * map[i] * energy.oxidePerMicrometre() + 1e-6 * energy.bariumCm2PerGram() * dopant);
        }
        return SyntheticMaps.withNoise(map, 0.003, seed);
    }

    private void measure(int from, int to) {
        for (int frame = from; frame < to; frame++) {
            bench.next(pair.get(frame % 2), maps.get(frame % 2), frame, 20);
            bench.measure();
        }
    }

    @Test
    void measuringAllocatesAFewSmallRecordsAtMost() {
        measure(0, WARM_UP);
        ThreadMXBean meters = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = meters.getCurrentThreadAllocatedBytes();
        measure(WARM_UP, WARM_UP + MEASURED);
        long allocated = meters.getCurrentThreadAllocatedBytes() - before;
        assertTrue(Double.isFinite(bench.value("porosity")) && Double.isFinite(bench.value("dopant_mass")));
        assertTrue(allocated / MEASURED <= FEW_BYTES, () -> allocated + " bytes in " + MEASURED + " frames");
    }
}
