package org.emberline.gpu;

import java.util.Arrays;
import java.util.Optional;

/** The radial axis of a pattern, under pyFAI's names. */
public enum RadialUnit {
    Q_PER_ANGSTROM("q_A^-1"),
    Q_PER_NANOMETRE("q_nm^-1"),
    TWO_THETA_DEGREES("2th_deg"),
    TWO_THETA_RADIANS("2th_rad"),
    RADIUS_MILLIMETRES("r_mm");

    private final String symbol;

    RadialUnit(String symbol) {
        this.symbol = symbol;
    }

    /** The name pyFAI uses, also the column heading of a written pattern. */
    public String symbol() {
        return symbol;
    }

    /** Whether the axis cannot be computed without a wavelength. */
    public boolean needsWavelength() {
        return this == Q_PER_ANGSTROM || this == Q_PER_NANOMETRE;
    }

    /** The unit of that pyFAI name, if it is one of ours. */
    public static Optional<RadialUnit> ofSymbol(String symbol) {
        return Arrays.stream(values()).filter(u -> u.symbol.equals(symbol)).findFirst();
    }
}
