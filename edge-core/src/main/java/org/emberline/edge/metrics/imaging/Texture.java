package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameSlot;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.maps.LocalMean;
import org.emberline.gpu.imaging.maps.RadialAutocorrelation;

/**
 * The metal's unevenness: its thickness less that of an even ball of the same mass and outline, inside {@value #INNER} of the radius, where
 * the ball is thick. One thread.
 */
final class Texture {
    static final double INNER = 0.85;

    /** The local mean is taken over squares that reach this share of the radius to each side. */
    static final double WINDOW = 0.7;

    private final ImageShape shape;
    private final float[] fluctuation;
    private final float[] chord;
    private final float[] local;
    private final LocalMean localMean;
    private final RadialAutocorrelation autocorrelation;
    private long frame = -1;
    private double halfRadius;
    private double variance;
    private int pixels;

    Texture(ImageShape shape) {
        this.shape = shape;
        fluctuation = new float[shape.pixels()];
        chord = new float[shape.pixels()];
        local = new float[shape.pixels()];
        localMean = new LocalMean(shape);
        autocorrelation = new RadialAutocorrelation(shape, Math.min(shape.rows(), shape.columns()) / 4);
    }

    /** Takes the even ball off the metal unless that is done; answers 0, or the flags that say why there is no metal map. */
    long look(ImageAnalysis analysis, FrameSlot slot) {
        long trouble = analysis.look(slot);
        if (trouble == 0 && slot.frameIndex != frame) {
            frame = slot.frameIndex;
            take(
                    analysis.materials().metal(),
                    analysis.mass(),
                    analysis.row(),
                    analysis.column(),
                    analysis.outline().equalRadius());
        }
        return trouble;
    }

    void take(float[] metal, double mass, double row, double column, double radius) {
        double perPath = mass / (4 * Math.PI / 3 * radius * radius * radius);
        pixels = 0;
        for (int i = 0; i < metal.length; i++) {
            int fromTop = i / shape.columns();
            int fromLeft = i % shape.columns();
            double distance = Math.hypot(fromTop - row, fromLeft - column);
            boolean inner = distance < INNER * radius;
            double path = inner ? 2 * Math.sqrt(radius * radius - distance * distance) : 0;
            chord[i] = inner ? (float) (perPath * path) : Float.NaN;
            fluctuation[i] = inner ? (float) (metal[i] - perPath * path) : Float.NaN;
            pixels += inner ? 1 : 0;
        }
    }

    /**
     * Finds where the autocorrelation is a half. The local mean is taken off first, over squares that reach {@value #WINDOW} of the radius
     * to each side: what is as wide as the sample, as its own shape is, does not count.
     */
    void correlate(double radius) {
        localMean.remove(fluctuation, (int) Math.rint(WINDOW * radius), local);
        autocorrelation.compute(local);
        halfRadius = autocorrelation.halfRadius();
        variance = autocorrelation.covariance();
    }

    /** Pixels; NaN when there is nothing but noise. */
    double halfRadius() {
        return halfRadius;
    }

    /** Variance of the unevenness itself, without noise, square micrometres; may be negative by chance where there is none. */
    double variance() {
        return variance;
    }

    /** Pixels looked at. */
    int pixels() {
        return pixels;
    }

    /** Thickness less the ball's, NaN outside the inner part. The live array. */
    float[] fluctuation() {
        return fluctuation;
    }

    /** The even ball's thickness in the same unit, NaN outside. The live array. */
    float[] ball() {
        return chord;
    }
}
