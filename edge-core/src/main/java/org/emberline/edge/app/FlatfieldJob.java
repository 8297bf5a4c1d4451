package org.emberline.edge.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.acquire.FrameFile;
import org.emberline.edge.acquire.ImageSelection;
import org.emberline.edge.archive.ImageOutput;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.imaging.ImageReducer;
import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.UnlitTransmission;

/** Reads, corrects and writes one image after the other. */
final class FlatfieldJob {
    private static final int MOST_WARNINGS = 10;

    private final ImageReducer reducer;
    private final ImagingPlan plan;
    private final FlatfieldQuantity quantity;
    private final PrintWriter err;
    private final ImageReduction reduction;
    private final FlatfieldTotals totals;
    private final List<Double> scales = new ArrayList<>();

    /** @param err for images that have no value at all */
    FlatfieldJob(ImageReducer reducer, FlatfieldQuantity quantity, PrintWriter err) {
        this.reducer = reducer;
        this.quantity = quantity;
        this.err = err;
        plan = reducer.plan();
        reduction = ImageReduction.of(plan);
        totals = new FlatfieldTotals(plan);
    }

    /** When the second flat was taken, on the clock of {@link #imageTime}; the first at 0. */
    static long endTime(int images) {
        return 2L * images;
    }

    /** When an image was taken: they lie evenly between the flats, as if each exposure began where the last ended. */
    private static long imageTime(int image) {
        return 2L * image + 1;
    }

    /**
     * Corrects all images.
     *
     * @throws IOException when a file cannot be read or written, and when no image has any value
     */
    FlatfieldTotals run(List<ImageSelection> projections, ImageOutput output) throws IOException {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment frame = arena.allocate(plan.frameBytes(), 64);
            for (ImageSelection projection : projections) {
                try (FrameFile file = projection.open()) {
                    for (int i = 0; i < projection.size(); i++) {
                        file.read(projection.image(i), frame);
                        if (!correct(frame, output)) {
                            warn(projection.file() + " image " + projection.image(i));
                        }
                    }
                }
            }
        }
        if (totals.emptyImages() == totals.images()) {
            throw new IOException("no image has a single pixel with a value: saturated=" + totals.saturated()
                    + " unlit=" + totals.unlit() + " dead=" + totals.dead() + " masked=" + totals.masked());
        }
        return totals;
    }

    /** What the flat was multiplied by for each image. */
    List<Double> scales() {
        return scales;
    }

    private boolean correct(MemorySegment frame, ImageOutput output) throws IOException {
        double flatFraction = plan.flatfield().fraction(imageTime(totals.images()));
        reducer.reduce(frame, flatFraction, reduction);
        if (quantity == FlatfieldQuantity.TRANSMISSION && reduction.unlitPixels() > 0) {
            UnlitTransmission.include(plan, frame, flatFraction, reduction);
        }
        float[] map = quantity.of(reduction);
        output.add(map);
        scales.add(reduction.flatScale());
        return totals.add(reduction, map, atLargest(frame));
    }

    /** Pixels at the end of an integer format's range: most likely saturated, though nobody has said so. */
    private long atLargest(MemorySegment frame) {
        if (plan.format() == PixelFormat.F32 || !Double.isInfinite(plan.saturationCounts())) {
            return 0;
        }
        double largest = plan.format().maximum();
        long found = 0;
        for (int pixel = 0; pixel < plan.shape().pixels(); pixel++) {
            found += plan.format().read(frame, pixel) == largest ? 1 : 0;
        }
        return found;
    }

    private void warn(String image) {
        if (totals.emptyImages() <= MOST_WARNINGS) {
            String why = Double.isNaN(reduction.flatScale())
                    ? "the part of the field that sets the scale has no valid pixel"
                    : "saturated=" + reduction.saturatedPixels() + " unlit=" + reduction.unlitPixels();
            err.println(image + ": no pixel has a value, " + why
                    + (totals.emptyImages() == MOST_WARNINGS ? "; further ones are only counted" : ""));
        }
    }
}
