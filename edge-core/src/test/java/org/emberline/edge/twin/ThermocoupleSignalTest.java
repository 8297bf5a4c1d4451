package org.emberline.edge.twin;

import static org.emberline.edge.twin.SignalCases.DAY;
import static org.emberline.edge.twin.SignalCases.SECOND;
import static org.emberline.edge.twin.SignalCases.at;
import static org.emberline.edge.twin.SignalCases.ideal;
import static org.emberline.edge.twin.SignalCases.steady;
import static org.emberline.edge.twin.SignalCases.timeline;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.emberline.edge.twin.TimedEvent.Kind;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ThermocoupleSignalTest {
    private static final long HOUR = 3600 * SECOND;
    private static final long START = 1_790_000_000_000_000_000L;

    private final Noise noise = new Noise(1);

    private Temperature reading(ThermocoupleSignal signal, long index, long nanos) {
        return assertInstanceOf(Temperature.class, signal.reading(index, nanos, START, noise));
    }

    @ParameterizedTest
    @EnumSource(Emf.class)
    void anIdealPairReadsTheJunction(Emf type) {
        for (double celsius = 110; celsius < 1290; celsius += 61.7) {
            Temperature reading = reading(steady(ideal(type), celsius), 3, 5 * SECOND);
            assertEquals(celsius, reading.hotJunctionCelsius(), 1e-9);
            assertEquals(START + 5 * SECOND, reading.timestampNanos());
            assertEquals(0, reading.sigmaCelsius());
            assertEquals(0, reading.channel());
        }
    }

    @Test
    void theEmfIsThatOfBothJunctions() {
        // NIST, type K: E(900 C) = 37.326 mV, E(25 C) = 1.000 mV.
        Conversion conversion = steady(ideal(Emf.K), 900).conversion(0, 0, noise);
        assertEquals(37.326 - 1.000, conversion.millivolts(), 0.001);
        assertEquals(25, conversion.coldJunctionCelsius());
    }

    /** 2 uV at 40.0 uV/K are 0.05 K, the figure of science report section 5.1. */
    @Test
    void theNoiseHasItsStandardDeviation() {
        ThermocoupleSettings noisy = new ThermocoupleSettings(Emf.K, 25, 0, 7200, 0, 0, 0, 2, 0, 0, 0, 900);
        ThermocoupleSignal signal = steady(noisy, 900);
        int count = 40_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double error = reading(signal, i, 0).hotJunctionCelsius() - 900;
            sum += error;
            squares += error * error;
        }
        double sd = Math.sqrt(squares / count);
        // Five standard errors of a standard deviation, and of a mean.
        assertEquals(0.05, sd, 5 * 0.05 / Math.sqrt(2.0 * count));
        assertEquals(0, sum / count, 5 * 0.05 / Math.sqrt(count));
        assertEquals(sd, reading(signal, 0, 0).sigmaCelsius(), 0.02 * sd);
    }

    @Test
    void theDriftGrowsByTheHourAboveItsThreshold() {
        ThermocoupleSettings drifting = new ThermocoupleSettings(Emf.K, 25, 0, 7200, 0, 0, 0, 0, 0, 0, 0.2, 900);
        ThermocoupleSignal signal = new ThermocoupleSignal(drifting, 1, SignalCases.ramp(), DAY, SignalCases.NO_EVENTS);
        // 875 K at 5 K/min: 900 C after 10 500 s.
        long begin = 10_500 * SECOND;
        assertEquals(0, signal.driftKelvin(begin));
        assertEquals(900, reading(signal, 0, begin).hotJunctionCelsius(), 1e-9);
        assertEquals(0.2, signal.driftKelvin(begin + HOUR), 1e-10);
        assertEquals(950 + 2.0, reading(signal, 0, begin + 10 * HOUR).hotJunctionCelsius(), 1e-9);
    }

    @Test
    void theDriftRestsBelowItsThreshold() {
        ThermocoupleSettings drifting = new ThermocoupleSettings(Emf.K, 25, 0, 7200, 0, 0, 0, 0, 0, 0, 0.2, 900);
        // A triangle wave between 800 C and 1000 C of a period of two hours: half of the time is above.
        DoubleUnaryOperator wave = seconds -> 800 + 200 * Math.abs(seconds / 3600 % 2 - 1);
        ThermocoupleSignal signal = new ThermocoupleSignal(drifting, 1, wave, DAY, SignalCases.NO_EVENTS);
        assertEquals(0.1, signal.driftKelvin(HOUR), 1e-10);
        assertEquals(0.1, signal.driftKelvin(HOUR + HOUR / 2), 1e-10);
        assertEquals(0.2 * 12, signal.driftKelvin(24 * HOUR), 1e-9);
    }

    @Test
    void theColdJunctionSwingsWithoutHarmToAPerfectInstrument() {
        ThermocoupleSettings swinging = new ThermocoupleSettings(Emf.K, 25, 0.7, 7200, 0, 0, 0, 0, 0, 0, 0, 900);
        ThermocoupleSignal signal = steady(swinging, 900);
        double least = 99;
        double most = -99;
        double sum = 0;
        for (int i = 0; i < 7200; i++) {
            Conversion conversion = signal.conversion(i, i * SECOND, noise);
            double cold = conversion.coldJunctionCelsius();
            assertEquals(signal.coldJunctionCelsius(i * SECOND), cold);
            assertEquals(900, conversion.celsius(), 1e-9);
            least = Math.min(least, cold);
            most = Math.max(most, cold);
            sum += cold;
        }
        assertEquals(25 - 0.7, least, 1e-6);
        assertEquals(25 + 0.7, most, 1e-6);
        assertEquals(25, sum / 7200, 1e-9);
        assertEquals(
                signal.coldJunctionCelsius(100 * SECOND), signal.coldJunctionCelsius(7300 * SECOND), 1e-9, "a period");
        assertNotEquals(
                signal.coldJunctionCelsius(0),
                new ThermocoupleSignal(swinging, 2, seconds -> 900, DAY, SignalCases.NO_EVENTS).coldJunctionCelsius(0),
                "another seed, another phase");
    }

    /** The budget of a MAX31856 at 900 C, science report section 3.3: gain, offset and cold junction, in kelvin to two digits. */
    @ParameterizedTest
    @CsvSource({"K, 117, 2.9, 11.7, 0.29, 0.71", "S, 29, 2.6, 2.9, 0.26, 0.37"})
    void systematicErrorsHaveTheSizeOfTheBudget(
            Emf type, double gainMicrovolts, double gain, double offsetMicrovolts, double offset, double cold) {
        double atNineHundred = type.millivolts(900) - type.millivolts(25);
        double fraction = gainMicrovolts / 1e3 / atNineHundred;
        assertEquals(gain, error(type, 0, fraction, 0), 0.05);
        assertEquals(offset, error(type, 0, 0, offsetMicrovolts), 0.005);
        assertEquals(cold, error(type, 0.7, 0, 0), 0.005);
    }

    private static double error(Emf type, double coldJunction, double gain, double microvolts) {
        ThermocoupleSettings settings =
                new ThermocoupleSettings(type, 25, 0, 7200, coldJunction, gain, microvolts, 0, 0, 0, 0, 900);
        return steady(settings, 900).noiselessCelsius(0) - 900;
    }

    @Test
    void theOffsetGrowsWithTheTemperature() {
        ThermocoupleSettings offset = new ThermocoupleSettings(Emf.K, 25, 0, 7200, 0, 0, 0, 0, -3, 0.01, 0, 900);
        assertEquals(525 - 3 + 5, steady(offset, 525).hotCelsius(0), 1e-9);
        assertEquals(525 - 3 + 5, reading(steady(offset, 525), 0, 0).hotJunctionCelsius(), 1e-9);
    }

    @Test
    void aStepBeginsAndEndsToTheNanosecond() {
        EventTimeline events = timeline(at(Kind.THERMOCOUPLE_STEP, 100, 50, 8));
        ThermocoupleSignal signal = new ThermocoupleSignal(ideal(Emf.K), 1, seconds -> 700, DAY, events);
        assertEquals(700, reading(signal, 0, 100 * SECOND - 1).hotJunctionCelsius(), 1e-9);
        assertEquals(708, reading(signal, 0, 100 * SECOND).hotJunctionCelsius(), 1e-9);
        assertEquals(708, reading(signal, 0, 150 * SECOND - 1).hotJunctionCelsius(), 1e-9);
        assertEquals(700, reading(signal, 0, 150 * SECOND).hotJunctionCelsius(), 1e-9);
    }

    @ParameterizedTest
    @CsvSource({
        "THERMOCOUPLE_OPEN, OPEN_CIRCUIT",
        "THERMOCOUPLE_SHORT_TO_GROUND, SHORT_TO_GROUND",
        "THERMOCOUPLE_SHORT_TO_SUPPLY, SHORT_TO_SUPPLY",
        "THERMOCOUPLE_OVER_VOLTAGE, OUT_OF_RANGE",
        "THERMOCOUPLE_UNDER_VOLTAGE, OUT_OF_RANGE"
    })
    void aFaultIsReportedWhileItLasts(Kind kind, FaultKind expected) {
        EventTimeline events = timeline(at(kind, 100, 50, 1));
        ThermocoupleSignal signal = new ThermocoupleSignal(ideal(Emf.K), 1, seconds -> 700, DAY, events);
        assertEquals(700, reading(signal, 0, 100 * SECOND - 1).hotJunctionCelsius(), 1e-9);
        assertEquals(new Fault(0, START + 100 * SECOND, expected), signal.reading(0, 100 * SECOND, START, noise));
        assertTrue(Double.isNaN(signal.noiselessCelsius(100 * SECOND)));
        assertEquals(700, reading(signal, 0, 150 * SECOND).hotJunctionCelsius(), 1e-9);
    }

    @Test
    void aJunctionBeyondItsTypeIsOutOfRange() {
        ThermocoupleSignal signal = steady(ideal(Emf.N), 1300.1);
        assertEquals(new Fault(0, START, FaultKind.OUT_OF_RANGE), signal.reading(0, 0, START, noise));
        assertEquals(0x40, Max31856Registers.of(signal.conversion(0, 0, noise))[5]);
        assertEquals(
                new Fault(0, START, FaultKind.OUT_OF_RANGE),
                steady(ideal(Emf.B), 60).reading(0, 0, START, noise));
    }

    @Test
    void aConversionDependsOnSeedAndIndexOnly() {
        ThermocoupleSettings noisy = new ThermocoupleSettings(Emf.S, 25, 0.7, 7200, 0, 0, 0, 0.4, 0, 0, 0.2, 900);
        ThermocoupleSignal signal = steady(noisy, 900);
        Conversion once = signal.conversion(17, SECOND, noise);
        signal.conversion(18, SECOND, noise);
        assertEquals(once, signal.conversion(17, SECOND, noise));
        assertEquals(once, steady(noisy, 900).conversion(17, SECOND, new Noise(1)));
        assertNotEquals(once.millivolts(), signal.conversion(18, SECOND, noise).millivolts());
        assertNotEquals(
                once.millivolts(), signal.conversion(17, SECOND, new Noise(2)).millivolts());
    }

    @Test
    void whatMakesNoSenseIsNamed() {
        ThermocoupleSettings wrong =
                new ThermocoupleSettings(Emf.K, 90, -1, 0, 30, 1, 2000, -1, Double.NaN, 1, 1000, 9000);
        assertEquals(11, wrong.problems().size(), wrong.problems().toString());
        assertTrue(
                wrong.problems()
                        .contains(
                                "simulation.thermocouple_signal.noise_microvolts=-1.0 must be at least 0.0 and at most 1000.0"));
        ThermocoupleSettings freezing = new ThermocoupleSettings(Emf.B, 1, 0.7, 7200, 0.5, 0, 0, 0, 0, 0, 0, 900);
        assertEquals(1, freezing.problems().size());
        assertTrue(
                freezing.problems().getFirst().startsWith("simulation.thermocouple_signal.cold_junction_celsius=1.0"));
        assertThrows(IllegalArgumentException.class, () -> steady(freezing, 900));
    }
}
