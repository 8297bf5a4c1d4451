package org.emberline.edge.twin;

import static org.emberline.edge.twin.RadiographScenario.PIXEL;
import static org.emberline.edge.twin.RadiographScenario.RUN_SECONDS;
import static org.emberline.edge.twin.RadiographScenario.expected;
import static org.emberline.edge.twin.RadiographScenario.frame;
import static org.emberline.edge.twin.RadiographScenario.image;
import static org.emberline.edge.twin.RadiographScenario.plain;
import static org.emberline.edge.twin.RadiographScenario.still;
import static org.emberline.edge.twin.RadiographScenario.sum;
import static org.emberline.edge.twin.RadiographScenario.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One effect at a time, each against its closed form. */
class RadiographTest {
    private static final int SIDE = 160;
    private static final double RADIUS = 2.5;

    private static Radiograph made(RadiographSettings settings, SampleHistory history, int frames) {
        return new Radiograph(settings, 17, history, frames, RUN_SECONDS);
    }

    /** Chord of the dense ball through a pixel's centre. */
    private static double chord(int pixel) {
        int row = pixel / SIDE;
        double x = (pixel % SIDE + 0.5 - SIDE / 2.0) * PIXEL;
        double y = (row + 0.5 - SIDE / 2.0) * PIXEL;
        return 2 * Math.sqrt(Math.max(0, RADIUS * RADIUS - x * x - y * y));
    }

    /** Without pores the agglomerate is a ball, whatever its grains: 5 um of oxide in the middle. Coefficients: science report, 2d. */
    @ParameterizedTest
    @CsvSource({"5.24, 0.0458", "8.30, 0.0454", "8.40, 0.0843"})
    void opticalDensityIsCoefficientTimesThickness(double kev, double perMicrometre) {
        Radiograph radiograph = made(plain(SIDE, RADIUS, kev), still(0.9, 0), 2);
        double[] photons = expected(radiograph, 0);
        int checked = 0;
        for (int i = 0; i < photons.length; i++) {
            if (chord(i) > 3) {
                assertEquals(perMicrometre * chord(i), -Math.log(photons[i] / 1e4), 1e-3 * perMicrometre * chord(i));
                checked++;
            } else if (chord(i) == 0 && chord(i + (i % SIDE == SIDE - 1 ? 0 : 1)) == 0) {
                assertTrue(photons[i] <= 1e4);
            }
        }
        assertTrue(checked > 5000, "checked=" + checked);
        // 0.23 at 8.3 and 0.42 at 8.4 keV: science report, section 0
        int middle = SIDE / 2 * SIDE + SIDE / 2;
        assertEquals(5 * perMicrometre, -Math.log(photons[middle] / 1e4), 2e-3 * perMicrometre);
    }

    /** 1 mol % in one single grain: 33.7 ug/cm2 in 5 um, 393 cm2/g across the edge, less the oxide's own change (report, 2f). */
    @Test
    void bariumShowsAcrossItsEdge() {
        SampleHistory history = seconds -> RadiographScenario.layered(seconds, 25, 1e3, 0, seconds > 0 ? 0 : 0.01, 0);
        Radiograph radiograph = made(plain(SIDE, RADIUS, 5.24, 5.255), history, 2);
        double[] below = expected(radiograph, 0);
        double[] above = expected(radiograph, 1);
        double perMicrometre = 4.74 * 0.01 * 137.33 / 96.56 * 1e-4;
        for (int i = 0; i < below.length; i++) {
            if (chord(i) > 3) {
                double change = chord(i) * (393 * perMicrometre + 0.0454 - 0.0458);
                assertEquals(change, Math.log(below[i] / above[i]), 2e-3 * 393 * perMicrometre * chord(i));
            }
        }
        assertEquals(0.0132, 393 * perMicrometre * 5, 1e-4);
    }

