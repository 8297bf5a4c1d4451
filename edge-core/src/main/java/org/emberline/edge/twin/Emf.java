package org.emberline.edge.twin;

/**
 * Thermocouple types with their ITS-90 reference functions (NIST Monograph 175): the emf of a pair whose cold junction is at 0 C.
 * The twin has a table of its own so that a wrong coefficient in a decoder cannot cancel out. Thread-safe.
 */
public enum Emf {
    K(
            -270,
            EmfPiece.of(
                    -270,
                    0,
                    0,
                    0.394501280250e-1,
                    0.236223735980e-4,
                    -0.328589067840e-6,
                    -0.499048287770e-8,
                    -0.675090591730e-10,
                    -0.574103274280e-12,
                    -0.310888728940e-14,
                    -0.104516093650e-16,
                    -0.198892668780e-19,
                    -0.163226974860e-22),
            EmfPiece.of(
                            0,
                            1372,
                            -0.176004136860e-1,
                            0.389212049750e-1,
                            0.185587700320e-4,
                            -0.994575928740e-7,
                            0.318409457190e-9,
                            -0.560728448890e-12,
                            0.560750590590e-15,
                            -0.320207200030e-18,
                            0.971511471520e-22,
                            -0.121047212750e-25)
                    .plusGaussian(0.118597600000, -0.118343200000e-3, 126.9686)),
    N(
            0,
            EmfPiece.of(
                    0,
                    1300,
                    0,
                    0.259293946010e-1,
                    0.157101418800e-4,
                    0.438256272370e-7,
                    -0.252611697940e-9,
                    0.643118193390e-12,
                    -0.100634715190e-14,
                    0.997453389920e-18,
                    -0.608632456070e-21,
                    0.208492293390e-24,
                    -0.306821961510e-28)),
    S(
            -50,
            EmfPiece.of(
                    -50,
                    1064.18,
                    0,
                    0.540313308631e-2,
                    0.125934289740e-4,
                    -0.232477968689e-7,
                    0.322028823036e-10,
                    -0.331465196389e-13,
                    0.255744251786e-16,
                    -0.125068871393e-19,
                    0.271443176145e-23),
            EmfPiece.of(
                    1064.18,
                    1664.5,
                    0.132900444085e1,
                    0.334509311344e-2,
                    0.654805192818e-5,
                    -0.164856259209e-8,
                    0.129989605174e-13),
            EmfPiece.of(
                    1664.5,
                    1768.1,
                    0.146628232636e3,
                    -0.258430516752,
                    0.163693574641e-3,
                    -0.330439046987e-7,
                    -0.943223690612e-14)),
    R(
            -50,
            EmfPiece.of(
                    -50,
                    1064.18,
                    0,
                    0.528961729765e-2,
                    0.139166589782e-4,
                    -0.238855693017e-7,
                    0.356916001063e-10,
                    -0.462347666298e-13,
                    0.500777441034e-16,
                    -0.373105886191e-19,
                    0.157716482367e-22,
                    -0.281038625251e-26),
            EmfPiece.of(
                    1064.18,
                    1664.5,
                    0.295157925316e1,
                    -0.252061251332e-2,
                    0.159564501865e-4,
                    -0.764085947576e-8,
                    0.205305291024e-11,
                    -0.293359668173e-15),
            EmfPiece.of(
                    1664.5,
                    1768.1,
                    0.152232118209e3,
                    -0.268819888545,
                    0.171280280471e-3,
                    -0.345895706453e-7,
                    -0.934633971046e-14)),
    /** Below some 100 C its emf is too flat to say a temperature, and below 21 C it even rises again. */
    B(
            100,
            EmfPiece.of(
                    0,
                    630.615,
                    0,
                    -0.246508183460e-3,
                    0.590404211710e-5,
                    -0.132579316360e-8,
                    0.156682919010e-11,
                    -0.169445292400e-14,
                    0.629903470940e-18),
            EmfPiece.of(
                    630.615,
                    1820,
                    -0.389381686210e1,
                    0.285717474700e-1,
                    -0.848851047850e-4,
                    0.157852801640e-6,
                    -0.168353448640e-9,
                    0.111097940130e-12,
                    -0.445154310330e-16,
                    0.989756408210e-20,
                    -0.937913302890e-24));

    private static final double CLOSE_KELVIN = 1e-11;
    /** Bisection alone would need about 60 steps from 2000 K down to a rounding error. */
    private static final int MOST_STEPS = 200;

    private final double leastInvertibleCelsius;

    @SuppressWarnings("ImmutableEnumChecker") // written here only, and nobody else sees it
    private final EmfPiece[] pieces;

    Emf(double leastInvertibleCelsius, EmfPiece... pieces) {
        this.leastInvertibleCelsius = leastInvertibleCelsius;
        this.pieces = pieces;
    }

    /** Begin of the reference function, degrees Celsius. */
    public double leastCelsius() {
        return pieces[0].leastCelsius();
    }

    /** End of the reference function, degrees Celsius. */
    public double mostCelsius() {
        return pieces[pieces.length - 1].mostCelsius();
    }

    /** From here on up an emf says a temperature, degrees Celsius. */
    public double leastInvertibleCelsius() {
        return leastInvertibleCelsius;
    }

    /** E(t), mV; NaN outside of the reference function. */
    public double millivolts(double celsius) {
        return covers(celsius) ? piece(celsius).millivolts(celsius) : Double.NaN;
    }

    /** The Seebeck coefficient dE/dt, mV/K; NaN outside of the reference function. */
    public double millivoltsPerKelvin(double celsius) {
        return covers(celsius) ? piece(celsius).millivoltsPerKelvin(celsius) : Double.NaN;
    }

    /**
     * The temperature of an emf, degrees Celsius: Newton's method on the reference function itself, kept between two bounds. NaN where
     * no temperature between {@link #leastInvertibleCelsius} and {@link #mostCelsius} has that emf.
     */
    public double celsius(double millivolts) {
        double low = leastInvertibleCelsius;
        double high = mostCelsius();
        double lowest = millivolts(low);
        double highest = millivolts(high);
        if (!(millivolts >= lowest && millivolts <= highest)) {
            return Double.NaN;
        }
        double celsius = low + (high - low) * (millivolts - lowest) / (highest - lowest);
        for (int i = 0; i < MOST_STEPS && high - low > CLOSE_KELVIN; i++) {
            EmfPiece piece = piece(celsius);
            double excess = piece.millivolts(celsius) - millivolts;
            if (excess > 0) {
                high = celsius;
            } else {
                low = celsius;
            }
            double next = celsius - excess / piece.millivoltsPerKelvin(celsius);
            if (Math.abs(next - celsius) < CLOSE_KELVIN) {
                return Math.clamp(next, leastInvertibleCelsius, mostCelsius());
            }
            celsius = next > low && next < high ? next : (low + high) / 2;
        }
        return celsius;
    }

    boolean covers(double celsius) {
        return celsius >= leastCelsius() && celsius <= mostCelsius();
    }

    private EmfPiece piece(double celsius) {
        int i = 0;
        while (i + 1 < pieces.length && celsius > pieces[i].mostCelsius()) {
            i++;
        }
        return pieces[i];
    }
}
