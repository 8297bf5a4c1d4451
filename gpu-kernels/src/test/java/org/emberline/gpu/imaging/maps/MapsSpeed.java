package org.emberline.gpu.imaging.maps;

import java.util.Locale;
import java.util.Random;
import org.emberline.gpu.imaging.HistogramBins;
import org.emberline.gpu.imaging.ImageShape;

/**
 * Times everything that is done with a map of 512 x 512, on one thread. Not a test: {@code java -cp target/classes:target/test-classes
 * org.emberline.gpu.imaging.maps.MapsSpeed}.
 */
final class MapsSpeed {
    private static final ImageShape SHAPE = new ImageShape(512, 512);
    private static final int ROUNDS = 30;

    private final float[] map = new float[SHAPE.pixels()];
    private final float[] result = new float[SHAPE.pixels()];
    private final boolean[] chosen = new boolean[SHAPE.pixels()];
    private double total;

    private MapsSpeed() {
        Random random = new Random(1);
        for (int i = 0; i < map.length; i++) {
            map[i] = (float) (1 + Math.sin(i % 512 / 5.0) * Math.cos(i / 512.0 / 7) + 0.1 * random.nextGaussian());
            chosen[i] = map[i] > 1;
        }
    }

    public static void main(String[] arguments) {
        new MapsSpeed().all();
    }

    private void all() {
        LocalMean mean = new LocalMean(SHAPE);
        time("local mean", () -> mean.remove(map, 40, result));
        PhaseCorrelation correlation = new PhaseCorrelation(SHAPE);
        correlation.reference(map);
        time("registration", () -> correlation.register(map));
        CubicShift shift = new CubicShift(SHAPE);
        time("shift", () -> shift.move(map, 0.3, 1.7, result));
        RadialAutocorrelation radial = new RadialAutocorrelation(SHAPE, 64);
        time("autocorrelation to 64", () -> radial.compute(map));
        Granulometry granulometry = new Granulometry(SHAPE, 16);
        time("granulometry to 16", () -> granulometry.compute(map, 0));
        Regions regions = new Regions(SHAPE);
        time("regions", () -> regions.find(chosen, true));
        MinimumFlux flux = new MinimumFlux(SHAPE);
        time("flux", () -> flux.solve(map, 1));
        Unevenness unevenness = new Unevenness(SHAPE);
        time("gini", () -> unevenness.gini(map));
        time("moran", () -> unevenness.moransI(map));
        TwoEnergies energies = new TwoEnergies(0.99, 400);
        time("two energies", () -> energies.mass(map, map, result));
        HistogramBins bins = new HistogramBins(0, 3, 1024);
        long[] counts = new Random(2).longs(1024, 0, 500).toArray();
        time("threshold", () -> Otsu.of(counts, bins));
        System.out.printf(Locale.ROOT, "%-24s %7.2f ms%n", "all", total);
    }

    private void time(String what, Runnable work) {
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
        }
        total += best;
        System.out.printf(Locale.ROOT, "%-24s %7.2f ms%n", what, best);
    }
}
