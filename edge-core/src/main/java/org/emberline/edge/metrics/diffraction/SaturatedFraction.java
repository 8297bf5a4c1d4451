package org.emberline.edge.metrics.diffraction;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.Metric;

/**
 * Saturated pixels over valid pixels, {@code p = s/n}.
 *
 * <p>The fraction of this frame is exact. Sigma is that of the proportion behind it, as half the width of Wilson's one-sigma score
 * interval, {@code √(p(1-p)/n + 1/(4n²)) / (1 + 1/n)}; unlike {@code √(p(1-p)/n)} it stays honest at p = 0, where it is about
 * 1/(2n). (E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209.) A frame without valid pixels has no fraction: NaN and
 * {@link FrameFlag#CORRUPT}.
 */
public final class SaturatedFraction implements Metric {
    static final String NAME = "saturated_fraction";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String unit() {
        return "/";
    }

    @Override
    public void measure(FrameSlot slot, int index) {
        if (!Saturation.isReadable(slot)) {
            slot.metric(index, Double.NaN, Double.NaN, FrameFlag.CORRUPT.bit());
            return;
        }
        double n = slot.reduction().validPixels();
        double p = Saturation.fraction(slot);
        double sigma = Math.sqrt(p * (1 - p) / n + 1 / (4 * n * n)) / (1 + 1 / n);
        slot.metric(index, p, sigma, Saturation.flags(slot));
    }
}
