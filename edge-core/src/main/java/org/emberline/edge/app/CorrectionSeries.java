package org.emberline.edge.app;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ApplianceConfig.DetectorConfig;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.archive.ImageOutput;
import org.emberline.edge.frame.DetectorRole;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.gpu.imaging.ImageShape;
import org.jspecify.annotations.Nullable;

/**
 * Darks or flats to take with one imaging detector.
 *
 * @param frames how many, 1 to {@link #MOST_FRAMES}
 * @param target the file they are written to, replaced as a whole when all are there
 */
record CorrectionSeries(
        DetectorConfig detector, CorrectionInput.Kind kind, int frames, Path target, ImageOutput.Kind format) {
    static final int MOST_FRAMES = 10_000;
    static final int USUAL_FRAMES = 32;

    private static final double STEADY = 0.01;

    /** What was taken. */
    record Taken(CorrectionSeries series, ImageShape shape, double saturationCounts, CorrectionTotals totals) {
        /** One line for people. */
        String line() {
            return String.format(
                    Locale.ROOT,
                    "%s: %d %s frames of %dx%d (rows x columns) of %s, mean %.6g counts, standard deviation %.4g",
                    series.target,
                    totals.frames(),
                    Choice.word(series.kind),
                    shape.rows(),
                    shape.columns(),
                    series.detector.detector().name(),
                    totals.mean(),
                    totals.deviation());
        }

        /** Why the frames are not good for much, a line each; empty when they are. */
        List<String> doubts() {
            List<String> doubts = new ArrayList<>();
            if (totals.saturated() > 0) {
                doubts.add(totals.saturated() + " pixels, over all frames, have " + saturationCounts
                        + " counts or more: they are saturated; expose shorter");
            }
            if (Math.abs(totals.change()) > STEADY) {
                doubts.add(String.format(
                        Locale.ROOT,
                        "the frames' mean changed by %.2g %% from the first half to the second: take them again when beam and"
                                + " shutter are steady",
                        100 * totals.change()));
            }
            return doubts;
        }

        /** The keys of {@code acquire --json}. */
        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("file", series.target.toString());
            fields.put("kind", Choice.word(series.kind));
            fields.put("detector", series.detector.detector().name());
            fields.put("frames", totals.frames());
            fields.put("rows", shape.rows());
            fields.put("columns", shape.columns());
            fields.put("mean", totals.mean());
            fields.put("deviation", totals.deviation());
            fields.put("saturated", totals.saturated());
            fields.put("change", totals.change());
            return fields;
        }
    }

    /** The file that the configuration names for them; null when none. */
    static @Nullable Path configured(DetectorConfig detector, CorrectionInput.Kind kind) {
        return kind == CorrectionInput.Kind.DARK
                ? detector.detector().dark()
                : detector.detector().flat();
    }

    /** The files of darks and flats that the imaging detectors of a configuration name and that are not there. */
    static List<Path> missing(ApplianceConfig config) {
        return config.detectors().stream()
                .filter(detector -> detector.role() == DetectorRole.IMAGING)
                .flatMap(detector -> Stream.of(CorrectionInput.Kind.values()).map(kind -> configured(detector, kind)))
                .filter(Objects::nonNull)
                .filter(Files::notExists)
                .toList();
    }

    /**
     * Takes the frames and writes them; a file is there with all frames or not at all.
     *
     * @param goesOn asked after every frame with the number of those taken
     * @throws CancellationException when that says no
     * @throws IOException when the detector ends before, or the file cannot be written
     */
    Taken take(ApplianceConfig config, IntPredicate goesOn) throws IOException, ConfigException {
        try (CorrectionInput input = CorrectionInput.open(config, detector, kind)) {
            CorrectionTotals totals = new CorrectionTotals(input.saturationCounts());
            int pixels = input.shape().pixels();
            float[] counts = new float[pixels];
            try (Arena arena = Arena.ofShared();
                    ImageOutput out = ImageOutput.open(target, format, contents(input))) {
                FrameSlot slot =
                        new FrameSlot(arena, (long) pixels * input.format().bytes(), 1, 0);
                for (int frame = 0; frame < frames; frame++) {
                    input.next(slot, frame, frames);
                    for (int i = 0; i < pixels; i++) {
                        counts[i] = (float) input.format().read(slot.pixels(), i);
                    }
                    totals.add(counts);
                    out.add(counts);
                    if (!goesOn.test(frame + 1)) {
                        throw new CancellationException("stopped after " + (frame + 1) + " frames; nothing is written");
                    }
                }
                out.commit();
            }
            return new Taken(this, input.shape(), input.saturationCounts(), totals);
        }
    }

    private ImageOutput.Contents contents(CorrectionInput input) {
        return new ImageOutput.Contents(
                frames,
                input.shape().rows(),
                input.shape().columns(),
                Choice.word(kind),
                "raw counts of a " + Choice.word(kind) + " frame",
                Emberline.VERSION,
                Map.of("detector", input.detector()));
    }
}
