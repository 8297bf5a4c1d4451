package org.emberline.edge.app;

import java.util.Map;
import java.util.function.Supplier;
import org.emberline.edge.frame.FrameSource;
import org.emberline.firmware.TriggerInput;
import org.emberline.gpu.Geometry;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.imaging.ImageShape;
import org.jspecify.annotations.Nullable;

/**
 * Everything that comes from one detector into a run, opened but not started.
 *
 * @param source the frames
 * @param view what the detector itself knows of its frames
 * @param triggers its trigger line, or null when frames are only announced
 * @param frames number of frames, 0 when there is no end
 * @param truth what is true of a frame; null for real frames
 * @param firstLoss why the first frame was lost, or null; asked at the end
 * @param events what the source says while it is used
 */
record Input(
        FrameSource source,
        View view,
        @Nullable TriggerInput triggers,
        long frames,
        @Nullable Truth truth,
        Supplier<@Nullable String> firstLoss,
        SourceEvents events)
        implements AutoCloseable {

    /** With a source that says nothing. */
    Input(
            FrameSource source,
            View view,
            @Nullable TriggerInput triggers,
            long frames,
            @Nullable Truth truth,
            Supplier<@Nullable String> firstLoss) {
        this(source, view, triggers, frames, truth, firstLoss, new SourceEvents());
    }

    /** The remark that says why the first frame was lost. */
    static final String FIRST_LOSS = "first_loss";

    /** What is true of the exposure around a moment: values by name. One thread. */
    interface Truth {
        Map<String, Double> at(long midNanos);
    }

    /** What a detector knows of its frames. */
    sealed interface View {}

    /**
     * @param geometry geometry with the frames' shape
     * @param format pixels of a frame
     * @param saturationCounts the detector's own saturation, infinity when unknown
     * @param polarization the beam's own polarisation factor, NaN when unknown
     * @param dark mean dark frame that the detector itself knows, or null
     * @param flat sensitivity that the detector itself knows, or null
     */
    record Rings(
            Geometry geometry,
            PixelFormat format,
            double saturationCounts,
            double polarization,
            float @Nullable [] dark,
            float @Nullable [] flat)
            implements View {

        long frameBytes() {
            return (long) geometry.detector().pixels() * format.bytes();
        }
    }

    /**
     * @param format pixels of a frame
     * @param saturationCounts the detector's own saturation, infinity when unknown
     * @param countsPerPhoton the detector's own, NaN when unknown
     * @param corrections what the detector itself knows, or null
     */
    record Radiographs(
            ImageShape shape,
            PixelFormat format,
            double saturationCounts,
            double countsPerPhoton,
            @Nullable Averages corrections)
            implements View {}

    /**
     * @param frameBytes of the longest pattern
     * @param natural the axis on which nothing of the first pattern is lost
     * @param wavelengthAngstrom NaN when nobody says it
     * @param description unit and errors of the patterns, in words
     */
    record Curves(long frameBytes, RadialAxis natural, double wavelengthAngstrom, String description) implements View {}

    /** Means of so many dark frames and as many flat ones, in counts. */
    record Averages(float[] dark, float[] flat, int frames) {}

    /** The same, announced by another trigger line. */
    Input triggeredBy(TriggerInput line) {
        if (triggers != null) {
            triggers.close();
        }
        return new Input(source, view, line, frames, truth, firstLoss, events);
    }

    /** Closes what was opened; for an input that no pipeline has taken over. */
    @Override
    public void close() {
        source.close();
        if (triggers != null) {
            triggers.close();
        }
    }
}
