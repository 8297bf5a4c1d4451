package org.emberline.gpu;

import java.util.Arrays;
import java.util.Optional;

/** The radial axis of a pattern, under pyFAI's names. */
public enum RadialUnit {
    Q_PER_ANGSTROM("q_A^-1"),
    Q_PER_NANOMETRE("q_nm^-1"),
    TWO_THETA_DEGREES("2th_deg"),
    TWO_THETA_RADIANS("2th_rad"),
    RADIUS_MILLIMETRES("r_mm"),
    /** The squared inverse of the lattice spacing, {@code (q / 2 pi)^2} with q in 1/Angstrom. */
    D_STAR_SQUARED_PER_SQUARE_ANGSTROM("d*2_A^-2");

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
        return switch (this) {
            case Q_PER_ANGSTROM, Q_PER_NANOMETRE, D_STAR_SQUARED_PER_SQUARE_ANGSTROM -> true;
            case TWO_THETA_DEGREES, TWO_THETA_RADIANS, RADIUS_MILLIMETRES -> false;
        };
    }

    /** The unit of that pyFAI name, if it is one of ours. */
    public static Optional<RadialUnit> ofSymbol(String symbol) {
        return Arrays.stream(values()).filter(u -> u.symbol.equals(symbol)).findFirst();
    }
}
