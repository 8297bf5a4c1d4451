package org.emberline.edge.twin;

/**
 * X-ray scattering factors of the ions of NMC. f0(s) = c + sum a_i exp(-b_i s^2) with s = sin(theta)/lambda in 1/Angstrom, after
 * Waasmaier and Kirfel, Acta Cryst. A51 (1995) 416; the dispersion corrections are Chantler's at 67.2 keV, far above every edge.
 */
final class Ion {
    static final Ion LITHIUM = new Ion(
            0.001764,
            new double[] {0.432724, 0.549257, 0.376575, -0.336481, 0.97606},
            new double[] {0.260367, 1.042836, 7.885294, 0.260368, 3.042539},
            -0.001287,
            0.000002);

    static final Ion OXYGEN = new Ion(
            0.025429,
            new double[] {3.990247, 2.300563, 0.6072, 1.907882, 1.16708},
            new double[] {16.639956, 5.636819, 0.108493, 47.299709, 0.379984},
            -0.005111,
            0.000290);

    static final Ion MANGANESE = new Ion(
            0.672146,
            new double[] {12.409131, 7.466993, 1.809947, -12.138477, 10.780248},
            new double[] {0.3004, 0.112814, 12.520756, 0.168653, 5.173237},
            0.008926,
            0.051229);

    static final Ion COBALT = new Ion(
            -1.14735,
            new double[] {6.861739, 2.67857, 12.281889, 3.501741, -0.179384},
            new double[] {0.309794, 0.008142, 4.331703, 11.914167, 11.914167},
            0.016885,
            0.071132);

    static final Ion NICKEL = new Ion(
            -36.3445,
            new double[] {12.519017, 37.832058, 4.387257, 0.661552, 6.949072},
            new double[] {3.933053, 0.000442, 10.449184, 23.860998, 0.283723},
            0.020555,
            0.082951);

    private final double constant;
    private final double[] amplitudes;
    private final double[] exponents;
    private final double real;
    private final double imaginary;

    private Ion(double constant, double[] amplitudes, double[] exponents, double real, double imaginary) {
        this.constant = constant;
        this.amplitudes = amplitudes;
        this.exponents = exponents;
        this.real = real;
        this.imaginary = imaginary;
    }

    /** f0 alone, electrons. */
    double f0(double s) {
        double sum = constant;
        for (int i = 0; i < amplitudes.length; i++) {
            sum += amplitudes[i] * Math.exp(-exponents[i] * s * s);
        }
        return sum;
    }

    /** f0 + f', electrons. */
    double real(double s) {
        return f0(s) + real;
    }

    /** f'', electrons. */
    double imaginary() {
        return imaginary;
    }
}
