package org.emberline.edge.metrics.imaging;

import org.emberline.gpu.imaging.ImageShape;

/**
 * Boundary and interior of the grains as a projection shows them: the metal, smoothed by {@value #WIDTH} pixels, is thinner at the
 * boundaries than in its surroundings ({@value #SURROUNDINGS} pixels to each side), and thicker within the grains. The sample's own edge
 * is left out. One thread.
 */
final class BoundaryZone {
    static final double WIDTH = 2;
    static final int SURROUNDINGS = 20;
    /** Pixels left out along the sample's edge: three widths. */
    static final int EDGE = 6;
    /** The sample is where the smoothed metal exceeds this share of its maximum. */
    static final double SAMPLE_SHARE = 0.15;

    private final ImageShape shape;
    private final GaussianMean mean;
    private final BoxTable boxes;
    private final float[] smooth;
    private final float[] relief;
    private final float[] content;
    private final boolean[] sample;
    private final boolean[] inner;
    private int boundaryPixels;
    private int interiorPixels;
    private double boundaryMean;
    private double interiorMean;
    private double reliefVariance;

    BoundaryZone(ImageShape shape) {
        this.shape = shape;
        mean = new GaussianMean(shape, WIDTH);
        boxes = new BoxTable(shape);
        smooth = new float[shape.pixels()];
        relief = new float[shape.pixels()];
        content = new float[shape.pixels()];
        sample = new boolean[shape.pixels()];
        inner = new boolean[shape.pixels()];
    }

    /** Divides the sample, and takes the mean dopant of both parts. */
    void divide(float[] metal, float[] dopant) {
        mean.of(metal, smooth);
        mean.of(dopant, content);
        double most = 0;
        for (float value : smooth) {
            most = Math.max(most, value);
        }
        for (int i = 0; i < sample.length; i++) {
            sample[i] = smooth[i] > SAMPLE_SHARE * most;
        }
        boxes.of(smooth, sample);
        boxes.shrunk(EDGE, inner);
        boxes.of(smooth, inner);
        double boundary = 0;
        double interior = 0;
        double squares = 0;
        boundaryPixels = 0;
        interiorPixels = 0;
        for (int i = 0; i < inner.length; i++) {
            if (!inner[i]) {
                relief[i] = Float.NaN;
                continue;
            }
            relief[i] = (float) (smooth[i] - boxes.mean(i / shape.columns(), i % shape.columns(), SURROUNDINGS));
            squares += (double) relief[i] * relief[i];
            if (relief[i] < 0) {
                boundary += dopant[i];
                boundaryPixels++;
            } else {
                interior += dopant[i];
                interiorPixels++;
            }
        }
        boundaryMean = boundary / boundaryPixels;
        interiorMean = interior / interiorPixels;
        reliefVariance = squares / (boundaryPixels + interiorPixels);
    }

    /** Smoothed metal less its surroundings, micrometres; NaN outside the sample and along its edge. The live array. */
    float[] relief() {
        return relief;
    }

    /** The dopant map, smoothed likewise. The live array. */
    float[] smoothDopant() {
        return content;
    }

    /** Where the sample is, its edge included. The live array. */
    boolean[] sample() {
        return sample;
    }

    int boundaryPixels() {
        return boundaryPixels;
    }

    int interiorPixels() {
        return interiorPixels;
    }

    /** Mean of the dopant map at the boundaries. */
    double boundaryMean() {
        return boundaryMean;
    }

    double interiorMean() {
        return interiorMean;
    }

    /** Variance of {@link #relief}, noise included. */
    double reliefVariance() {
        return reliefVariance;
    }

    /** What smoothing leaves of a pixel's white noise, as a factor of its standard deviation. */
    static double noiseLeft() {
        return 1 / (2 * Math.sqrt(Math.PI) * WIDTH);
    }
}
