package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.maps.Unevenness;

/** What the metrics of the dopant share, worked out once per frame. One thread. */
final class DopantAnalysis {
    /** Bulk dopant is seen only in squares of so many pixels. */
    static final int SQUARE = 8;
    /** A square belongs to the sample when this share of it does. */
    static final double LEAST_SHARE = 0.5;
    /** A dopant whose whole mass is not this many standard deviations above zero has no distribution. */
    private static final double DETECTED = 5;

    private final ImageAnalysis analysis;
    private final BoundaryZone zone;
    private final CoarseMap squares;
    private final Unevenness unevenness;
    private final float[] content;
    private final double[] known;
    private long frame = -1;
    private long flags;
    private double total;
    private double totalSigma;
    private double gini;
    private double moran;
    private double squareMean;
    private double squareVariance;
    private double squareNoise;
    private int squareCount;

    DopantAnalysis(ImageAnalysis analysis) {
        this.analysis = analysis;
        ImageShape shape = analysis.shape();
        zone = new BoundaryZone(shape);
        squares = new CoarseMap(shape, SQUARE);
        unevenness = new Unevenness(squares.shape());
        content = new float[squares.shape().pixels()];
        known = new double[content.length];
    }

    /** Looks at the frame unless that is done; answers 0, or the flags that say why there is no dopant map. */
    long look(FrameSlot slot) {
        if (slot.frameIndex != frame) {
            frame = slot.frameIndex;
            flags = analyse(slot);
        }
        return flags;
    }

    private long analyse(FrameSlot slot) {
        long trouble = analysis.look(slot);
        if (trouble != 0) {
            return trouble;
        }
        if (!analysis.materials().tellsDopant()) {
            return FrameFlag.ENERGY_UNKNOWN.bit();
        }
        weigh();
        if (total < DETECTED * totalSigma) {
            return FrameFlag.NOISE_LIMITED.bit();
        }
        zone.divide(analysis.materials().metal(), analysis.materials().dopant());
        spread();
        return 0;
    }

    private void weigh() {
        float[] dopant = analysis.materials().dopant();
        boolean[] around = analysis.around();
        total = 0;
        int pixels = 0;
        for (int i = 0; i < around.length; i++) {
            total += around[i] ? dopant[i] : 0;
            pixels += around[i] ? 1 : 0;
        }
        totalSigma = analysis.wholeDopantNoise() * Math.sqrt(pixels * (1 + (double) pixels / (around.length - pixels)));
    }

    private void spread() {
        squares.of(analysis.materials().dopant());
        squareNoise = analysis.dopantNoise() / SQUARE;
        double sum = 0;
        double sumOfSquares = 0;
        squareCount = 0;
        for (int i = 0; i < content.length; i++) {
            boolean inside = squares.share(zone.sample(), i) >= LEAST_SHARE;
            content[i] = inside ? squares.values()[i] : Float.NaN;
            if (inside) {
                sum += content[i];
                sumOfSquares += (double) content[i] * content[i];
                squareCount++;
            }
        }
        squareMean = sum / squareCount;
        squareVariance = sumOfSquares / squareCount - squareMean * squareMean;
        gini = cleanGini();
        moran = unevenness.moransI(content);
    }

    /** Sum over all pairs of squares of |c_i - c_j|, the noise of each pair taken off in squares, over 2 N^2 times the mean. */
    private double cleanGini() {
        int n = 0;
        for (float value : content) {
            if (!Float.isNaN(value)) {
                known[n++] = value;
            }
        }
        double noise = 2 * squareNoise * squareNoise;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double difference = known[i] - known[j];
                sum += Math.sqrt(Math.max(0, difference * difference - noise));
            }
        }
        return sum / ((double) n * n * squareMean);
    }

    /** Variance of the ratio of boundary to interior, over its square, from noise in the dopant and from pixels on the wrong side. */
    double ratioVariance() {
        double noise = analysis.dopantNoise();
        double perBoundary = 1 / (zone.boundaryPixels() * zone.boundaryMean());
        double perInterior = 1 / (zone.interiorPixels() * zone.interiorMean());
        double counting = noise
                * noise
                * (zone.boundaryPixels() * perBoundary * perBoundary
                        + zone.interiorPixels() * perInterior * perInterior);
        double swing = perBoundary + perInterior;
        return counting + misplaced() * swing * swing;
    }

    /** Variance of the dopant at the boundaries from pixels whose side the metal's noise decides; such pixels come in patches. */
    private double misplaced() {
        double noise = analysis.metalNoise() * BoundaryZone.noiseLeft();
        double dopantNoise = analysis.dopantNoise() * BoundaryZone.noiseLeft();
        double patch = 4 * Math.PI * BoundaryZone.WIDTH * BoundaryZone.WIDTH;
        double mean = (zone.boundaryMean() + zone.interiorMean()) / 2;
        float[] relief = zone.relief();
        double sum = 0;
        for (int i = 0; i < relief.length; i++) {
            // Beyond five deviations nothing is misplaced; NaN is outside.
            if (Math.abs(relief[i]) < 5 * noise) {
                double wrong = NormalTail.beyond(Math.abs(relief[i]) / noise);
                double off = zone.smoothDopant()[i] - mean;
                sum += wrong * (1 - wrong) * Math.max(0, off * off - dopantNoise * dopantNoise);
            }
        }
        return sum * patch;
    }

    /** Whether boundaries stand out of the metal's noise. */
    boolean seesBoundaries() {
        double noise = analysis.metalNoise() * BoundaryZone.noiseLeft();
        return zone.reliefVariance() > 2 * noise * noise;
    }

    BoundaryZone zone() {
        return zone;
    }

    /** Sum of the dopant map over the sample, ug/cm2 times pixels. */
    double total() {
        return total;
    }

    double totalSigma() {
        return totalSigma;
    }

    /** Gini's coefficient of the squares, their noise taken off. */
    double gini() {
        return gini;
    }

    /** Moran's I of the squares, noise included. */
    double moran() {
        return moran;
    }

    /** Mean of the squares, ug/cm2. */
    double squareMean() {
        return squareMean;
    }

    /** Variance of the squares, noise included. */
    double squareVariance() {
        return squareVariance;
    }

    /** Standard deviation of a square from noise. */
    double squareNoise() {
        return squareNoise;
    }

    int squareCount() {
        return squareCount;
    }
}
