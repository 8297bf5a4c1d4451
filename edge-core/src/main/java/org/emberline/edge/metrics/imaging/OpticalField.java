package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.maps.Regions;

/**
 * One radiograph, looked at as a whole: where the sample is, and what the empty field around it says of zero, noise and flat. Unknown pixels
 * are given the mean of their neighbours. One thread.
 */
final class OpticalField {
    /** Pixels around the sample that are not called empty: blur, fringes and faint edges. */
    static final int MARGIN = 8;

    /** The sample is where the smoothed density exceeds this share of its maximum. */
    private static final double SAMPLE_SHARE = 0.2;
    /** ... and so many standard deviations of the smoothed noise. */
    private static final double SAMPLE_SIGMAS = 6;

    private static final double SMOOTHING = 3;
    /** Least size of a sample and of the empty field, pixels. */
    private static final int LEAST_PIXELS = 200;
    /** Side of the squares in which the empty field's evenness is judged. */
    private static final int TILE = 16;

    private final ImageShape shape;
    private final GaussianMean mean;
    private final BoxTable boxes;
    private final Regions regions;
    private final float[] density;
    private final float[] smooth;
    private final boolean[] sample;
    private final boolean[] empty;
    private final double[] scratch;
    private double noise;
    private double drift;
    private int samplePixels;

    OpticalField(ImageShape shape) {
        this.shape = shape;
        mean = new GaussianMean(shape, SMOOTHING);
        boxes = new BoxTable(shape);
        regions = new Regions(shape);
        density = new float[shape.pixels()];
        smooth = new float[shape.pixels()];
        sample = new boolean[shape.pixels()];
        empty = new boolean[shape.pixels()];
        scratch = new double[shape.pixels()];
    }

    /**
     * Takes a radiograph.
     *
     * @return 0, or why it cannot be measured: FIELD_EMPTY, FIELD_OVERFULL or CORRUPT
     */
    long take(ImageReduction image) {
        if (!fill(image.opticalDensity())) {
            return FrameFlag.CORRUPT.bit();
        }
        subtract(rimMedian());
        noise = differenceNoise();
        mean.of(density, smooth);
        long flags = findSample();
        if (flags != 0) {
            return flags;
        }
        boxes.of(density, sample);
        boxes.grown(MARGIN, empty);
        return zero();
    }

    /** Copies the map; an unknown pixel gets the mean of the known ones around it. False when half of the field is unknown. */
    private boolean fill(float[] from) {
        int known = 0;
        for (int i = 0; i < density.length; i++) {
            empty[i] = !Float.isNaN(from[i]);
            known += empty[i] ? 1 : 0;
        }
        System.arraycopy(from, 0, density, 0, density.length);
        if (known == density.length) {
            return true;
        }
        boxes.of(from, empty);
        for (int i = 0; i < density.length; i++) {
            for (int reach = 1; Float.isNaN(density[i]) && reach < TILE; reach++) {
                density[i] = (float) boxes.mean(i / shape.columns(), i % shape.columns(), reach);
            }
            if (Float.isNaN(density[i])) {
                density[i] = 0;
            }
        }
        return known > density.length / 2;
    }

    /** Median over the outermost rows and columns: zero as far as it is known before the sample is found. */
    private double rimMedian() {
        int n = 0;
        int wide = MARGIN;
        for (int i = 0; i < density.length; i++) {
            int row = i / shape.columns();
            int column = i % shape.columns();
            boolean rim = row < wide || column < wide || row >= shape.rows() - wide || column >= shape.columns() - wide;
            if (rim) {
                scratch[n++] = density[i];
            }
        }
        return Median.of(scratch, n);
    }

    private void subtract(double zero) {
        for (int i = 0; i < density.length; i++) {
            density[i] -= (float) zero;
        }
    }

