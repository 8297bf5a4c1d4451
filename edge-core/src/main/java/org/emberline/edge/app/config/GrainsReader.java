package org.emberline.edge.app.config;

import java.util.List;
import org.emberline.edge.metrics.grains.GrainCalibration;
import org.emberline.edge.metrics.grains.GrainSettings;
import org.jspecify.annotations.Nullable;

/** Reads {@code [metrics.grains]}: which ring is looked at for grains, and what is known of the instrument. */
final class GrainsReader {
    /** Without all of them there is no calibration. */
    private static final List<String> CALIBRATION = List.of(
            "packing", "beam_width_micrometres", "beam_height_micrometres", "path_micrometres", "acceptance_radians");

    private static final int LARGEST_INDEX = 99;

    private GrainsReader() {}

    static GrainSettings read(TomlSection section) {
        GrainSettings usual = GrainSettings.USUAL;
        int[] hkl = {usual.h(), usual.k(), usual.l()};
        double[] numbers = section.numbers("reflection", hkl.length, -LARGEST_INDEX, LARGEST_INDEX);
        if (numbers != null) {
            for (int i = 0; i < hkl.length; i++) {
                hkl[i] = (int) numbers[i];
                if (hkl[i] != numbers[i]) {
                    section.complain("reflection[" + i + "]", "must be a whole number, is " + numbers[i]);
                }
            }
            if (hkl[0] == 0 && hkl[1] == 0 && hkl[2] == 0) {
                section.complain("reflection", "is no reflection: [0, 0, 0]");
            }
        }
        GrainSettings settings = new GrainSettings(
                hkl[0],
                hkl[1],
                hkl[2],
                (int) section.integer("sectors", usual.sectors(), GrainSettings.FEWEST, GrainSettings.MOST),
                section.number("volume_sigma", usual.volumeSigma(), 0, 1.2),
                calibration(section));
        section.finish();
        return settings;
    }

    private static @Nullable GrainCalibration calibration(TomlSection section) {
        GrainCalibration calibration = new GrainCalibration(
                section.number("packing", Double.NaN, 1e-6, 1),
                section.number("beam_width_micrometres", Double.NaN, 0.01, 1e5),
                section.number("beam_height_micrometres", Double.NaN, 0.01, 1e5),
                section.number("path_micrometres", Double.NaN, 0.01, 1e5),
                section.number("acceptance_radians", Double.NaN, 1e-7, 0.1),
                section.number("spot_sigma_degrees", 0, 0, 10),
                section.number("relative_sigma", 0.1, 0, 1));
        List<String> missing =
                CALIBRATION.stream().filter(key -> !section.has(key)).toList();
        if (missing.size() < CALIBRATION.size() && !missing.isEmpty()) {
            section.complain(missing.getFirst(), "is missing: sizes of grains are calibrated by all of " + CALIBRATION);
        }
        return missing.isEmpty() ? calibration : null;
    }
}
