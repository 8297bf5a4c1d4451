package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.metrics.imaging.SyntheticMaps.Surface;
import org.emberline.gpu.imaging.ImageShape;
import org.junit.jupiter.api.Test;

/** A grating of thick and thin metal with a dopant map that is known. */
class DopantMetricsTest {
    private static final int SIDE = 128;
    private static final int SQUARE = DopantAnalysis.SQUARE;
    private static final ImageShape SHAPE = SyntheticMaps.square(SIDE);
    private static final double RADIUS = 44;
    private static final double ROW = 63.4;
    private static final double COLUMN = 64.2;
    private static final double THICKNESS = 0.3;
    private static final double NOISE = 0.002;

    private final Bench bench = new Bench(SIDE, List.of(Bench.LOW, Bench.HIGH));
    private float[] truth = new float[0];

    private static double grating(double row) {
        return Math.cos(2 * Math.PI * row / 16);
    }

    private static Surface metal() {
        Surface ball = SyntheticMaps.ball(ROW, COLUMN, RADIUS);
        return (row, column) -> THICKNESS * ball.at(row, column) * (1 + 0.3 * grating(row));
    }

    private static boolean inside(double row, double column, double radius) {
        return Math.hypot(row - ROW, column - COLUMN) < radius;
    }

    private void show(Surface dopant, double noise) {
        float[] metal = SyntheticMaps.seen(SHAPE, metal());
        truth = SyntheticMaps.seen(SHAPE, dopant);
        float[] low = new float[truth.length];
        float[] high = new float[truth.length];
        for (int i = 0; i < truth.length; i++) {
            low[i] = (float)
                    (Bench.LOW.oxidePerMicrometre() * metal[i] + 1e-6 * Bench.LOW.bariumCm2PerGram() * truth[i]);
            high[i] = (float)
                    (Bench.HIGH.oxidePerMicrometre() * metal[i] + 1e-6 * Bench.HIGH.bariumCm2PerGram() * truth[i]);
        }
        bench.show(Bench.LOW, SyntheticMaps.withNoise(low, noise, 1), 0);
        bench.show(Bench.HIGH, SyntheticMaps.withNoise(high, noise, 2), 1);
    }

    private static Surface within(Surface surface) {
        return (row, column) -> inside(row, column, RADIUS) ? surface.at(row, column) : 0;
    }

    @Test
    void evenDopantIsNotSegregated() {
        show(within((_, _) -> 800), NOISE);
        assertEquals(0, bench.flags("segregation"));
        assertEquals(1, bench.value("segregation"), 3 * bench.sigma("segregation"));
    }

    @Test
    void dopantInThinPlacesIsSegregatedAndInThickOnesTheOppositeOfIt() {
        for (int sign : new int[] {-1, 1}) {
            // Three times as much on one side as on the other.
            show(within((row, _) -> 800 * (1 + 0.5 * sign * Math.signum(grating(row)))), NOISE);
            double value = bench.value("segregation");
            double sigma = bench.sigma("segregation");
            double thinOverThick = sign < 0 ? value : 1 / value;
            double relative = sigma / value;
            assertEquals(0, bench.flags("segregation"));
            assertTrue(thinOverThick > 1 + 5 * relative, "ratio " + thinOverThick);
            // Blur and pixels on the wrong side draw it towards 1, never beyond the truth.
            assertTrue(thinOverThick > 1.5 && thinOverThick < 3 + 3 * relative, "ratio " + thinOverThick);
        }
    }

    @Test
    void theDopantsMassIsTheSumOfItsMap() {
        show(within((row, column) -> 600 + 5 * row + 3 * column), NOISE);
        double pixelCm2 = Bench.PIXEL_MICROMETRES * Bench.PIXEL_MICROMETRES * 1e-8;
        double expected = SyntheticMaps.total(truth) * pixelCm2 * 1e-9;
        assertEquals(expected, bench.value("dopant_mass"), 0.01 * expected);
        assertTrue(bench.sigma("dopant_mass") < 0.05 * expected);
        assertEquals(0, bench.flags("dopant_mass"));
    }

    @Test
    void withoutDopantThereIsNothingToDescribe() {
        show((_, _) -> 0, NOISE);
        for (String name : List.of("segregation", "segregation_gini", "segregation_morans_i", "dopant_mass")) {
            assertTrue(Double.isNaN(bench.value(name)), name);
            assertEquals(FrameFlag.NOISE_LIMITED.bit(), bench.flags(name), name);
        }
    }

