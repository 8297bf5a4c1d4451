package org.emberline.edge.frame;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.function.Supplier;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.Sectors;
import org.emberline.gpu.imaging.ImagingPlan;

/**
 * What is fixed for one detector of a run and needed to read its frames.
 *
 * @param name detector name, unique within the run; a CoAP path segment
 * @param backend backend and device of its reduction, in words
 * @param result what a frame is reduced to
 * @param metrics in slot order
 */
public record DetectorLayout(String name, String backend, Result result, List<MetricLayout> metrics) {

    public DetectorLayout {
        metrics = List.copyOf(metrics);
    }

    /** What the frames of a detector are reduced to. */
    public sealed interface Result {}

    /**
     * @param frameBytes bytes of one frame
     * @param axis radial bins
     * @param wavelengthAngstrom of the beam, of a doublet the first; NaN when nobody says it
     * @param sectors what is wanted of the azimuth besides; for metrics only, outlets do not get it
     */
    public record Patterns(long frameBytes, RadialAxis axis, double wavelengthAngstrom, Sectors sectors)
            implements Result {

        /** Of patterns and nothing else. */
        public Patterns(long frameBytes, RadialAxis axis, double wavelengthAngstrom) {
            this(frameBytes, axis, wavelengthAngstrom, Sectors.NONE);
        }

        /** Of a beam whose wavelength nobody says. */
        public Patterns(long frameBytes, RadialAxis axis) {
            this(frameBytes, axis, Double.NaN);
        }
    }

    /** @param plan which also says how large a frame is */
    public record Images(ImagingPlan plan) implements Result {}

    public DetectorRole role() {
        return switch (result) {
            case Patterns _ -> DetectorRole.DIFFRACTION;
            case Images _ -> DetectorRole.IMAGING;
        };
    }

    /** A place in the ring for this detector's frames; its pixels live as long as the arena. */
    public FrameSlot slot(Arena arena) {
        return switch (result) {
            case Patterns patterns ->
                new FrameSlot(arena, patterns.frameBytes(), patterns.axis().bins(), patterns.sectors(), metrics.size());
            case Images images -> new FrameSlot(arena, images.plan(), metrics);
        };
    }

    /**
     * Makes rooms for what an outlet takes of a frame, see {@link FrameCopy}.
     *
     * @param largestSide rows and columns that a map of a radiograph may have
     */
    public Supplier<FrameCopy> copies(int largestSide) {
        FrameCopy first = switch (result) {
            case Patterns patterns -> new FrameCopy(patterns.axis().bins(), metrics.size());
            case Images images -> new FrameCopy(images.plan(), largestSide, metrics);
        };
        return first::another;
    }
}
