package org.emberline.gpu.imaging.maps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.emberline.gpu.imaging.HistogramBins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against numpy and scipy, on a map with unknown pixels. */
final class MapsGoldenTest {
    private final GoldenMaps map = GoldenMaps.read("map");

    private static void assertSame(double[] expected, float[] actual, double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            if (Double.isNaN(expected[i])) {
                assertTrue(Float.isNaN(actual[i]), "pixel " + i + ": " + actual[i]);
            } else {
                assertEquals(expected[i], actual[i], tolerance, "pixel " + i);
            }
        }
    }

    @Test
    void localMean() {
        float[] result = new float[map.shape().pixels()];
        new LocalMean(map.shape()).remove(map.floats(), 3, result);
        assertSame(GoldenMaps.read("local_mean").values(), result, 2e-7);
        float[] inPlace = map.floats();
        new LocalMean(map.shape()).remove(inPlace, 3, inPlace);
        assertSame(GoldenMaps.read("local_mean").values(), inPlace, 2e-7);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void opening(int radius) {
        DiscOpening opening = new DiscOpening(map.shape(), 6);
        float[] result = new float[map.shape().pixels()];
        opening.load(map.floats());
        opening.open(radius, result);
        assertSame(GoldenMaps.read("opening" + radius).values(), result, 0);
    }

    @Test
    void sizesAreWhatTheOpeningsTakeAway() {
        Granulometry granulometry = new Granulometry(map.shape(), 6);
        granulometry.compute(map.floats(), 0.2);
        double all = above(map.values(), 0.2);
        double most = 0;
        for (int radius = 6; radius > 0; radius--) {
            most = Math.max(most, above(GoldenMaps.read("opening" + radius).values(), 0.2));
            assertEquals(1 - most / all, granulometry.distribution()[radius], 1e-7, "radius " + radius);
        }
    }

    private static double above(double[] values, double base) {
        return Arrays.stream(values).filter(v -> v > base).map(v -> v - base).sum();
    }

    @Test
    void autocovariance() {
        RadialAutocorrelation correlation = new RadialAutocorrelation(map.shape(), 9);
        correlation.compute(map.floats());
        double[] covariance = GoldenMaps.read("covariance").values();
        double[] radii = GoldenMaps.read("radii").values();
        for (int ring = 1; ring <= 9; ring++) {
            assertEquals(radii[ring], correlation.radii()[ring], 1e-12, "ring " + ring);
            double found = correlation.correlation()[ring] * correlation.covariance();
            assertEquals(covariance[ring], found, 1e-12, "ring " + ring);
        }
        assertEquals(1 - correlation.covariance() / covariance[0], correlation.noiseShare(), 1e-12);
    }

    @Test
    void regions() {
        Regions regions = new Regions(map.shape());
        boolean[] chosen = new boolean[map.shape().pixels()];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = map.floats()[i] > 1.1;
        }
        for (boolean diagonal : new boolean[] {false, true}) {
            regions.find(chosen, diagonal);
            double[] labels =
                    GoldenMaps.read(diagonal ? "regions8" : "regions4").values();
            int count = (int) Arrays.stream(labels).max().orElseThrow();
            assertEquals(count, regions.count());
            int[] areas = new int[count + 1];
            for (int i = 0; i < labels.length; i++) {
                assertEquals((int) labels[i], regions.labels()[i], "pixel " + i);
                areas[(int) labels[i]]++;
            }
            for (int region = 1; region <= count; region++) {
                assertEquals(areas[region], regions.area(region));
            }
        }
    }

    @Test
    void flux() {
        MinimumFlux flux = new MinimumFlux(map.shape());
        flux.solve(map.floats(), 1);
        assertSame(GoldenMaps.read("flux_down").values(), flux.rowFlux(), 1e-6);
        assertSame(GoldenMaps.read("flux_across").values(), flux.columnFlux(), 1e-6);
        float[] once = flux.rowFlux().clone();
        flux.solve(map.floats(), 2);
        assertEquals(2 * once[5], flux.rowFlux()[5], 1e-6);
    }

    @Test
    void unevenness() {
        Unevenness unevenness = new Unevenness(map.shape());
        assertEquals(GoldenMaps.read("gini").values()[0], unevenness.gini(map.floats()), 1e-12);
        assertEquals(GoldenMaps.read("morans_i").values()[0], unevenness.moransI(map.floats()), 1e-12);
    }

    @Test
    void threshold() {
        double[] counts = GoldenMaps.read("otsu_counts").values();
        double[] expected = GoldenMaps.read("otsu").values();
        long[] histogram = Arrays.stream(counts).mapToLong(c -> (long) c).toArray();
        Otsu otsu = Otsu.of(histogram, new HistogramBins(-1, 3, histogram.length));
        assertEquals(-1 + 0.1 * expected[0], otsu.threshold(), 1e-12);
        assertEquals(expected[1], otsu.separability(), 1e-12);
        double upper = Arrays.stream(counts).skip((int) expected[0]).sum();
        assertEquals(upper / Arrays.stream(counts).sum(), otsu.upperShare(), 1e-12);
    }
}
