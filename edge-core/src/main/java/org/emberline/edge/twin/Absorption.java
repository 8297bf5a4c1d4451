package org.emberline.edge.twin;

import java.util.Arrays;

/**
 * How strongly the sample absorbs at the photon energies a simulated radiograph can be taken at. Only energies with a looked-up
 * value exist: between absorption edges an interpolation would be harmless, across one it would be wrong.
 *
 * <p>Sources: LiNi0.5Mn0.3Co0.2O2 of 4.74 g/cm3 at 5.24, 8.30 and 8.40 keV and barium at 5.24 and 5.255 keV from the tables of Elam,
 * Ravel and Sieber (Radiat. Phys. Chem. 63 (2002) 121), 393 cm2/g across the Ba L3 edge at 5.247 keV; the oxide at 5.255 and 5.28 keV
 * by the same tables' slope, E^-2.77; barium at 5.28 keV by the slope, and at 8.30 and 8.40 keV by the values, of Chantler (J. Phys.
 * Chem. Ref. Data 29 (2000) 597). Tables differ by 2 to 5 %; near-edge structure is left out.
 */
enum Absorption {
    BELOW_BARIUM_L3(5.24, 0.0458, 214),
    AT_BARIUM_L3(5.255, 0.0454, 607),
    ABOVE_BARIUM_L3(5.28, 0.0448, 598),
    BELOW_NICKEL_K(8.30, 0.0454, 300),
    ABOVE_NICKEL_K(8.40, 0.0843, 291);

    /** Density of the dense layered oxide, for which the linear coefficient holds. */
    static final double OXIDE_GRAMS_PER_CM3 = 4.74;
    /** Mass of LiNi0.5Mn0.3Co0.2O2 per mole of transition metal. */
    static final double OXIDE_GRAMS_PER_MOLE = 96.56;

    static final double BARIUM_GRAMS_PER_MOLE = 137.33;

    /** 2.818e-15 m, the classical electron radius. */
    private static final double ELECTRON_RADIUS_MICROMETRES = 2.8179403e-9;

    private static final double KEV_MICROMETRES = 1.239841984e-3;
    private static final double AVOGADRO = 6.02214076e23;
    /** Li 3, Ni 28, Mn 25, Co 27, O 8. */
    private static final double ELECTRONS_PER_FORMULA = 3 + 0.5 * 28 + 0.3 * 25 + 0.2 * 27 + 2 * 8;

    private final double kev;
    private final double oxidePerMicrometre;
    private final double bariumCm2PerGram;

    Absorption(double kev, double oxidePerMicrometre, double bariumCm2PerGram) {
        this.kev = kev;
        this.oxidePerMicrometre = oxidePerMicrometre;
        this.bariumCm2PerGram = bariumCm2PerGram;
    }

    /** @throws IllegalArgumentException for an energy that is not in the table */
    static Absorption at(double kev) {
        for (Absorption absorption : values()) {
            if (absorption.kev == kev) {
                return absorption;
            }
        }
        throw new IllegalArgumentException("energy kev=" + kev + " has no coefficients, must be one of " + known());
    }

    static boolean knows(double kev) {
        return Arrays.stream(values()).anyMatch(absorption -> absorption.kev == kev);
    }

    static String known() {
        return Arrays.toString(
                Arrays.stream(values()).mapToDouble(Absorption::kev).toArray());
    }

    double kev() {
        return kev;
    }

    /** Linear absorption coefficient of the dense layered oxide, 1/um. */
    double oxidePerMicrometre() {
        return oxidePerMicrometre;
    }

    /** Mass absorption coefficient of barium. */
    double bariumCm2PerGram() {
        return bariumCm2PerGram;
    }

    /** Optical density of a column: thickness of dense layered oxide, and barium in ug/cm2. */
    double opticalDensity(double oxideMicrometres, double bariumMicrogramsPerCm2) {
        return oxidePerMicrometre * oxideMicrometres + bariumCm2PerGram * 1e-6 * bariumMicrogramsPerCm2;
    }

    /** Refractive decrement of the dense oxide, r_e lambda^2 n_e / 2 pi, far from resonance (the edges' own few per cent left out). */
    double decrement() {
        double wavelength = KEV_MICROMETRES / kev;
        double electronsPerCubicMicrometre =
                OXIDE_GRAMS_PER_CM3 / OXIDE_GRAMS_PER_MOLE * AVOGADRO * ELECTRONS_PER_FORMULA * 1e-12;
        return ELECTRON_RADIUS_MICROMETRES * wavelength * wavelength * electronsPerCubicMicrometre / (2 * Math.PI);
    }
}
