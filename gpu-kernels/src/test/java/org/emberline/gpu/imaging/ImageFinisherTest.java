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
}
