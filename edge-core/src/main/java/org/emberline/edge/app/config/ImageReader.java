package org.emberline.edge.app.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.emberline.edge.app.config.ApplianceConfig.DetectorSection;
import org.emberline.edge.app.config.ApplianceConfig.FlatTimes;
import org.emberline.edge.app.config.ApplianceConfig.ImageSection;
import org.emberline.edge.metrics.imaging.ImageMetrics;
import org.emberline.gpu.Backend;
import org.emberline.gpu.imaging.FlatScaling;

/** Reads the section {@code [image]} of an imaging detector. */
final class ImageReader {
    private static final double LEAST_KEV = 0.1;
    private static final double MOST_KEV = 1000;

    private final DetectorSection detector;

    ImageReader(DetectorSection detector) {
        this.detector = detector;
    }

    /** How the flat is matched to the beam of a frame. */
    private enum Scaling {
        NONE,
        RIM,
        REGION
    }

    ImageSection read(TomlSection section) {
        double pixelNanometres = section.requiredNumber("pixel_nanometres", 1e-3, 1e9);
        ImageSection image = new ImageSection(
                section.choice("backend", Backend.AUTO, Backend.class),
                (int) section.integer("downsample", 1, 1, 64),
                section.numbers("energies_kev", LEAST_KEV, MOST_KEV),
                scaling(section),
                flatTimes(section),
                section.number("counts_per_photon", Double.NaN, 1e-6, 1e6),
                new ImageMetrics.Settings(
                        pixelNanometres,
                        absorption(section),
                        section.number("grams_per_cm3", 4.74, 0.1, 30),
                        section.number("largest_shift_pixels", 32, 0, 1e4),
                        ConfigReader.seconds(section.number("pair_gap_seconds", 600, 0, ConfigReader.YEAR_SECONDS)),
                        section.number("pair_kelvin", 5, 0, 2000)));
        section.finish();
        return image;
    }

    private static FlatScaling scaling(TomlSection section) {
        return switch (section.choice("flat_scaling", Scaling.RIM, Scaling.class)) {
            case NONE -> FlatScaling.NONE;
            case RIM -> new FlatScaling.Rim((int) section.integer("rim_width", 4, 1, 1024));
            case REGION -> region(section);
        };
    }

    private static FlatScaling region(TomlSection section) {
        double[] field = section.requiredNumbers("empty_region", 4, 0, 65_535);
        for (double value : field) {
            if (value != Math.rint(value)) {
                section.complain("empty_region", "must be whole numbers [row, column, rows, columns]");
                return FlatScaling.NONE;
            }
        }
        if (field[2] < 1 || field[3] < 1) {
            section.complain(
                    "empty_region", "is empty: [row, column, rows, columns] needs at least one row and column");
            return FlatScaling.NONE;
        }
        return new FlatScaling.Region((int) field[0], (int) field[1], (int) field[2], (int) field[3]);
    }

    /** Times belong to two flats: with one they have no meaning and are no keys. */
    private FlatTimes flatTimes(TomlSection section) {
        if (detector.flatAfter() == null) {
            return new FlatTimes(ConfigReader.seconds(0), ConfigReader.seconds(0));
        }
        double year = ConfigReader.YEAR_SECONDS;
        double before = section.number("flat_time_seconds", 0, -year, year);
        double after = section.requiredNumber("flat_after_time_seconds", -year, year);
        if (section.has("flat_after_time_seconds") && !(after > before)) {
            section.complain(
                    "flat_after_time_seconds", "must be later than flat_time_seconds=" + before + ", is " + after);
        }
        return new FlatTimes(ConfigReader.seconds(before), ConfigReader.seconds(after));
    }

    private static List<ImageMetrics.Absorption> absorption(TomlSection section) {
        List<ImageMetrics.Absorption> absorption = new ArrayList<>();
        Set<Double> seen = new HashSet<>();
        for (TomlSection table : section.sections("absorption")) {
            double kev = table.requiredNumber("kev", LEAST_KEV, MOST_KEV);
            absorption.add(new ImageMetrics.Absorption(
                    kev,
                    table.requiredNumber("oxide_per_micrometre", 0, 1e3),
                    table.requiredNumber("barium_cm2_per_gram", 0, 1e6)));
            if (!seen.add(kev)) {
                table.complain("kev", "stands twice, is " + kev);
            }
            table.finish();
        }
        return absorption;
    }
}
