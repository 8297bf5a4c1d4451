package org.emberline.gpu.imaging;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What plans refuse. */
final class ImagingPlanTest {

    private static void assertRefused(String words, Consumer<PlanMaker> change) {
        PlanMaker maker = new PlanMaker().fields(new Random(1), 100, 9000);
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> {
                    change.accept(maker);
                    maker.plan();
                })
                .getMessage());
        assertTrue(message.contains(words), message);
    }

    @Test
    void wrongSettingsAreNamed() {
        assertRefused("dark has 7 pixels, the image 24x36 = 864", maker -> maker.dark = new float[7]);
        assertRefused("flat has 1 pixels", maker -> maker.before = new float[1]);
        assertRefused("second flat has 2 pixels", maker -> maker.after = new float[2]);
        assertRefused("mask has 3 pixels", maker -> maker.mask = new boolean[3]);
        assertRefused("saturation=NaN", maker -> maker.saturationCounts = Double.NaN);
        assertRefused("saturation=0.0", maker -> maker.saturationCounts = 0);
        assertRefused("factor=0", maker -> maker.factor = 0);
        assertRefused("factor=25", maker -> maker.factor = 25);
        assertRefused("width=4", maker -> maker.scaling = new FlatScaling.Rim(4));
        assertRefused("must hold a whole", maker -> maker.scaling = new FlatScaling.Region(1, 1, 6, 6));
        assertRefused("lie inside", maker -> maker.scaling = new FlatScaling.Region(20, 0, 8, 8));
        assertRefused("first_row=-1", maker -> maker.scaling = new FlatScaling.Region(-1, 0, 8, 8));
        assertRefused("counts_per_photon=0", maker -> maker.noise = new PhotonNoise(0, 1, 1));
        assertRefused("flat_frames=NaN", maker -> maker.noise = new PhotonNoise(1, 1, Double.NaN));
        assertRefused("lower=1.0 upper=1.0", maker -> maker.histogram = new HistogramBins(1, 1, 5));
        assertRefused("bins=0", maker -> maker.histogram = new HistogramBins(0, 1, 0));
        assertRefused("rows=0 columns=5", maker -> maker.shape = new ImageShape(0, 5));
        float[] none = new float[0];
        assertThrows(IllegalArgumentException.class, () -> new Flatfield(none, none, 5, none, 5));
    }
}
