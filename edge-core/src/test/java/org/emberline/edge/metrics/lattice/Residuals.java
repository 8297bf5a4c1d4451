package org.emberline.edge.metrics.lattice;

import java.util.Locale;

/** Value minus truth over many frames, in units of the value and of its sigma. */
public final class Residuals {
    private int n;
    private double sum;
    private double squares;
    private double sigmas;
    private double pulls;

    public void add(double residual, double sigma) {
        n++;
        sum += residual;
        squares += residual * residual;
        sigmas += sigma;
        pulls += residual * residual / (sigma * sigma);
    }

    public double bias() {
        return sum / n;
    }

    public double rms() {
        return Math.sqrt(squares / n);
    }

    /** Root mean square of residual/sigma: 1 when sigma is right. */
    public double pull() {
        return Math.sqrt(pulls / n);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "n=%d rms=%.2e bias=%.1e sigma=%.2e pull=%.2f", n, rms(), bias(), sigmas / n, pull());
    }
}
