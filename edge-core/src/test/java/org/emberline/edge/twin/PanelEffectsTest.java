package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Every imperfection of the panel, and everything a frame meets, against its stated size. */
class PanelEffectsTest {
    private static final int SIDE = 256;
    private static final SampleState STATE = RingScenario.layered(0, 500, 0.2);

    private static RingPanel panel(PanelEffects effects) {
        return panel(effects, 1 << 30);
    }

    private static RingPanel panel(PanelEffects effects, int saturation) {
        SimulationSettings.Panel p = RingScenario.whole(SIDE);
        SimulationSettings.Panel clipped = new SimulationSettings.Panel(
                SIDE,
                SIDE,
                p.pixelMetres(),
                p.distanceMetres(),
                p.poni1Metres(),
                p.poni2Metres(),
                0,
                0,
                0,
                p.wavelengthMetres(),
                SIDE,
                SIDE,
                0,
                0,
                0,
                saturation);
        RingSettings settings = new RingSettings(RingScenario.withoutHalos(1, false), RingScenario.GRAINS, effects);
        return new RingPanel(clipped, RingScenario.beam(2000, 100), settings, 3);
    }

    private static double[] expected(RingPanel panel, SampleState state, FrameConditions conditions) {
        double[] counts = new double[panel.pixels()];
        panel.expected(state, conditions, false, counts);
        return counts;
    }

    @Test
    void flatFieldAndDarkFrameAreTheKnownMaps() {
        PanelEffects effects = new PanelEffects(0.05, 0.02, 3, 0.25, 20, 4, 0, 0, 0);
        RingPanel panel = panel(effects);
        double[] ideal = expected(panel(PanelEffects.NONE), STATE, FrameConditions.NORMAL);
        double[] seen = expected(panel, STATE, FrameConditions.NORMAL);
        float[] flat = panel.flatField();
        float[] dark = panel.darkFrame();
        double squares = 0;
        double rough = 0;
        for (int i = 0; i < seen.length; i++) {
            assertEquals(ideal[i], (seen[i] - dark[i]) / flat[i], 1e-3 + 1e-5 * ideal[i]);
            squares += Math.pow(flat[i] - 1, 2) / seen.length;
            rough += i % SIDE == 0 ? 0 : Math.pow(flat[i] - flat[i - 1], 2) / seen.length / 2;
        }
        assertEquals(0.02, Math.sqrt(rough), 0.0005, "pixel to pixel");
        // The smooth part is a product of two cosines: a mean square of a quarter.
        assertEquals(0.05 * 0.05 / 4 + 0.02 * 0.02, squares, 0.03 * squares, "all");
    }

    @Test
    void darkFramesHaveTheStatedMeanAndSpread() {
        RingPanel panel = panel(new PanelEffects(0.05, 0.02, 30, 0.2, 40, 5, 0, 0, 0.5));
        float[] dark = panel.darkFrame();
        int frames = 20;
        double mean = 0;
        double squares = 0;
        double chi = 0;
        for (int k = 0; k < frames; k++) {
            int[] counts = RingScenario.expose(panel, k, STATE, FrameConditions.DARK);
            for (int i = 0; i < counts.length; i++) {
                mean += counts[i] / (double) (frames * counts.length);
                chi += counts[i] - dark[i];
            }
        }
        for (float value : dark) {
            squares += Math.pow(value - 70, 2) / dark.length;
        }
        assertEquals(70, mean, 0.15);
        assertEquals(0, chi / Math.sqrt(30.0 * frames * dark.length), 4);
        assertEquals(6 * 6 + 5 * 5 + 1 / 12.0, squares, 2, "spread of current and offset");
    }