    @Test
    void blurIsAGaussianOfTheStatedWidth() {
        RadiographSettings sharp = plain(SIDE, 2, 8.4);
        RadiographSettings blurred = with(sharp, new RadiographSettings.Optics(List.of(8.4), 1e4, 200, 0, 0));
        double[] before = expected(made(sharp, still(0.9, 0.3), 2), 0);
        double[] after = expected(made(blurred, still(0.9, 0.3), 2), 0);
        double sigma = 200 / (PIXEL * 1e3) / 2.354820045;
        for (int row = 40; row < 120; row += 5) {
            for (int column = 40; column < 120; column += 5) {
                double weighted = 0;
                double weights = 0;
                for (int down = -14; down <= 14; down++) {
                    for (int right = -14; right <= 14; right++) {
                        double weight = Math.exp(-(down * down + right * right) / (2 * sigma * sigma));
                        weighted += weight * before[(row + down) * SIDE + column + right];
                        weights += weight;
                    }
                }
                assertEquals(weighted / weights, after[row * SIDE + column], 5);
            }
        }
        assertEquals(sum(before), sum(after), 1e-9 * sum(before));
        assertTrue(rms(before, after) > 0.01, "rms=" + rms(before, after));
    }

    /** The middle of a ball of radius R brightens or darkens by z delta 4/R. */
    @Test
    void defocusMakesFringesOfTheStatedStrength() {
        RadiographSettings focus = plain(SIDE, RADIUS, 8.4);
        RadiographSettings off = with(focus, new RadiographSettings.Optics(List.of(8.4), 1e4, 0, 50, 0));
        double[] before = expected(made(focus, still(0.9, 0), 2), 0);
        double[] after = expected(made(off, still(0.9, 0), 2), 0);
        int middle = SIDE / 2 * SIDE + SIDE / 2;
        // 1.326e-5 = 2.818e-15 m x (0.1476 nm)^2 x 1357 electrons/nm3 / 2 pi
        assertEquals(-50 * 1.326e-5 * 4 / RADIUS, after[middle] / before[middle] - 1, 2e-5);
        // Bright outside, dark inside of the outline.
        assertTrue(
                after[middle + 73] / before[middle + 73] > 1.002 || after[middle + 72] / before[middle + 72] > 1.002);
    }

    @Test
    void theFlatHasTheStatedStructureAndDrift() {
        RadiographSettings settings = with(plain(SIDE, 1, 8.4), new RadiographSettings.Flat(0.1, 0.02));
        FlatField flat = new FlatField(settings, 17);
        double structure = 0;
        double drift = 0;
        for (int i = 0; i < SIDE * SIDE; i++) {
            structure += Math.pow(flat.expected(i, 0) / 1e4 - 1, 2);
            drift += Math.pow(flat.expected(i, 0.5) / flat.expected(i, 0) - 1, 2);
        }
        assertEquals(0.1, Math.sqrt(structure / SIDE / SIDE), 1e-9);
        assertEquals(0.01, Math.sqrt(drift / SIDE / SIDE), 1e-9);
        Radiograph radiograph = made(settings, still(0.5, 0.1), 4);
        double[] last = expected(radiograph, 3);
        for (int i = 0; i < SIDE; i++) {
            assertEquals(flat.expected(i, 0.875), last[i], 1e-9 * last[i], "an empty pixel of the first row");
        }
        assertEquals(0.0175, radiograph.truth(3).instrument().flatDrift(), 1e-12);
    }

    @Test
    void photonsArePoissonAndGainAndDarkAreAsStated() {
        RadiographSettings settings =
                with(plain(SIDE, RADIUS, 8.4), new RadiographSettings.Camera(SIDE, SIDE, PIXEL * 1e3, 250, 0, 2, 0, 0));
        Radiograph radiograph = made(settings, still(0.9, 0.2), 3);
        double[] photons = expected(radiograph, 1);
        int[] counts = frame(radiograph, 1);
        double chi = 0;
        double excess = 0;
        for (int i = 0; i < counts.length; i++) {
            double detected = (counts[i] - 250) / 2.0;
            assertEquals(Math.rint(detected), detected, 0);
            excess += detected - photons[i];
            chi += Math.pow(detected - photons[i], 2) / photons[i];
        }
        assertEquals(0, excess / Math.sqrt(sum(photons)), 4);
        assertEquals(0, (chi - counts.length) / Math.sqrt(2.0 * counts.length), 4);
    }

