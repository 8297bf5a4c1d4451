package org.emberline.edge.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.emberline.edge.acquire.CorrectionImages;
import org.emberline.edge.acquire.InputException;
import org.emberline.edge.app.config.ApplianceConfig.DetectorSection;
import org.emberline.edge.app.config.ApplianceConfig.ImageSection;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.gpu.imaging.Flatfield;
import org.emberline.gpu.imaging.HistogramBins;
import org.emberline.gpu.imaging.ImageDetail;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.PhotonNoise;
import org.jspecify.annotations.Nullable;

/** Makes the plan of an imaging detector from its configuration and its input. */
final class ImagingPlans {
    /** Optical densities from well below noise to where a detector of 16 bits sees nothing any more, by 0.01. */
    private static final HistogramBins HISTOGRAM = new HistogramBins(-1, 6, 700);

    private ImagingPlans() {}

    /**
     * @param startedNanos begin of the run, from which the times of flats count
     * @throws IOException with what is wrong with all correction images
     */
    static ImagingPlan of(DetectorSection detector, ImageSection image, Input.Radiographs view, long startedNanos)
            throws IOException, ConfigException {
        Corrections read = Corrections.read(detector, view.shape());
        Input.Averages own = view.corrections();
        Mean dark = read.dark == null && own != null ? new Mean(own.dark(), own.frames()) : read.dark;
        Mean flat = read.flat == null && own != null ? new Mean(own.flat(), own.frames()) : read.flat;
        double gain = Double.isNaN(image.countsPerPhoton()) ? view.countsPerPhoton() : image.countsPerPhoton();
        Objects.requireNonNull(dark, "the reader demands a dark where the detector has none");
        Objects.requireNonNull(flat, "the reader demands a flat where the detector has none");
        Mean after = read.after;
        ImagingPlan plan = new ImagingPlan(
                view.shape(),
                view.format(),
                new Flatfield(
                        dark.counts,
                        flat.counts,
                        startedNanos + image.flat().before().toNanos(),
                        after == null ? null : after.counts,
                        startedNanos + image.flat().after().toNanos()),
                read.mask,
                Math.min(detector.rules().saturationCounts(), view.saturationCounts()),
                image.downsample(),
                image.scaling(),
                HISTOGRAM,
                new PhotonNoise(
                        Double.isNaN(gain) ? 1 : gain,
                        dark.frames,
                        after == null ? flat.frames : Math.min(flat.frames, after.frames)),
                ImageDetail.FULL);
        requireUsable(plan, detector);
        return plan;
    }

    /** A dark that was taken for the flat, or the other way round, would leave a run without a single number. */
    private static void requireUsable(ImagingPlan plan, DetectorSection detector) throws InputException {
        for (int pixel = 0; pixel < plan.shape().pixels(); pixel++) {
            if (plan.usable(pixel)) {
                return;
            }
        }
        Path named = detector.flat() == null ? detector.dark() : detector.flat();
        throw new InputException(
                Objects.requireNonNullElse(named, Path.of("simulation")),
                "leaves no pixel to measure: the flat is nowhere above the dark, or all pixels are masked dark="
                        + detector.dark() + " mask=" + detector.mask());
    }

    /** @param frames how many images were averaged */
    private record Mean(float[] counts, int frames) {}

    /** The correction images that are named, each null when it is not. */
    private record Corrections(
            boolean @Nullable [] mask,
            @Nullable Mean dark,
            @Nullable Mean flat,
            @Nullable Mean after) {

        static Corrections read(DetectorSection detector, ImageShape shape) throws IOException, ConfigException {
            Attempts attempts = new Attempts();
            Path mask = detector.mask();
            Corrections images = new Corrections(
                    mask == null
                            ? null
                            : attempts.attempt(() -> CorrectionImages.mask(mask, null, shape.rows(), shape.columns())),
                    mean(attempts, detector.dark(), shape),
                    mean(attempts, detector.flat(), shape),
                    mean(attempts, detector.flatAfter(), shape));
            attempts.finish();
            return images;
        }

        private static @Nullable Mean mean(Attempts attempts, @Nullable Path file, ImageShape shape) {
            if (file == null) {
                return null;
            }
            return attempts.attempt(() -> new Mean(
                    CorrectionImages.flat(List.of(file), null, shape.rows(), shape.columns()),
                    CorrectionImages.images(file, null)));
        }
    }
}