    @Test
    void hotPixelsAreTheKnownOnes() {
        RingPanel panel = panel(new PanelEffects(0, 0, 0, 0, 0, 0, 0.01, 400, 0));
        boolean[] hot = panel.hotPixels();
        int[] counts = RingScenario.expose(panel, 0, STATE, FrameConditions.DARK);
        int number = 0;
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            number += hot[i] ? 1 : 0;
            sum += hot[i] ? counts[i] : 0;
            assertTrue(hot[i] ? counts[i] > 250 : counts[i] == 0, "pixel=" + i + " counts=" + counts[i]);
        }
        assertEquals(0, (number - 0.01 * hot.length) / Math.sqrt(0.01 * hot.length), 4, "number=" + number);
        assertEquals(0, (sum - 400.0 * number) / Math.sqrt(400.0 * number), 4);
    }

    /** Blurred and sharp image have the same sum, and the variance of a ring's profile grows by sigma squared. */
    @Test
    void theBlurHasTheStatedWidthAndKeepsTheCounts() {
        for (double sigma : new double[] {0.4, 1.2, 3}) {
            float[] image = new float[101 * 81];
            image[50 * 81 + 40] = 1000;
            new PointSpread(101, 81, sigma).blur(image);
            double sum = 0;
            double down = 0;
            double right = 0;
            for (int i = 0; i < image.length; i++) {
                int row = Math.floorDiv(i, 81);
                sum += image[i];
                down += image[i] * Math.pow(row - 50, 2) / 1000;
                right += image[i] * Math.pow(i % 81 - 40, 2) / 1000;
            }
            assertEquals(1000, sum, 0.01);
            assertEquals(sigma * sigma, down, 2e-3 * sigma * sigma);
            assertEquals(sigma * sigma, right, 2e-3 * sigma * sigma);
        }
        double[] sharp = expected(panel(PanelEffects.NONE), STATE, FrameConditions.NORMAL);
        double[] blurred =
                expected(panel(new PanelEffects(0, 0, 0, 0, 0, 0, 0, 0, 1.2)), STATE, FrameConditions.NORMAL);
        assertEquals(
                Arrays.stream(sharp).sum(),
                Arrays.stream(blurred).sum(),
                1e-3 * Arrays.stream(sharp).sum());
        double grown = profileVariance(blurred) - profileVariance(sharp);
        assertEquals(1.2 * 1.2, grown, 0.06 * 1.2 * 1.2);
    }

    /** Of the 003 ring along the row through the centre, in pixels squared, background at its feet taken off. */
    private static double profileVariance(double[] image) {
        int row = SIDE / 2 * SIDE;
        double radius = 0.4 * Math.tan(2 * Math.asin(0.1845 / 2 / 4.77)) / 4e-4 - 0.5 + SIDE / 2.0;
        int reach = 9;
        int middle = (int) Math.round(radius);
        double low = Math.min(image[row + middle - reach], image[row + middle + reach]);
        double sum = 0;
        double first = 0;
        double second = 0;
        for (int i = middle - reach; i <= middle + reach; i++) {
            double net = image[row + i] - low;
            sum += net;
            first += net * i;
            second += net * i * i;
        }
        return second / sum - first * first / (sum * sum);
    }

    @Test
    void nothingShowsMoreThanSaturation() {
        PanelEffects effects = new PanelEffects(0, 0, 3, 0, 20, 0, 0, 0, 0);
        int[] free = RingScenario.expose(panel(effects), 0, STATE, FrameConditions.NORMAL);
        int[] clipped = RingScenario.expose(panel(effects, 200), 0, STATE, FrameConditions.NORMAL);
        int saturated = 0;
        for (int i = 0; i < free.length; i++) {
            assertEquals(Math.min(free[i], 200), clipped[i]);
            saturated += clipped[i] == 200 ? 1 : 0;
        }
        assertTrue(saturated > 100 && saturated < free.length / 2, "saturated=" + saturated);
    }

    @Test
    void beamAndVolumeScaleWhatTheyShould() {
        RingPanel panel = panel(new PanelEffects(0, 0, 5, 0, 0, 0, 0, 0, 0));
        double[] full = expected(panel, STATE, FrameConditions.NORMAL);
        double[] half = expected(panel, STATE, new FrameConditions(0.5, 1, 0, true));
        double[] slumped = expected(panel, STATE, new FrameConditions(1, 0.7, 0, true));
        double[] gone = expected(panel, STATE, new FrameConditions(1, 0, 0, true));
        double[] dark = expected(panel, STATE, FrameConditions.DARK);
        for (int i = 0; i < full.length; i++) {
            assertEquals(5, dark[i], 1e-6);
            assertEquals((full[i] - 5) / 2, half[i] - 5, 1e-5 * full[i]);
            assertEquals(0.7 * (full[i] - gone[i]), slumped[i] - gone[i], 1e-4 * full[i]);
        }
        assertEquals(
                0.7,
                panel.truth(STATE, new FrameConditions(1, 0.7, 0, true))
                                .rings()
                                .get(0)
                                .grains()
                        / panel.truth(STATE, FrameConditions.NORMAL)
                                .rings()
                                .get(0)
                                .grains(),
                1e-9);
    }

    /** A sample 10 mm farther away: rings of 0.4 m grow by 2.5 %, and a pixel covers less of the sphere. */
    @Test
    void aDisplacedSampleHasLargerRings() {
        RingPanel panel = panel(PanelEffects.NONE);
        double[] near = expected(panel, STATE, FrameConditions.NORMAL);
        double[] far = expected(panel, STATE, new FrameConditions(1, 1, 10e-3, true));
        double theta = Math.asin(0.1845 / 2 / (2.0372 * (1 + 19e-6 * 473)));
        double ring = 0.4 * Math.tan(2 * theta) / 4e-4;
        double moved = centre(far, ring * 410 / 400) - centre(near, ring);
        assertEquals(ring * 10 / 400, moved, 0.03);
        SampleState nothing = new SampleState(0, 27, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0);
        double[] smooth = expected(panel, nothing, FrameConditions.NORMAL);
        double[] smoothFar = expected(panel, nothing, new FrameConditions(1, 1, 10e-3, true));
        for (int i = 0; i < smooth.length; i++) {
            assertEquals(Math.pow(400 / 410.0, 2), smoothFar[i] / smooth[i], 1e-6);
        }
    }

    /** Where a ring crosses the row through the centre, in pixels from the middle: vertex of a parabola through three logarithms. */
    private static double centre(double[] image, double radius) {
        int row = SIDE / 2 * SIDE + SIDE / 2;
        int middle = (int) Math.round(radius - 0.5);
        double background = Math.min(image[row + middle - 5], image[row + middle + 5]);
        int best = middle - 2;
        for (int i = middle - 2; i <= middle + 2; i++) {
            best = image[row + i] > image[row + best] ? i : best;
        }
        double left = Math.log(image[row + best - 1] - background);
        double top = Math.log(image[row + best] - background);
        double right = Math.log(image[row + best + 1] - background);
        return best + 0.5 + (left - right) / (2 * (left - 2 * top + right));
    }

    /** With normals along 001 the 003 ring shows March's function itself: bright upright, dim to the side. */
    @Test
    void fibreTextureIsSeenAroundTheRing() {
        double[] plain = new double[SIDE * SIDE];
        double[] textured = new double[SIDE * SIDE];
        SimulationSettings.Panel geometry = RingScenario.whole(SIDE);
        for (boolean fibre : new boolean[] {false, true}) {
            RingSettings settings = new RingSettings(
                    RingScenario.withoutHalos(fibre ? 0.8 : 1, fibre), RingScenario.GRAINS, PanelEffects.NONE);
            new RingPanel(geometry, RingScenario.beam(2000, 0), settings, 3)
                    .expected(STATE, FrameConditions.NORMAL, false, fibre ? textured : plain);
        }
        double radius = 0.4 * Math.tan(2 * Math.asin(0.1845 / 2 / 4.77)) / 4e-4;
        int out = (int) Math.round(radius - 0.5);
        int middle = SIDE / 2;
        int upright = (middle + out) * SIDE + middle;
        int aside = middle * SIDE + middle + out;
        assertEquals(Math.pow(0.64, -1.5), textured[upright] / plain[upright], 0.03);
        assertEquals(Math.pow(1 / 0.8, -1.5), textured[aside] / plain[aside], 0.01);
    }
}
