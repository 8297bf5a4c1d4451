package org.emberline.edge.app.config;

import org.emberline.edge.app.config.ApplianceConfig.Beam;
import org.emberline.edge.app.config.ApplianceConfig.DetectorSection;
import org.emberline.edge.app.config.ApplianceConfig.PatternSection;
import org.emberline.edge.sync.MatchSettings;
import org.emberline.gpu.PixelRules;
import org.emberline.gpu.RadialUnit;
import org.jspecify.annotations.Nullable;

/** Reads {@code [detector]} and {@code [reduce]} of a source of measured patterns, which has neither pixels nor a geometry. */
final class PatternSettingsReader {
    private static final double LONGEST_ANGSTROM = 100;
    private static final double SHORTEST_ANGSTROM = 1e-3;

    private PatternSettingsReader() {}

    static DetectorSection detector(String name) {
        return new DetectorSection(
                name,
                null,
                false,
                PixelRules.of(false, Double.POSITIVE_INFINITY),
                null,
                null,
                null,
                null,
                MatchSettings.ONE_FRAME_PER_EDGE);
    }

    static Beam beam(TomlSection section) {
        double first = section.number("wavelength_angstrom", Double.NaN, SHORTEST_ANGSTROM, LONGEST_ANGSTROM);
        double second = section.number("second_wavelength_angstrom", Double.NaN, SHORTEST_ANGSTROM, LONGEST_ANGSTROM);
        double share = section.number("second_share", 0, 0, 1);
        if (!Double.isNaN(second) && Double.isNaN(first)) {
            section.complain("second_wavelength_angstrom", "needs wavelength_angstrom, that of the stronger line");
        }
        if (Double.isNaN(second) != (share == 0)) {
            section.complain(
                    share == 0 ? "second_share" : "second_wavelength_angstrom",
                    "is missing: a doublet has second_wavelength_angstrom and second_share above 0");
        }
        return new Beam(first, second, share, section.flag("flat_plate", false));
    }

    static PatternSection reduce(TomlSection section, Beam beam) {
        double[] range = section.numbers("range", 2, 0, 1e6);
        if (range != null && !(range[1] > range[0])) {
            section.complain("range", "is empty or inverted: " + range[0] + ", " + range[1]);
        }
        RadialUnit unit = unit(section, RadialUnit.Q_PER_ANGSTROM);
        PatternSection patterns = new PatternSection(
                (int) section.integer("bins", 0, 0, 65_536),
                unit == null ? RadialUnit.Q_PER_ANGSTROM : unit,
                range == null ? Double.NaN : range[0],
                range == null ? Double.NaN : range[1],
                section.number("polarization", Double.NaN, -1, 1),
                section.number("polarization_angle", 0, -360, 360),
                beam);
        section.finish();
        return patterns;
    }

    /** Angles and q only. */
    static @Nullable RadialUnit unit(TomlSection section, @Nullable RadialUnit usual) {
        String symbol = section.text("unit", "");
        if (symbol.isEmpty()) {
            return usual;
        }
        RadialUnit unit = RadialUnit.ofSymbol(symbol).orElse(null);
        if (unit == null
                || unit == RadialUnit.RADIUS_MILLIMETRES
                || unit == RadialUnit.D_STAR_SQUARED_PER_SQUARE_ANGSTROM) {
            section.complain("unit", "must be 2th_deg, 2th_rad, q_A^-1 or q_nm^-1 for patterns, is \"" + symbol + "\"");
            return usual;
        }
        return unit;
    }
}