    /** From the median of the differences between neighbours along the rim's rows, which neither sample nor drift reaches. */
    private double differenceNoise() {
        int n = 0;
        for (int row = 0; row < shape.rows(); row++) {
            boolean rim = row < 2 * MARGIN || row >= shape.rows() - 2 * MARGIN;
            for (int column = 1; rim && column < shape.columns(); column += 2) {
                int i = row * shape.columns() + column;
                scratch[n++] = Math.abs(density[i] - density[i - 1]);
            }
        }
        // The median of |difference| of two normal variables is 0.6745 sqrt(2) of their sigma.
        return Median.of(scratch, n) / (0.6745 * Math.sqrt(2));
    }

    private long findSample() {
        double most = 0;
        for (float value : smooth) {
            most = Math.max(most, value);
        }
        // Smoothing by a Gaussian of sigma s leaves 1 / (2 sqrt(pi) s) of white noise.
        double least = SAMPLE_SIGMAS * noise / (2 * Math.sqrt(Math.PI) * SMOOTHING);
        double threshold = Math.max(SAMPLE_SHARE * most, least);
        for (int i = 0; i < sample.length; i++) {
            sample[i] = smooth[i] > threshold;
        }
        regions.find(sample, true);
        int largest = 0;
        for (int region = 1; region <= regions.count(); region++) {
            largest = largest == 0 || regions.area(region) > regions.area(largest) ? region : largest;
        }
        samplePixels = largest == 0 ? 0 : regions.area(largest);
        if (samplePixels < LEAST_PIXELS) {
            return FrameFlag.FIELD_EMPTY.bit();
        }
        return keep(largest) ? FrameFlag.FIELD_OVERFULL.bit() : 0;
    }

    /** Keeps one region as the sample; answers whether it reaches the field's edge. */
    private boolean keep(int region) {
        boolean edge = false;
        int[] labels = regions.labels();
        for (int i = 0; i < sample.length; i++) {
            sample[i] = labels[i] == region;
            int row = i / shape.columns();
            int column = i % shape.columns();
            edge |= sample[i] && (row == 0 || column == 0 || row == shape.rows() - 1 || column == shape.columns() - 1);
        }
        return edge;
    }

    /** Turns the sample's surroundings into the empty field, and makes its mean zero. */
    private long zero() {
        double sum = 0;
        int n = 0;
        for (int i = 0; i < empty.length; i++) {
            empty[i] = !empty[i];
            sum += empty[i] ? density[i] : 0;
            n += empty[i] ? 1 : 0;
        }
        if (n < LEAST_PIXELS) {
            return FrameFlag.FIELD_OVERFULL.bit();
        }
        subtract(sum / n);
        boxes.of(density, empty);
        drift = unevenness();
        return 0;
    }

    /** Standard deviation of the means of tiles of the empty field, less what noise does to them. */
    private double unevenness() {
        double squares = 0;
        double expected = 0;
        int tiles = 0;
        for (int row = TILE / 2; row < shape.rows(); row += TILE) {
            for (int column = TILE / 2; column < shape.columns(); column += TILE) {
                int pixels = boxes.count(row, column, TILE / 2);
                if (pixels >= TILE * TILE / 2) {
                    double tile = boxes.mean(row, column, TILE / 2);
                    squares += tile * tile;
                    expected += noise * noise / pixels;
                    tiles++;
                }
            }
        }
        return tiles == 0 ? Double.NaN : Math.sqrt(Math.max(0, squares - expected) / tiles);
    }

    /** Optical density, 0 in the mean of the empty field; no pixel is NaN. The live array. */
    float[] density() {
        return density;
    }

    /** Where the sample is, without the fine edge. The live array. */
    boolean[] sample() {
        return sample;
    }

    /** Where there is surely no sample. The live array. */
    boolean[] empty() {
        return empty;
    }

    int samplePixels() {
        return samplePixels;
    }

    /** Standard deviation of a pixel in the empty field. */
    double noise() {
        return noise;
    }

    /** Standard deviation of the empty field beyond noise, optical density; NaN when there is too little of it. */
    double drift() {
        return drift;
    }
}
