package org.emberline.edge.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.emberline.gpu.Backend;
import org.emberline.gpu.NoDeviceException;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.ProbeReport;
import org.emberline.gpu.imaging.ImageReducer;
import org.emberline.gpu.imaging.ImageReducers;
import org.emberline.gpu.imaging.ImageReduction;
import org.junit.jupiter.api.Test;

/** The synthetic radiographs are what the help says they are. */
class ImageSceneTest {
    private static final ImageSettings SETTINGS = new ImageSettings(512, 4);

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    @Test
    void darkFlatAndDensityAreAsSaid() throws NoDeviceException {
        try (ImageScene scene = new ImageScene(SETTINGS)) {
            assertEquals(100, mean(scene.plan().flatfield().dark()), 0.5);
            assertEquals(18_000, mean(scene.plan().flatfield().before()), 500);
            ImageReduction result = ImageReduction.of(scene.plan());
            ProbeReport nothing = new ProbeReport(List.of(), "not looked for");
            try (ImageReducer reducer =
                    ImageReducers.open(Backend.CPU, scene.plan(), nothing).reducer()) {
                reducer.reduce(scene.frame(0), 0, result);
            }
            assertEquals(SETTINGS.pixels(), result.totalValidPixels());
            float[] sorted = result.opticalDensity().clone();
            Arrays.sort(sorted);
            assertEquals(0, sorted[sorted.length / 20], 0.01);
            assertEquals(2, sorted[sorted.length - 1], 0.05);
            assertEquals(0, result.underflow() + result.overflow());
        }
    }

    /** Two frames of the same scene differ by the noise of both. */
    @Test
    void theNoiseIsThatOfPhotons() {
        try (ImageScene scene = new ImageScene(SETTINGS)) {
            double squares = 0;
            double counts = 0;
            for (int pixel = 0; pixel < SETTINGS.pixels(); pixel++) {
                double one = PixelFormat.U16.read(scene.frame(1), pixel);
                double two = PixelFormat.U16.read(scene.frame(2), pixel);
                squares += (one - two) * (one - two);
                counts += one + two;
            }
            assertEquals(1, squares / counts, 0.02);
        }
    }

    @Test
    void framesDifferFromEachOtherAndAreTheSameEachTime() {
        try (ImageScene one = new ImageScene(SETTINGS);
                ImageScene two = new ImageScene(SETTINGS)) {
            for (int i = 0; i < ImageScene.FRAMES; i++) {
                assertEquals(-1, one.frame(i).mismatch(two.frame(i)));
            }
            assertNotEquals(-1, one.frame(0).mismatch(one.frame(1)));
            assertTrue(Arrays.equals(
                    one.plan().flatfield().dark(), two.plan().flatfield().dark()));
        }
    }
}
