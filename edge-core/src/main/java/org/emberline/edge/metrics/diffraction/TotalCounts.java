package org.emberline.edge.metrics.diffraction;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.Metric;

/**
 * Sum of the raw counts of all valid pixels: the quickest sign that the beam, the shutter or the sample is gone.
 *
 * <p>Sigma is Poisson's {@code √N}, and 1 for a frame without a count, whose expectation is not known to be 0. It is NaN for a
 * negative sum (signed frames whose negative pixels are kept), which is no Poisson number. Where pixels are saturated the sum is a
 * lower bound and carries {@link FrameFlag#SATURATED}. A frame without valid pixels has no sum: NaN and {@link FrameFlag#CORRUPT}.
 */
public final class TotalCounts implements Metric {
    static final String NAME = "total_counts";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String unit() {
        return "count";
    }

    @Override
    public void measure(FrameSlot slot, int index) {
        double total = slot.reduction().totalCounts();
        if (!Saturation.isReadable(slot) || !Double.isFinite(total)) {
            slot.metric(index, Double.NaN, Double.NaN, FrameFlag.CORRUPT.bit());
            return;
        }
        double sigma = total < 0 ? Double.NaN : Math.sqrt(Math.max(1, total));
        slot.metric(index, total, sigma, Saturation.flags(slot));
    }
}
