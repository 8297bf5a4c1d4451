package org.emberline.edge.metrics.diffraction;

import java.util.Objects;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.diffraction.AnalysisMetric.Reading;

/**
 * Disorder less that of the first frames it was sure in. What is wrong with its absolute value, form factors and the place of oxygen above
 * all, goes out of the difference, so that it is known to a few tenths of a per cent where the value itself is to one or two.
 */
final class DisorderChange implements AnalysisMetric.Quantity {
    /** Frames that make up the reference. */
    static final int REFERENCE_FRAMES = 5;
    /** Of the reference's frames. */
    private static final double SURE = 0.002;

    /** Share of the phase in the volume from which its disorder is one of the sample. */
    private static final double MOSTLY = 0.8;

    private int frames;
    private double sum;
    private double variances;

    static Metric of(DiffractionAnalysis analysis) {
        return new AnalysisMetric("disorder_change", "/", "first-" + REFERENCE_FRAMES, analysis, new DisorderChange());
    }

    @Override
    public void read(DiffractionAnalysis of, Reading into) {
        if (of.disorderFlags != 0) {
            into.none(of.disorderFlags | of.notes);
            return;
        }
        JointIntensities joint = Objects.requireNonNull(of.joint);
        double sigma = joint.disorderSigma();
        if (!(sigma < Quantities.UNSURE)) {
            into.none(FrameFlag.NOISE_LIMITED.bit() | of.notes);
            return;
        }
        if (frames < REFERENCE_FRAMES && sigma < SURE && of.fraction[0] > MOSTLY) {
            frames++;
            sum += joint.disorder();
            variances += sigma * sigma;
        }
        if (frames < REFERENCE_FRAMES) {
            into.none(FrameFlag.REFERENCE_MISSING.bit() | of.notes);
            return;
        }
        double reference = Math.sqrt(variances) / frames;
        into.set(joint.disorder() - sum / frames, Math.hypot(sigma, reference), of.notes | of.disorderNotes);
    }
}
