package org.emberline.gpu.imaging;

import java.util.function.IntToDoubleFunction;

/** The definitions, pixel by pixel and with one logarithm each: what the backends are compared with. Scale 1. */
final class Truth {
    final double[] opticalDensity;
    final double[] transmission;
    final double[] variance;
    final int[] valid;
    long saturated;
    long unlit;

    private final ImagingPlan plan;
    private final double w;

    Truth(ImagingPlan plan, IntToDoubleFunction raw, double w) {
        this.plan = plan;
        this.w = w;
        int blocks = plan.smallShape().pixels();
        opticalDensity = new double[blocks];
        transmission = new double[blocks];
        variance = new double[blocks];
        valid = new int[blocks];
        int factor = plan.factor();
        for (int row = 0; row < plan.smallShape().rows() * factor; row++) {
            for (int column = 0; column < plan.smallShape().columns() * factor; column++) {
                int pixel = row * plan.shape().columns() + column;
                int block = row / factor * plan.smallShape().columns() + column / factor;
                add(pixel, block, raw.applyAsDouble(pixel));
            }
        }
        for (int block = 0; block < blocks; block++) {
            opticalDensity[block] /= valid[block];
            transmission[block] /= valid[block];
            variance[block] *= plan.noise().countsPerPhoton() / valid[block] / valid[block];
        }
    }

    private void add(int pixel, int block, double raw) {
        Flatfield field = plan.flatfield();
        double dark = field.dark()[pixel];
        double before = field.before()[pixel];
        double after = field.last()[pixel];
        boolean[] mask = plan.mask();
        boolean dead = !(before > dark && after > dark) || Double.isInfinite(dark + before + after);
        if (dead || (mask != null && mask[pixel])) {
            return;
        }
        double flat = (1 - w) * before + w * after;
        double t = (raw - dark) / (flat - dark);
        if (raw >= plan.saturationCounts()) {
            saturated++;
        } else if (!(t > 0) || Double.isInfinite(t)) {
            unlit++;
        } else {
            valid[block]++;
            transmission[block] += t;
            opticalDensity[block] -= Math.log(t);
            variance[block] += variance(raw, dark, before, after, flat);
        }
    }

    private double variance(double raw, double dark, double before, double after, double flat) {
        double ofRaw = Math.max(raw, 0) / Math.pow(raw - dark, 2);
        double darkSlope = 1 / (raw - dark) - 1 / (flat - dark);
        double ofDark = Math.max(dark, 0) / plan.noise().darkFrames() * darkSlope * darkSlope;
        double flatCounts = (1 - w) * (1 - w) * Math.max(before, 0) + w * w * Math.max(after, 0);
        return ofRaw + ofDark + flatCounts / plan.noise().flatFrames() / Math.pow(flat - dark, 2);
    }
}