    /** One of the squares, each of which is whole. */
    private static int squareRow(double row) {
        return (int) Math.floor((row + 0.5) / SQUARE);
    }

    @Test
    void oneSquareWithAllIsAllButOne() {
        // Without point spread, which would carry some of it into the next squares: they hold 0.1 of it.
        show((row, column) -> squareRow(row) == 8 && squareRow(column) == 9 ? 5000 : 0, 1e-5);
        double gini = bench.value("segregation_gini");
        assertEquals(gini(contents()), gini, 0.01);
        assertTrue(gini > 0.9, "gini " + gini);
    }

    @Test
    void equalSquaresAreEqual() {
        // Beyond the sample's edge too: the squares at the edge are filled like all others.
        show((row, column) -> inside(row, column, RADIUS + 3) ? 800 : 0, NOISE);
        double gini = bench.value("segregation_gini");
        boolean limited = FrameFlag.NOISE_LIMITED.in(bench.flags("segregation_gini"));
        assertTrue(limited || gini < 0.05, "gini " + gini);
    }

    @Test
    void stripesAndHalvesHaveTheIndexThatAllPairsGive() {
        Surface halves = within((row, _) -> row < ROW ? 1200 : 300);
        Surface board = within((row, column) -> (squareRow(row) + squareRow(column)) % 2 == 0 ? 1200 : 300);
        Surface stripes = within((row, _) -> squareRow(row) % 2 == 0 ? 1200 : 300);
        for (Surface surface : List.of(halves, board, stripes)) {
            show(surface, 1e-4);
            double expected = moran(contents());
            assertEquals(0, bench.flags("segregation_morans_i"));
            assertEquals(expected, bench.value("segregation_morans_i"), bench.sigma("segregation_morans_i"));
        }
        show(halves, 1e-4);
        assertTrue(bench.value("segregation_morans_i") > 0.6);
        show(stripes, 1e-4);
        assertTrue(bench.value("segregation_morans_i") < -0.2);
    }

    /** True means of the squares of which the sample holds half or more, NaN elsewhere. */
    private double[][] contents() {
        float[] metal = SyntheticMaps.seen(SHAPE, metal());
        float[] smooth = new float[metal.length];
        new GaussianMean(SHAPE, BoundaryZone.WIDTH).of(metal, smooth);
        double most = 0;
        for (float value : smooth) {
            most = Math.max(most, value);
        }
        double[][] sums = new double[SIDE / SQUARE][SIDE / SQUARE];
        int[][] counts = new int[SIDE / SQUARE][SIDE / SQUARE];
        for (int i = 0; i < truth.length; i++) {
            int row = i / SIDE / SQUARE;
            int column = i % SIDE / SQUARE;
            sums[row][column] += truth[i] / (SQUARE * SQUARE);
            counts[row][column] += smooth[i] > BoundaryZone.SAMPLE_SHARE * most ? 1 : 0;
        }
        for (int row = 0; row < sums.length; row++) {
            for (int column = 0; column < sums.length; column++) {
                boolean inside = counts[row][column] >= SQUARE * SQUARE / 2;
                sums[row][column] = inside ? sums[row][column] : Double.NaN;
            }
        }
        return sums;
    }

    private static double gini(double[][] squares) {
        double[] known = known(squares);
        double sum = 0;
        double mean = 0;
        for (double one : known) {
            mean += one / known.length;
            for (double other : known) {
                sum += Math.abs(one - other);
            }
        }
        return sum / (2.0 * known.length * known.length * mean);
    }

    private static double[] known(double[][] squares) {
        return Arrays.stream(squares)
                .flatMapToDouble(Arrays::stream)
                .filter(value -> !Double.isNaN(value))
                .toArray();
    }

    /** Moran's I over all ordered pairs of neighbours, eight to a square. */
    private static double moran(double[][] squares) {
        double[] known = known(squares);
        double mean = Arrays.stream(known).average().orElseThrow();
        double variance = Arrays.stream(known)
                        .map(value -> (value - mean) * (value - mean))
                        .sum()
                / known.length;
        double products = 0;
        int pairs = 0;
        int n = squares.length;
        for (int i = 0; i < n * n; i++) {
            for (int j = 0; j < n * n; j++) {
                int apart = Math.max(Math.abs(i / n - j / n), Math.abs(i % n - j % n));
                double product = (squares[i / n][i % n] - mean) * (squares[j / n][j % n] - mean);
                if (apart == 1 && !Double.isNaN(product)) {
                    products += product;
                    pairs++;
                }
            }
        }
        return products / pairs / variance;
    }
}
