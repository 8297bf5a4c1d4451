package org.emberline.edge.metrics.imaging;

import java.util.Arrays;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.gpu.imaging.HistogramBins;
import org.emberline.gpu.imaging.maps.Otsu;

/**
 * What the metrics of single pores share: how full each line of sight is against the even ball, smoothed a little, its histogram, Otsu's
 * threshold in it, and the sizes of the hollows. One thread.
 */
final class PoreAnalysis {
    private static final HistogramBins BINS = new HistogramBins(0, 2, 256);
    private static final double SMOOTHING = 1.5;

    private final ImageAnalysis analysis;
    private final Texture texture;
    private final GaussianMean mean;
    private final Relief relief;
    private final float[] filling;
    private final long[] histogram = new long[BINS.bins()];
    private long frame = -1;
    private Otsu otsu = new Otsu(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    private boolean hollows;

    PoreAnalysis(ImageAnalysis analysis, Texture texture) {
        this.analysis = analysis;
        this.texture = texture;
        mean = new GaussianMean(analysis.shape(), SMOOTHING);
        relief = new Relief(analysis.shape());
        filling = new float[analysis.shape().pixels()];
    }

    /** Looks at the frame unless that is done; answers 0, or the flags that say why there is no metal map. */
    long look(FrameSlot slot) {
        long trouble = texture.look(analysis, slot);
        if (trouble == 0 && slot.frameIndex != frame) {
            frame = slot.frameIndex;
            threshold();
            hollows = relief.open(texture.fluctuation(), -1, analysis.metalNoise(), analysis.ballMisfit());
        }
        return trouble;
    }

    private void threshold() {
        float[] fluctuation = texture.fluctuation();
        float[] ball = texture.ball();
        for (int i = 0; i < filling.length; i++) {
            filling[i] = Float.isNaN(ball[i]) ? 1 : 1 + fluctuation[i] / ball[i];
        }
        mean.of(filling, filling);
        Arrays.fill(histogram, 0);
        for (int i = 0; i < filling.length; i++) {
            if (!Float.isNaN(ball[i])) {
                int bin = (int) Math.clamp((filling[i] - BINS.lower()) / BINS.width(), 0.0, BINS.bins() - 1.0);
                histogram[bin]++;
            }
        }
        otsu = Otsu.of(histogram, BINS);
    }

    /** Otsu's threshold of the filling, 1 for the even ball's. */
    Otsu otsu() {
        return otsu;
    }

    /** Share of the lines of sight that are less full than a threshold. */
    double shareBelow(double threshold) {
        long below = 0;
        long all = 0;
        for (int bin = 0; bin < histogram.length; bin++) {
            below += BINS.centre(bin) < threshold ? histogram[bin] : 0;
            all += histogram[bin];
        }
        return (double) below / all;
    }

    /** Whether hollows stand out of the noise. */
    boolean seesHollows() {
        return hollows;
    }

    /** Sizes of the hollows; without meaning unless {@link #seesHollows}. */
    Relief relief() {
        return relief;
    }

    ImageAnalysis analysis() {
        return analysis;
    }
}
