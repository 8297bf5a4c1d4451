package org.emberline.edge.twin;

/**
 * LiNi0.5Mn0.3Co0.2O2 in R-3m, hexagonal axes: Li on 3a (0,0,0), metals on 3b (0,0,1/2), O on 6c (0,0,z). Antisite disorder x puts
 * Ni on 3a and as much Li on 3b. Every atom sits on the threefold axis, so an allowed reflection has
 *
 * <pre>
 *   F = 3 [f3a exp(-Ba u) + (-1)^l f3b exp(-Bb u) + 2 fO exp(-Bo u) cos(2 pi l z)],   u = (1/2d)^2
 * </pre>
 *
 * <p>Lattice parameters at 300 K, displacement factors and expansion are representative values for NMC532, not those of one sample.
 */
final class LayeredOxide {
    static final double A_300 = 2.868;
    static final double C_300 = 14.245;
    static final double EXPANSION_A_PER_KELVIN = 13e-6;
    static final double EXPANSION_C_PER_KELVIN = 22e-6;
    private static final double REFERENCE_KELVIN = 300;
    private static final double ZERO_CELSIUS_IN_KELVIN = 273.15;
    private static final double OXYGEN_Z = 0.2415;
    private static final double B_LITHIUM_SITE = 1.1;
    private static final double B_METAL_SITE = 0.35;
    private static final double B_OXYGEN_SITE = 0.75;

    private LayeredOxide() {}

    static double kelvin(double celsius) {
        return celsius + ZERO_CELSIUS_IN_KELVIN;
    }

    static double celsius(double kelvin) {
        return kelvin - ZERO_CELSIUS_IN_KELVIN;
    }

    /** Angstrom. */
    static double latticeA(double kelvin) {
        return A_300 * (1 + EXPANSION_A_PER_KELVIN * (kelvin - REFERENCE_KELVIN));
    }

    /** Angstrom. */
    static double latticeC(double kelvin) {
        return C_300 * (1 + EXPANSION_C_PER_KELVIN * (kelvin - REFERENCE_KELVIN));
    }

    /** Volume of the unit cell relative to 300 K. */
    static double relativeVolume(double kelvin) {
        double a = latticeA(kelvin) / A_300;
        return a * a * latticeC(kelvin) / C_300;
    }

    /**
     * |F|^2 of one reflection, electrons squared.
     *
     * @param l third index
     * @param sSquared (sin(theta)/lambda)^2 = u, 1/Angstrom^2
     * @param kelvin for the displacements: B = B(300 K) T / 300 K, the classical limit
     * @param disorder fraction of Li sites that hold Ni
     */
    static double structureFactorSquared(int l, double sSquared, double kelvin, double disorder) {
        double s = Math.sqrt(sSquared);
        double heat = kelvin / REFERENCE_KELVIN * sSquared;
        double lithiumSite = Math.exp(-B_LITHIUM_SITE * heat);
        double metalSite = Math.exp(-B_METAL_SITE * heat) * (Math.floorMod(l, 2) == 0 ? 1 : -1);
        double oxygenSite = 2 * Math.exp(-B_OXYGEN_SITE * heat) * Math.cos(2 * Math.PI * l * OXYGEN_Z);
        double lithium = (1 - disorder) * lithiumSite + disorder * metalSite;
        double nickel = disorder * lithiumSite + (0.5 - disorder) * metalSite;
        double real = lithium * Ion.LITHIUM.real(s)
                + nickel * Ion.NICKEL.real(s)
                + metalSite * (0.3 * Ion.MANGANESE.real(s) + 0.2 * Ion.COBALT.real(s))
                + oxygenSite * Ion.OXYGEN.real(s);
        double imaginary = lithium * Ion.LITHIUM.imaginary()
                + nickel * Ion.NICKEL.imaginary()
                + metalSite * (0.3 * Ion.MANGANESE.imaginary() + 0.2 * Ion.COBALT.imaginary())
                + oxygenSite * Ion.OXYGEN.imaginary();
        return 9 * (real * real + imaginary * imaginary);
    }

    /** m |F|^2 / (sin^2(theta) cos(theta)). */
    static double ringArea(Reflection reflection, double kelvin, double disorder, double sSquared, double wavelength) {
        double sineSquared = wavelength * wavelength * sSquared;
        double lorentz = 1 / (sineSquared * Math.sqrt(1 - sineSquared));
        double squared = structureFactorSquared(reflection.l(), sSquared, kelvin, disorder);
        return reflection.multiplicity() * squared * lorentz;
    }
}