    @Test
    void darkFramesHoldLevelReadNoiseAndHotPixels() {
        RadiographSettings settings =
                with(plain(SIDE, 1, 8.4), new RadiographSettings.Camera(SIDE, SIDE, PIXEL * 1e3, 300, 5, 1, 37, 4000));
        Radiograph radiograph = made(settings, still(0.5, 0.1), 2);
        int[] dark = image(radiograph, pixels -> radiograph.dark(0, pixels));
        int hot = 0;
        double total = 0;
        double square = 0;
        for (int i = 0; i < dark.length; i++) {
            if (dark[i] > 2000) {
                assertEquals(4300, dark[i], 30);
                assertTrue(radiograph.hot(i));
                hot++;
            } else {
                total += dark[i] - 300;
                square += (dark[i] - 300.0) * (dark[i] - 300.0);
            }
        }
        assertEquals(37, hot);
        assertEquals(37, radiograph.truth(0).instrument().hotPixels());
        int cold = dark.length - 37;
        assertEquals(0, total / cold, 4 * 5 / Math.sqrt(cold));
        // Rounding adds a twelfth.
        assertEquals(25 + 1 / 12.0, square / cold, 4 * 25 * Math.sqrt(2.0 / cold));
        assertTrue(Arrays.mismatch(dark, image(radiograph, pixels -> radiograph.dark(1, pixels))) >= 0);
    }

    @Test
    void flatFramesShowTheFlatOfTheStart() {
        RadiographSettings settings = with(plain(SIDE, 1, 8.4), new RadiographSettings.Flat(0.1, 0.02));
        Radiograph radiograph = made(settings, still(0.5, 0.1), 2);
        FlatField field = new FlatField(settings, 17);
        int[] flat = image(radiograph, pixels -> radiograph.flat(3, pixels));
        double chi = 0;
        for (int i = 0; i < flat.length; i++) {
            chi += Math.pow(flat[i] - 100 - field.expected(i, 0), 2) / field.expected(i, 0);
        }
        assertEquals(0, (chi - flat.length) / Math.sqrt(2.0 * flat.length), 4);
    }

    /** The centre of mass moves by the stated amount per 100 K; frame 4 of 10 is 45 K above the start. */
    @Test
    void theSampleDriftsWithTemperature() {
        RadiographSettings.Sample moving = new RadiographSettings.Sample(300, RADIUS - 0.5, true, 0.3, -0.2, 0, 0);
        RadiographSettings settings = with(plain(SIDE, RADIUS, 8.4), moving);
        Radiograph radiograph = made(settings, still(0.9, 0.2), 10);
        double[] start = centre(radiograph.shadow(0).oxide());
        double[] later = centre(radiograph.shadow(4).oxide());
        assertEquals(0.3 * 0.4, later[0] - start[0], 1e-3);
        assertEquals(-0.2 * 0.4, later[1] - start[1], 1e-3);
        RadiographTruth truth = radiograph.truth(4);
        assertEquals(0.135, truth.instrument().driftXMicrometres(), 1e-9);
        assertEquals(-0.09, truth.instrument().driftYMicrometres(), 1e-9);
        assertEquals(0, truth.movedFraction(), 1e-12);
        assertTrue(truth.movedFractionAsSeen() > 0.03, "as seen=" + truth.movedFractionAsSeen());
    }

    private static double[] centre(double[] map) {
        double x = 0;
        double y = 0;
        for (int i = 0; i < map.length; i++) {
            int row = i / SIDE;
            x += map[i] * (i % SIDE);
            y += map[i] * row;
        }
        return new double[] {x / sum(map) * PIXEL, y / sum(map) * PIXEL};
    }

