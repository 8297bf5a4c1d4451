package org.emberline.edge.twin;

import java.util.List;

/**
 * What the thermocouple and its converter make of the temperature of the junction: the table {@code [simulation.thermocouple_signal]}.
 *
 * @param type of the thermocouple
 * @param coldJunctionCelsius mean temperature where the wires end
 * @param coldJunctionSwingKelvin it swings by so much to either side, as a sine of the period below and a phase drawn from the seed
 * @param coldJunctionPeriodSeconds period of the swing
 * @param coldJunctionErrorKelvin what the converter's own sensor of it shows too much
 * @param gainError of the converter's emf, as a fraction: 0.0015 is 0.15 %
 * @param offsetMicrovolts of the converter's emf
 * @param noiseMicrovolts standard deviation of the emf of one conversion, white and Gaussian
 * @param offsetKelvin junction minus sample beyond its lag
 * @param offsetPerKelvin the same per kelvin above 25 C: a gradient along the sample that grows with the temperature
 * @param driftKelvinPerHour what the pair reads too much per hour that it has spent above the temperature below
 * @param driftAboveCelsius where that drift begins
 */
public record ThermocoupleSettings(
        Emf type,
        double coldJunctionCelsius,
        double coldJunctionSwingKelvin,
        double coldJunctionPeriodSeconds,
        double coldJunctionErrorKelvin,
        double gainError,
        double offsetMicrovolts,
        double noiseMicrovolts,
        double offsetKelvin,
        double offsetPerKelvin,
        double driftKelvinPerHour,
        double driftAboveCelsius) {

    /** Every reference function begins at 0 C or below, and no electronics lives much above. */
    private static final double HOTTEST_COLD_JUNCTION = 85;

    /** Everything that is wrong, one line each; empty when all is well. */
    public List<String> problems() {
        SignalChecks checks = new SignalChecks("simulation.thermocouple_signal");
        checks.within("cold_junction_celsius", coldJunctionCelsius, 0, HOTTEST_COLD_JUNCTION)
                .within("cold_junction_swing_kelvin", coldJunctionSwingKelvin, 0, HOTTEST_COLD_JUNCTION)
                .within("cold_junction_period_seconds", coldJunctionPeriodSeconds, 1, 1e7)
                .within("cold_junction_error_kelvin", coldJunctionErrorKelvin, -20, 20)
                .within("gain_error", gainError, -0.1, 0.1)
                .within("offset_microvolts", offsetMicrovolts, -1000, 1000)
                .within("noise_microvolts", noiseMicrovolts, 0, 1000)
                .within("offset_kelvin", offsetKelvin, -1000, 1000)
                .within("offset_per_kelvin", offsetPerKelvin, -0.5, 0.5)
                .within("drift_kelvin_per_hour", driftKelvinPerHour, -100, 100)
                .within("drift_above_celsius", driftAboveCelsius, -200, 2000);
        double reach = coldJunctionSwingKelvin + Math.abs(coldJunctionErrorKelvin);
        if (checks.none() && (coldJunctionCelsius - reach < 0 || coldJunctionCelsius + reach > HOTTEST_COLD_JUNCTION)) {
            checks.complain(
                    "cold_junction_celsius",
                    coldJunctionCelsius,
                    "with swing and error reachKelvin=" + reach + " must stay between 0 and " + HOTTEST_COLD_JUNCTION);
        }
        return checks.problems();
    }
}
