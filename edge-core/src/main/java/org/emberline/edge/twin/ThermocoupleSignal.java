package org.emberline.edge.twin;

import java.util.function.DoubleUnaryOperator;
import org.emberline.firmware.ThermocoupleReading;

/**
 * One thermocouple and its converter over a run. The emf between the wires is
 *
 * <pre>
 *   V = (E(T_hot) - E(T_cj)) (1 + gain) + offset + noise
 *   T_hot = T_junction + offset + slope (T_junction - 25) + drift + step
 * </pre>
 *
 * with E the ITS-90 reference function of the type; {@link Max31855Word} and {@link Max31856Registers} make chip words of it,
 * {@link Conversion#reading} what a perfect instrument would say. A junction out of range of E has the emf of the end of the range.
 *
 * <p>Immutable; any thread, any order, given a {@link Noise} of one's own. Times are nanoseconds from the start of the run.
 */
final class ThermocoupleSignal {
    /** Noise streams 7001 to 7009 belong to the signals. */
    private static final long CONVERSIONS = 7001;

    private static final long COLD_JUNCTION = 7002;
    private static final double ROOM_CELSIUS = 25;
    private static final double NANOS_PER_HOUR = 3600e9;

    private final ThermocoupleSettings settings;
    private final DoubleUnaryOperator junctionCelsius;
    private final EventTimeline events;
    private final long[] spansOfDrift;
    private final double phase;

    /**
     * @param junctionCelsius temperature of the junction at so many seconds from the start, its lag included
     * @param runSeconds length of the run
     * @param events those of thermocouples are used
     * @throws IllegalArgumentException naming every key that makes no sense
     */
    ThermocoupleSignal(
            ThermocoupleSettings settings,
            long seed,
            DoubleUnaryOperator junctionCelsius,
            double runSeconds,
            EventTimeline events) {
        if (!settings.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", settings.problems()));
        }
        this.settings = settings;
        this.junctionCelsius = junctionCelsius;
        this.events = events;
        spansOfDrift = new Crossings(junctionCelsius, runSeconds).spansAbove(settings.driftAboveCelsius());
        Noise noise = new Noise(seed);
        noise.restart(COLD_JUNCTION, 0);
        phase = 2 * Math.PI * noise.uniform();
    }

    /**
     * One conversion.
     *
     * @param index running number, which alone decides its noise
     * @param nanos centre of the conversion window
     * @param noise of the run's seed; overwritten
     */
    Conversion conversion(long index, long nanos, Noise noise) {
        noise.restart(CONVERSIONS, index);
        return conversion(nanos, settings.noiseMicrovolts() * noise.gaussian());
    }

    /** The reading of a perfect instrument on this emf, its time stamped from the begin of the run. */
    ThermocoupleReading reading(long index, long nanos, long startNanos, Noise noise) {
        return conversion(index, nanos, noise).reading(0, startNanos + nanos);
    }

    /** What a perfect instrument would show without the noise, degrees Celsius; NaN where it would show a fault. */
    double noiselessCelsius(long nanos) {
        Conversion conversion = conversion(nanos, 0);
        return conversion.verdict() == Junction.SOUND ? conversion.celsius() : Double.NaN;
    }

    /** True temperature of the cold junction, degrees Celsius. */
    double coldJunctionCelsius(long nanos) {
        double turns = nanos / 1e9 / settings.coldJunctionPeriodSeconds();
        return settings.coldJunctionCelsius()
                + settings.coldJunctionSwingKelvin() * Math.sin(2 * Math.PI * turns + phase);
    }

    /** What the pair has come to read too much, kelvin. */
    double driftKelvin(long nanos) {
        long spent = 0;
        for (int i = 0; i + 1 < spansOfDrift.length; i += 2) {
            spent += Math.max(0, Math.min(nanos, spansOfDrift[i + 1]) - spansOfDrift[i]);
        }
        return settings.driftKelvinPerHour() * spent / NANOS_PER_HOUR;
    }

    /** The temperature that the emf stands for: of the junction, with offset, drift and step, degrees Celsius. */
    double hotCelsius(long nanos) {
        double junction = junctionCelsius.applyAsDouble(nanos / 1e9);
        double offset = settings.offsetKelvin() + settings.offsetPerKelvin() * (junction - ROOM_CELSIUS);
        return junction + offset + driftKelvin(nanos) + events.thermocoupleStepKelvin(nanos);
    }

    private Conversion conversion(long nanos, double noiseMicrovolts) {
        Emf type = settings.type();
        double hot = hotCelsius(nanos);
        double cold = coldJunctionCelsius(nanos);
        double emf = type.millivolts(Math.clamp(hot, type.leastCelsius(), type.mostCelsius())) - type.millivolts(cold);
        return new Conversion(
                type,
                emf * (1 + settings.gainError()) + (settings.offsetMicrovolts() + noiseMicrovolts) / 1e3,
                cold + settings.coldJunctionErrorKelvin(),
                settings.noiseMicrovolts() / 1e3,
                junction(type.covers(hot), nanos));
    }

    private Junction junction(boolean inRange, long nanos) {
        Junction junction = events.junction(nanos);
        return junction == Junction.SOUND && !inRange ? Junction.OUT_OF_RANGE : junction;
    }
}
