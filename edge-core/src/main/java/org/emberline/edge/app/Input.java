package org.emberline.edge.app;

import java.util.Map;
import java.util.function.Supplier;
import org.emberline.edge.frame.FrameSource;
import org.emberline.firmware.Thermocouples;
import org.emberline.firmware.TriggerInput;
import org.emberline.gpu.Geometry;
import org.emberline.gpu.PixelFormat;
import org.jspecify.annotations.Nullable;

/**
 * Everything that comes into a run, opened but not started.
 *
 * @param source the frames
 * @param geometry geometry with the frames' shape
 * @param format pixels of a frame
 * @param thermocouples the temperature channels; without any when nothing is known of the temperature
 * @param triggers the trigger line, or null when frames are only announced
 * @param frames number of frames, 0 when there is no end
 * @param saturationCounts the detector's own saturation, infinity when unknown
 * @param polarization the beam's own polarisation factor, NaN when unknown
 * @param readingPeriodNanos longest ordinary time between two readings, 0 when unknown
 * @param truth what is true of a frame; null for real frames
 * @param dark mean dark frame that the detector itself knows, or null
 * @param flat sensitivity that the detector itself knows, or null
 * @param firstLoss why the first frame was lost, or null; asked at the end
 */
record Input(
        FrameSource source,
        Geometry geometry,
        PixelFormat format,
        Thermocouples thermocouples,
        @Nullable TriggerInput triggers,
        long frames,
        double saturationCounts,
        double polarization,
        long readingPeriodNanos,
        @Nullable Truth truth,
        float @Nullable [] dark,
        float @Nullable [] flat,
        Supplier<@Nullable String> firstLoss)
        implements AutoCloseable {

    /** The remark that says why the first frame was lost. */
    static final String FIRST_LOSS = "first_loss";

    /** What is true of the exposure around a moment: values by name. One thread. */
    interface Truth {
        Map<String, Double> at(long midNanos);
    }

    long frameBytes() {
        return (long) geometry.detector().pixels() * format.bytes();
    }

    /** Closes what was opened; for an input that no pipeline has taken over. */
    @Override
    public void close() {
        source.close();
        thermocouples.close();
        if (triggers != null) {
            triggers.close();
        }
    }

    /** What a summary says of the input besides the frames. */
    Map<String, String> remarks() {
        String loss = firstLoss.get();
        return loss == null ? Map.of() : Map.of(FIRST_LOSS, loss);
    }
}
