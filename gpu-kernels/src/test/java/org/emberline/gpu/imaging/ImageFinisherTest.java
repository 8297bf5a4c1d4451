package org.emberline.gpu.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.emberline.gpu.imaging.blocks.ImageFinisher;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the maps are shared among threads. */
final class ImageFinisherTest {

    /** Two threads that made the same pixel of a preview would see each other's unfinished rows. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64, 65, 129, 700, 1001})
    void noPixelOfAPreviewBelongsToTwoParts(int rows) {
        PlanMaker maker = new PlanMaker();
        maker.factor = 1;
        maker.shape = new ImageShape(rows, 30);
        ImagingPlan plan = maker.fields(new Random(2), 10, 1000).plan();
        int largest = 1 << ImageReduction.of(plan).previews().size();
        for (int most = 1; most < 9; most++) {
            ImageFinisher finisher = new ImageFinisher(plan, most);
            assertTrue(finisher.parts() >= 1 && finisher.parts() <= most);
            assertEquals(0, finisher.firstRow(0));
            assertEquals(rows, finisher.firstRow(finisher.parts()));
            for (int part = 0; part < finisher.parts(); part++) {
                assertEquals(0, finisher.firstRow(part) % largest);
                assertTrue(finisher.firstRow(part) < finisher.firstRow(part + 1), "an empty part");
            }
        }
    }

    /** Every value is held against the edges of every bin; all edges are exact in binary. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 48})
    void valuesAtTheEdgesAreCountedWhereTheyBelong(int bins) {
        PlanMaker maker = new PlanMaker();
        maker.factor = 1;
        maker.shape = new ImageShape(3, 1201); // rows that are no whole stretches
        maker.histogram = new HistogramBins(0.5, 2, bins);
        maker.scaling = FlatScaling.NONE;
        ImagingPlan plan = maker.fields(new Random(2), 10, 1000).plan();
        ImageReduction into = ImageReduction.of(plan);
        float[] values = into.opticalDensity();
        fillWithEdges(values, plan.histogram());
        ImageFinisher finisher = new ImageFinisher(plan, 1);
        for (int frame = 0; frame < 2; frame++) { // nothing is left over from the frame before
            finisher.begin(into);
            finisher.part(0, into);
            finisher.conclude(into);
        }
        double width = 1.5 / bins;
        for (int bin = 0; bin < bins; bin++) {
            assertEquals(count(values, 0.5 + bin * width, 0.5 + (bin + 1) * width), into.histogram()[bin]);
        }
        assertEquals(count(values, Double.NEGATIVE_INFINITY, 0.5), into.underflow());
        assertEquals(count(values, 2, Double.MAX_VALUE) + 1, into.overflow(), "with the infinite one");
    }

    private static void fillWithEdges(float[] values, HistogramBins bins) {
        Random random = new Random(3);
        for (int i = 0; i < values.length; i++) {
            float edge = (float) (bins.lower() + random.nextInt(bins.bins() + 1) * bins.width());
            values[i] = switch (random.nextInt(5)) {
                case 0 -> edge;
                case 1 -> Math.nextDown(edge);
                case 2 -> Math.nextUp(edge);
                case 3 -> 3 * random.nextFloat();
                default -> Float.NaN;
            };
        }
        values[7] = Float.POSITIVE_INFINITY;
        values[8] = Float.NEGATIVE_INFINITY;
        values[9] = -1e30f;
        values[10] = 1e30f;
    }

    private static long count(float[] values, double from, double before) {
        long count = 0;
        for (float value : values) {
            count += value >= from && value < before ? 1 : 0;
        }
        return count;
    }
}
