package org.emberline.edge.twin;

/**
 * A phase other than the layered oxide, as a list of powder lines. Cells at 300 K are textbook values, the lines' spacings and
 * relative intensities follow from their structures (neutral atoms, 67.2 keV; lines below 4 % are left out). The expansion, the same
 * along all axes, and the one displacement factor are representative.
 */
final class CrystalPhase {
    static final CrystalPhase HYDROXIDE = new CrystalPhase(
            "hydroxide",
            new double[] {40.206, 2446.4, 15e-6, 0.7},
            4.6200,
            93.3,
            2.7453,
            37.4,
            2.3601,
            100.0,
            2.3100,
            4.0,
            1.7675,
            56.2,
            1.5850,
            26.6,
            1.4992,
            24.5,
            1.3727,
            5.4,
            1.3431,
            18.5,
            1.3158,
            14.7,
            1.3069,
            5.7,
            1.1800,
            12.6);

    static final CrystalPhase SPINEL = new CrystalPhase(
            "spinel",
            new double[] {551.368 / 24, 4286.0, 9e-6, 0.45},
            4.7343,
            11.7,
            2.8991,
            29.3,
            2.4724,
            100.0,
            2.3671,
            10.7,
            2.0500,
            20.0,
            1.6738,
            10.9,
            1.5781,
            41.8,
            1.4496,
            49.8,
            1.2965,
            4.2,
            1.2505,
            11.8,
            1.2362,
            6.9);

    static final CrystalPhase ROCK_SALT = new CrystalPhase(
            "rock_salt",
            new double[] {72.877 / 4, 5849.4, 14e-6, 0.4},
            2.4116,
            73.3,
            2.0885,
            100.0,
            1.4768,
            63.9,
            1.2594,
            32.7,
            1.2058,
            19.9);

    static final CrystalPhase LITHIATED_ROCK_SALT = new CrystalPhase(
            "lithiated_rock_salt",
            new double[] {68.921 / 2, 2140.9, 14e-6, 0.6},
            2.3671,
            23.5,
            2.0500,
            100.0,
            1.4496,
            59.4,
            1.2362,
            12.9,
            1.1836,
            17.6);

    static final CrystalPhase LITHIUM_CARBONATE = new CrystalPhase(
            "lithium_carbonate",
            new double[] {233.795 / 4, 204.2, 40e-6, 1.1},
            4.1588,
            68.8,
            3.7933,
            10.5,
            3.7865,
            4.8,
            3.0274,
            22.1,
            2.9209,
            75.9,
            2.8123,
            100.0,
            2.6271,
            27.9,
            2.4862,
            16.4,
            2.4298,
            40.4,
            2.2740,
            15.8,
            2.2541,
            9.1,
            2.0794,
            5.8,
            1.8651,
            17.1,
            1.8627,
            4.3,
            1.8132,
            5.7,
            1.6193,
            4.6,
            1.5946,
            6.2,
            1.5785,
            6.3,
            1.5725,
            5.0,
            1.5641,
            7.3,
            1.5471,
            16.6,
            1.5137,
            6.2,
            1.5053,
            4.0,
            1.4680,
            5.5,
            1.4243,
            7.0,
            1.2793,
            5.0,
            1.2644,
            4.1);

    static final CrystalPhase LITHIUM_HYDROXIDE = new CrystalPhase(
            "lithium_hydroxide",
            new double[] {54.588 / 2, 275.5, 40e-6, 1.0},
            4.3340,
            42.7,
            2.7458,
            100.0,
            2.5095,
            20.2,
            1.8495,
            11.5,
            1.7745,
            21.4,
            1.6422,
            8.6,
            1.6401,
            21.4,
            1.4904,
            19.1,
            1.2805,
            4.4,
            1.2548,
            4.8,
            1.2520,
            7.9);

