package org.emberline.edge.twin;

import java.util.Arrays;

/**
 * What the image metrics would find in a shadow without noise, blur and flat, by the definitions of docs/metrics.md written down a second
 * time and computed the long way. Made for one shadow.
 */
final class ShadowMeasures {
    private static final double INNER = 0.85;
    private static final double WINDOW = 0.7;
    private static final double DIAMETERS = 3.4;

    private static final double BOUNDARY_WIDTH = 2;
    private static final int SURROUNDINGS = 20;
    private static final int EDGE = 6;
    private static final double SAMPLE_SHARE = 0.15;
    private static final int SQUARE = 8;

    private final int rows;
    private final int columns;
    private final double pixel;
    private final double[] oxide;
    private final double[] barium;

    ShadowMeasures(ProjectedSample sample) {
        rows = sample.rows();
        columns = sample.columns();
        pixel = sample.pixelMicrometres();
        oxide = sample.oxide();
        barium = sample.barium();
    }

    /** Radius of the circle with the area of the outline's convex hull, micrometres. */
    double hullRadius() {
        return Math.sqrt(ConvexSilhouette.areaPixels(oxide, columns, RadiographMeasures.LEAST_MICROMETRES) / Math.PI)
                * pixel;
    }

    /** Grain size from the autocorrelation of the thickness less its local mean, micrometres; NaN for an even ball. */
    double grainMicrometres() {
        double radius = hullRadius() / pixel;
        double[] uneven = unevenness(radius);
        int reach = (int) Math.rint(WINDOW * radius);
        double half = halfRadius(lessLocalMean(uneven, reach), (int) (radius / 2));
        return DIAMETERS * half * pixel;
    }

    /** Thickness less that of an even ball of the same volume; NaN outside the inner part. */
    private double[] unevenness(double radius) {
        double sum = 0;
        double down = 0;
        double right = 0;
        for (int i = 0; i < oxide.length; i++) {
            int row = i / columns;
            int column = i % columns;
            sum += oxide[i];
            down += oxide[i] * row;
            right += oxide[i] * column;
        }
        double perPath = sum / (4 * Math.PI / 3 * radius * radius * radius);
        double[] uneven = new double[oxide.length];
        for (int i = 0; i < oxide.length; i++) {
            int row = i / columns;
            int column = i % columns;
            double square = Math.pow(row - down / sum, 2) + Math.pow(column - right / sum, 2);
            boolean inner = square < INNER * INNER * radius * radius;
            uneven[i] = inner ? oxide[i] - perPath * 2 * Math.sqrt(radius * radius - square) : Double.NaN;
        }
        return uneven;
    }

    private double[] lessLocalMean(double[] map, int reach) {
        double[] means = localMeans(map, reach);
        for (int i = 0; i < map.length; i++) {
            means[i] = map[i] - means[i];
        }
        return means;
    }

    /** Mean of what is known in the square around each pixel, by running sums along rows and then along columns. */
    private double[] localMeans(double[] map, int reach) {
        double[] known = new double[map.length];
        double[] counts = new double[map.length];
        for (int i = 0; i < map.length; i++) {
            counts[i] = Double.isNaN(map[i]) ? 0 : 1;
            known[i] = Double.isNaN(map[i]) ? 0 : map[i];
        }
        for (int row = 0; row < rows; row++) {
            runningSums(known, row * columns, 1, columns, reach);
            runningSums(counts, row * columns, 1, columns, reach);
        }
        for (int column = 0; column < columns; column++) {
            runningSums(known, column, columns, rows, reach);
            runningSums(counts, column, columns, rows, reach);
        }
        for (int i = 0; i < map.length; i++) {
            known[i] /= counts[i];
        }
        return known;
    }

    private static void runningSums(double[] values, int first, int stride, int length, int reach) {
        double[] upTo = new double[length + 1];
        for (int i = 0; i < length; i++) {
            upTo[i + 1] = upTo[i] + values[first + i * stride];
        }
        for (int i = 0; i < length; i++) {
            values[first + i * stride] = upTo[Math.min(length, i + reach + 1)] - upTo[Math.max(0, i - reach)];
        }
    }

    /** Where the covariance over rings one pixel wide first falls to half of the variance, pixels. */
    private double halfRadius(double[] map, int most) {
        double level =
                Arrays.stream(map).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
        double[] ring = new double[3];
        addLag(map, level, 0, 0, ring);
        double variance = ring[0] / ring[1];
        double before = 1;
        double there = 0;
        for (int k = 1; k <= most; k++) {
            Arrays.fill(ring, 0);
            for (int down = 0; down <= k; down++) {
                for (int right = down == 0 ? 1 : -k; right <= k; right++) {
                    if ((int) (Math.hypot(down, right) + 0.5) == k) {
                        addLag(map, level, down, right, ring);
                    }
                }
            }
            double now = ring[0] / ring[1] / variance;
            double here = ring[2] / ring[1];
            if (now < 0.5) {
                return there + (before - 0.5) / (before - now) * (here - there);
            }
            before = now;
            there = here;
        }
        return Double.NaN;
    }