    /** 45 degrees in 50 K, twice: a quarter turn puts every pixel onto another. */
    @Test
    void theSampleTurnsWithTemperature() {
        RadiographSettings.Sample turning = new RadiographSettings.Sample(300, RADIUS, true, 0, 0, 45, 0);
        SampleHistory history =
                seconds -> RadiographScenario.layered(seconds, seconds > RUN_SECONDS / 2 ? 225 : 25, 0.9, 0.3, 0.01, 1);
        Radiograph radiograph = made(with(plain(SIDE, RADIUS, 8.4), turning), history, 2);
        double[] oxide = radiograph.shadow(0).oxide().clone();
        double[] barium = radiograph.shadow(0).barium().clone();
        ProjectedSample turned = radiograph.shadow(1);
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                int onto = column * SIDE + SIDE - 1 - row;
                assertEquals(oxide[row * SIDE + column], turned.oxide()[onto], 1e-6);
                assertEquals(
                        barium[row * SIDE + column], turned.barium()[onto], 1e-6 + 1e-6 * barium[row * SIDE + column]);
            }
        }
        assertEquals(90, radiograph.truth(1).instrument().rotationDegrees(), 1e-9);
    }

    @Test
    void energiesTakeTurns() {
        Radiograph radiograph = made(plain(SIDE, RADIUS, 8.3, 8.4), still(0.9, 0), 4);
        int middle = SIDE / 2 * SIDE + SIDE / 2;
        double first = -Math.log(expected(radiograph, 2)[middle] / 1e4);
        double second = -Math.log(expected(radiograph, 3)[middle] / 1e4);
        assertEquals(0.0843 / 0.0454, second / first, 1e-9);
        assertEquals(8.3, radiograph.truth(2).energyKev());
    }

    @Test
    void aFrameCanBeMadeAgainAlone() {
        RadiographSettings settings = RadiographScenario.usual();
        Radiograph radiograph = made(settings, RadiographScenario::calcination, 20);
        int[] ninth = frame(radiograph, 9);
        radiograph.truth(3);
        frame(radiograph, 17);
        assertEquals(-1, Arrays.mismatch(ninth, frame(radiograph, 9)));
        assertEquals(-1, Arrays.mismatch(ninth, frame(made(settings, RadiographScenario::calcination, 20), 9)));
        assertEquals(
                radiograph.truth(9),
                made(settings, RadiographScenario::calcination, 20).truth(9));
        Radiograph reseeded = new Radiograph(settings, 18, RadiographScenario::calcination, 20, RUN_SECONDS);
        assertTrue(Arrays.mismatch(ninth, frame(reseeded, 9)) >= 0);
    }

    @Test
    void settingsWithProblemsAreRefused() {
        RadiographSettings unknown = plain(SIDE, RADIUS, 7.0);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> made(unknown, still(1, 0.1), 2));
        assertEquals(
                "simulation.radiograph.optics.energies_kev=7.0 must be one of [5.24, 5.255, 5.28, 8.3, 8.4]",
                refused.getMessage());
    }

    @Test
    void aFrameAllocatesNothingButItsState() {
        Radiograph radiograph = made(RadiographScenario.usual(), RadiographScenario::calcination, 60);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pixels = arena.allocate(radiograph.bytes(), 64);
            for (int i = 0; i < 60; i++) {
                radiograph.expose(i, pixels);
            }
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long begin = System.nanoTime();
            int frames = 60;
            for (int i = 0; i < frames; i++) {
                radiograph.expose(i, pixels);
            }
            long nanos = System.nanoTime() - begin;
            long allocated = (threads.getCurrentThreadAllocatedBytes() - bytes) / frames;
            begin = System.nanoTime();
            for (int i = 0; i < frames; i += 5) {
                radiograph.truth(i);
            }
            System.out.printf(
                    "radiograph: %.1f ms per frame of 256 x 256 with 300 grains, %.1f ms per truth, %d bytes%n",
                    nanos / 1e6 / frames, (System.nanoTime() - begin) / 1e6 / frames * 5, allocated);
            // One SampleState is 136 bytes; the enum's look-up of an energy may copy its values.
            assertTrue(allocated < 512, "allocated=" + allocated);
        }
    }

    private static double rms(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum / a.length);
    }
}