    static final CrystalPhase BARIUM_CARBONATE = new CrystalPhase(
            "barium_carbonate",
            new double[] {303.805 / 4, 3503.7, 20e-6, 0.75},
            4.5611,
            8.1,
            3.7199,
            100.0,
            3.6577,
            51.1,
            3.2142,
            14.6,
            3.0229,
            4.4,
            2.6563,
            15.6,
            2.6274,
            23.1,
            2.6052,
            11.4,
            2.5892,
            28.8,
            2.2806,
            7.7,
            2.1493,
            36.1,
            2.1017,
            17.0,
            2.0476,
            16.3,
            2.0164,
            30.0,
            1.9394,
            23.3,
            1.9305,
            11.1,
            1.8599,
            4.7,
            1.6767,
            10.8,
            1.6482,
            10.6,
            1.6318,
            10.3,
            1.5616,
            5.7,
            1.5204,
            5.4,
            1.5158,
            4.2,
            1.3750,
            4.4,
            1.3744,
            9.7,
            1.3655,
            9.2,
            1.3493,
            8.4,
            1.3463,
            4.4,
            1.3343,
            7.8,
            1.3255,
            7.9,
            1.2946,
            5.8,
            1.2484,
            5.1,
            1.2375,
            4.5,
            1.2319,
            4.9,
            1.2137,
            4.2,
            1.2009,
            4.5);

    static final CrystalPhase BARIUM_OXIDE = new CrystalPhase(
            "barium_oxide",
            new double[] {169.939 / 4, 8772.7, 13e-6, 0.55},
            3.1979,
            100.0,
            2.7695,
            88.5,
            1.9583,
            67.1,
            1.6701,
            54.4,
            1.5990,
            24.0,
            1.3848,
            11.3,
            1.2707,
            23.9,
            1.2386,
            31.1);

    private static final double REFERENCE_KELVIN = 300;
    /** Of the table of intensities, Angstrom. */
    private static final double TABLE_WAVELENGTH = 0.1846;

    private final String name;
    private final double formulaVolume;
    private final double expansion;
    private final double displacement;
    private final double[] spacings;
    private final double[] strengths;

    /**
     * @param cell volume per formula unit in cubic Angstrom; intensity of the strongest line per volume; expansion per kelvin;
     *     displacement factor B at 300 K in Angstrom squared
     * @param lines spacing in Angstrom and intensity in per cent of the strongest, in turn
     */
    private CrystalPhase(String name, double[] cell, double... lines) {
        this.name = name;
        formulaVolume = cell[0];
        expansion = cell[2];
        displacement = cell[3];
        spacings = new double[lines.length / 2];
        strengths = new double[spacings.length];
        for (int i = 0; i < spacings.length; i++) {
            spacings[i] = lines[2 * i];
            strengths[i] = cell[1] * lines[2 * i + 1] / 100 / lorentz(sSquared(i, REFERENCE_KELVIN), TABLE_WAVELENGTH);
        }
    }

    String name() {
        return name;
    }

    int lines() {
        return spacings.length;
    }

    /** Cubic Angstrom per formula unit; per metal for the oxides of the metals and their hydroxide. */
    double formulaVolume(double kelvin) {
        double length = 1 + expansion * (kelvin - REFERENCE_KELVIN);
        return formulaVolume * length * length * length;
    }

    /** (sin(theta)/lambda)^2 of a line, 1/Angstrom^2. */
    double sSquared(int line, double kelvin) {
        double d = spacings[line] * (1 + expansion * (kelvin - REFERENCE_KELVIN));
        return 1 / (4 * d * d);
    }

    /**
     * Area in 2theta of a line per cubic Angstrom of the phase: m |F|^2 / (v^2 sin^2(theta) cos(theta)), v the volume of the cell.
     *
     * @param wavelength Angstrom; the line must exist, sin(theta) below 1
     */
    double intensity(int line, double kelvin, double wavelength) {
        double sSquared = sSquared(line, kelvin);
        double damping = Math.exp(-2 * displacement * sSquared * (kelvin / REFERENCE_KELVIN - 1));
        double thinner = formulaVolume / formulaVolume(kelvin);
        return strengths[line] * damping * thinner * thinner * lorentz(sSquared, wavelength);
    }

    private static double lorentz(double sSquared, double wavelength) {
        double sineSquared = wavelength * wavelength * sSquared;
        return 1 / (sineSquared * Math.sqrt(1 - sineSquared));
    }
}