    /** Adds the products of all pairs that lie so far apart, their number, and their distances. */
    private void addLag(double[] map, double level, int down, int right, double[] ring) {
        double sum = 0;
        int count = 0;
        for (int row = 0; row + down < rows; row++) {
            for (int column = Math.max(0, -right); column < columns - Math.max(0, right); column++) {
                int i = row * columns + column;
                double product = (map[i] - level) * (map[i + down * columns + right] - level);
                if (!Double.isNaN(product)) {
                    sum += product;
                    count++;
                }
            }
        }
        ring[0] += sum;
        ring[1] += count;
        ring[2] += count * Math.hypot(down, right);
    }

    /** Mean barium where the smoothed oxide is thinner than its surroundings over that where it is thicker; NaN without barium. */
    double thinOverThick() {
        double[] smooth = smoothed();
        double most = Arrays.stream(smooth).max().orElse(0);
        double[] inner = new double[smooth.length];
        for (int i = 0; i < inner.length; i++) {
            inner[i] = isInner(smooth, SAMPLE_SHARE * most, i) ? smooth[i] : Double.NaN;
        }
        double[] surroundings = localMeans(inner, SURROUNDINGS);
        double thin = 0;
        double thick = 0;
        int thinPixels = 0;
        int thickPixels = 0;
        for (int i = 0; i < inner.length; i++) {
            if (!Double.isNaN(inner[i])) {
                boolean isThin = inner[i] < surroundings[i];
                thin += isThin ? barium[i] : 0;
                thick += isThin ? 0 : barium[i];
                thinPixels += isThin ? 1 : 0;
                thickPixels += isThin ? 0 : 1;
            }
        }
        return thin / thinPixels / (thick / thickPixels);
    }

    private boolean isInner(double[] smooth, double least, int i) {
        int row = i / columns;
        int column = i % columns;
        if (row < EDGE || column < EDGE || row >= rows - EDGE || column >= columns - EDGE) {
            return false;
        }
        for (int r = row - EDGE; r <= row + EDGE; r++) {
            for (int c = column - EDGE; c <= column + EDGE; c++) {
                if (smooth[r * columns + c] <= least) {
                    return false;
                }
            }
        }
        return true;
    }

    private double[] smoothed() {
        double[] smooth = oxide.clone();
        new Blur(rows, columns, BOUNDARY_WIDTH * 2 * Math.sqrt(2 * Math.log(2))).blur(smooth);
        return smooth;
    }

    /** Gini's coefficient and Moran's I of the barium in squares of 8 pixels that lie at least half in the sample. */
    double[] giniAndMoran() {
        double[] smooth = smoothed();
        double least = SAMPLE_SHARE * Arrays.stream(smooth).max().orElse(0);
        int down = rows / SQUARE;
        int across = columns / SQUARE;
        double[] squares = new double[down * across];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = square(smooth, least, i / across * SQUARE, i % across * SQUARE);
        }
        return new double[] {gini(squares), moran(squares, down, across)};
    }

    private double square(double[] smooth, double least, int top, int left) {
        double sum = 0;
        int inside = 0;
        for (int row = top; row < top + SQUARE; row++) {
            for (int column = left; column < left + SQUARE; column++) {
                sum += barium[row * columns + column];
                inside += smooth[row * columns + column] > least ? 1 : 0;
            }
        }
        return 2 * inside >= SQUARE * SQUARE ? sum / (SQUARE * SQUARE) : Double.NaN;
    }

    private static double gini(double[] squares) {
        double[] known = Arrays.stream(squares).filter(v -> !Double.isNaN(v)).toArray();
        double differences = 0;
        for (double a : known) {
            for (double b : known) {
                differences += Math.abs(a - b);
            }
        }
        return differences / (2.0 * known.length * Arrays.stream(known).sum());
    }

    private static double moran(double[] squares, int down, int across) {
        double[] known = Arrays.stream(squares).filter(v -> !Double.isNaN(v)).toArray();
        double mean = Arrays.stream(known).average().orElse(Double.NaN);
        double variance =
                Arrays.stream(known).map(v -> (v - mean) * (v - mean)).average().orElse(Double.NaN);
        double products = 0;
        int pairs = 0;
        for (int i = 0; i < squares.length; i++) {
            for (int j = 0; j < squares.length; j++) {
                boolean near = Math.abs(i / across - j / across) <= 1 && Math.abs(i % across - j % across) <= 1;
                double product = (squares[i] - mean) * (squares[j] - mean);
                if (i != j && near && i / across < down && !Double.isNaN(product)) {
                    products += product;
                    pairs++;
                }
            }
        }
        return products / pairs / variance;
    }
}
