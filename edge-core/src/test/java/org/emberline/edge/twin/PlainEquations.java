package org.emberline.edge.twin;

import java.util.function.DoubleUnaryOperator;

/**
 * The rate laws once more, as ordinary differential equations integrated by the classical Runge-Kutta rule with a fixed small step:
 * an oracle that shares neither the splitting nor the exponential steps nor the grid with the twin. Rates come from frequency
 * factors, the lithium of the layered phase is a balance, grains are diameters.
 */
final class PlainEquations {
    private static final double R = 8.314462618;
    private static final double BOLTZMANN = 8.617333262e-5;
    /** Explicit steps stand no faster rate; what is that fast is over within a step or two. */
    private static final double FASTEST = 4;

    private final ChemistrySettings s;
    private final DoubleUnaryOperator celsius;

    PlainEquations(ChemistrySettings settings, DoubleUnaryOperator celsius) {
        s = settings;
        this.celsius = celsius;
    }

    /** Hydroxide, oxide, layered, rock salt, lithium lost, exchanged x, grain in um, pores left, barium released. */
    double[] at(double seconds, double step) {
        double[] y = {1, 0, 0, 0, 0, s.disorder().initial(), s.growth().initialMicrometres(), 1, 0};
        long steps = Math.round(seconds / step);
        for (long i = 0; i < steps; i++) {
            double t = i * step;
            double[] k1 = slope(t, y);
            double[] k2 = slope(t + step / 2, moved(y, k1, step / 2));
            double[] k3 = slope(t + step / 2, moved(y, k2, step / 2));
            double[] k4 = slope(t + step, moved(y, k3, step));
            for (int j = 0; j < y.length; j++) {
                y[j] += step / 6 * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]);
            }
        }
        return y;
    }

    private static double[] moved(double[] y, double[] slope, double step) {
        double[] moved = y.clone();
        for (int j = 0; j < y.length; j++) {
            moved[j] += slope[j] * step;
        }
        return moved;
    }

    /** A = beta E / (R Tp^2) exp(E / (R Tp)) with beta = 5 K/min. */
    private static double peaking(double kilojoules, double peakCelsius, double kelvin) {
        double peak = peakCelsius + 273.15;
        double e = kilojoules * 1000;
        double a = 5.0 / 60 * e / (R * peak * peak) * Math.exp(e / (R * peak));
        return Math.min(FASTEST, a * Math.exp(-e / (R * kelvin)));
    }

    private static double about(double reference, double kilojoules, double referenceCelsius, double kelvin) {
        double e = kilojoules * 1000 / R;
        return reference * Math.exp(-e / kelvin) / Math.exp(-e / (referenceCelsius + 273.15));
    }

    private double[] slope(double t, double[] y) {
        double c = celsius.applyAsDouble(t);
        double kelvin = c + 273.15;
        double layered = y[2];
        double grain = y[6];
        double a = peaking(s.dehydration().kilojoulesPerMole(), s.dehydration().peakCelsius(), kelvin);
        double b = peaking(s.lithiation().kilojoulesPerMole(), s.lithiation().peakCelsius(), kelvin);
        double salt = Math.max(0, s.lithiation().lithiumRatio() - layered - y[3]);
        double direct = s.lithiation().directShare() * a * y[0];
        double lithiated = b * Math.min(y[1], salt);
        double fire = s.overFiring().perHourPerKelvin()
                / 3600
                * Math.max(0, c - s.overFiring().onsetCelsius());
        double decayed = fire * layered;

        // Moles of boundary places per mole of metal: atoms/nm2 to mol/m2, 3/D in 1/m, cm3 to m3.
        double places = s.barium().atomsPerSquareNanometre()
                * (1e18 / 6.02214076e23)
                * (3 / (grain * 1e-6))
                * (s.porosity().layered() * 1e-6);
        double coverage = Math.min(1, s.barium().amount() * y[8] / places);
        ChemistrySettings.Growth g = s.growth();
        double constant = (1 - coverage) * about(g.rateConstant(), g.kilojoulesPerMole(), 950, kelvin)
                + coverage * about(g.bariumRateConstant(), g.bariumKilojoulesPerMole(), 950, kelvin);
        double growing = layered > g.fromLayeredShare() ? 1 : 0;
        ChemistrySettings.Densification d = s.densification();
        double closing = about(d.rateConstant(), d.kilojoulesPerMole(), 950, kelvin)
                * Math.pow(d.grainMicrometres() / grain, 2)
                * (1 + (d.bariumFactor() - 1) * coverage);

        double content = layered + y[3] - y[4];
        double evaporated =
                about(s.lithiumLoss().rateConstant(), s.lithiumLoss().kilojoulesPerMole(), 950, kelvin)
                        * content
                        / grain;
        double exchanging = layered > s.disorder().fromLayeredShare() ? 1 : 0;
        double tau = 1
                / about(
                        1 / 3600.0,
                        s.disorder().kilojoulesPerMole(),
                        s.disorder().hourCelsius(),
                        kelvin);
        return new double[] {
            -a * y[0],
            a * y[0] - direct - lithiated,
            direct + lithiated - decayed,
            decayed,
            evaporated + fire * content,
            exchanging * (equilibrium(kelvin, coverage) - y[5]) / tau,
            growing * constant / (g.exponent() * Math.pow(grain, g.exponent() - 1)),
            -growing * closing * y[7],
            peaking(s.barium().kilojoulesPerMole(), s.barium().peakCelsius(), kelvin) * (1 - y[8])
        };
    }

    /** By bisection. */
    private double equilibrium(double kelvin, double coverage) {
        double shift = s.barium().changesDisorder() ? s.barium().exchangeElectronVolts() * coverage : 0;
        double k = Math.exp(
                s.disorder().exchangeEntropy() - (s.disorder().exchangeElectronVolts() + shift) / (BOLTZMANN * kelvin));
        double low = 0;
        double high = 0.5;
        for (int i = 0; i < 40; i++) {
            double x = (low + high) / 2;
            if (x * x > k * (1 - x) * (0.5 - x)) {
                high = x;
            } else {
                low = x;
            }
        }
        return (low + high) / 2;
    }
}
