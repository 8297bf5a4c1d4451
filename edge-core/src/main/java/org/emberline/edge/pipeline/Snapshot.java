package org.emberline.edge.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the appliance knows at one moment, for readers of any thread. Immutable: the arrays of a pattern are copies that nobody
 * writes to.
 *
 * @param sequence grows with every snapshot; 0 before the first frame
 * @param run the run as a whole
 * @param ledger the books
 * @param frame the latest measured frame, or null before the first
 * @param channels the latest reading of every thermocouple channel
 * @param pattern the latest reduced pattern, or null before the first
 */
public record Snapshot(
        long sequence,
        RunState run,
        Ledger ledger,
        @Nullable FrameView frame,
        List<ChannelView> channels,
        @Nullable PatternView pattern) {

    public Snapshot {
        channels = List.copyOf(channels);
    }

    /**
     * @param frameIndex running number from 0
     * @param midNanos middle of the exposure, nanoseconds since the Unix epoch
     * @param temperatureCelsius mean over the exposure, or NaN when {@code flags} says why
     * @param temperatureSigma standard uncertainty, or NaN
     * @param flags names of the frame's flags
     * @param metrics all metrics of the run, in catalogue order
     */
    public record FrameView(
            long frameIndex,
            long midNanos,
            double temperatureCelsius,
            double temperatureSigma,
            List<String> flags,
            List<MetricView> metrics) {

        public FrameView {
            flags = List.copyOf(flags);
            metrics = List.copyOf(metrics);
        }
    }

    /** One metric; {@code value} and {@code sigma} are NaN where {@code flags} says why. {@code unit} as in SenML, may be empty. */
    public record MetricView(String name, String unit, double value, double sigma, List<String> flags) {

        public MetricView {
            flags = List.copyOf(flags);
        }
    }

    /** One thermocouple channel: a temperature (then {@code fault} is null) or the name of the fault (then it is NaN). */
    public record ChannelView(
            String name,
            long timestampNanos,
            double celsius,
            double sigma,
            @Nullable String fault) {}

    /**
     * One pattern; arrays have one entry per bin, NaN intensity and count 0 in an empty one.
     *
     * @param detector name of the detector
     * @param radialUnit pyFAI name of the radial unit
     * @param radial bin centres
     */
    public record PatternView(
            String detector,
            long frameIndex,
            long midNanos,
            String radialUnit,
            double[] radial,
            float[] intensity,
            float[] sigma,
            float[] count) {}
}
