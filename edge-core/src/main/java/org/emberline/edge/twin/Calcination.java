package org.emberline.edge.twin;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * A sample on its way from hydroxide and lithium salt to a sintered layered oxide, integrated once over the temperature of the
 * sample when it is made; see {@link Kinetics} for the rate laws and {@link Integration} for the grid of times. Between the grid's
 * times the state is interpolated linearly: what rises on the grid rises in between, and every balance holds everywhere. The
 * temperature itself, and what depends on it directly, is not interpolated.
 *
 * <p>Immutable and thread-safe if the temperature is. Times are seconds since the start of the run, from 0 to its duration.
 */
final class Calcination implements SampleHistory {
    /** Frame periods are whole nanoseconds: the end of the last frame may lie this much behind the end of the programme. */
    private static final double ROUNDING_SECONDS = 0.1;
    /** A disorder that changes by less has neither fallen nor risen. */
    private static final double CHANGE = 1e-4;

    private static final double HALF = 0.5;
    private static final double BEGUN_GROWTH = 1.1;

    private final ChemistrySettings settings;
    private final DoubleUnaryOperator celsius;
    private final Kinetics kinetics;
    private final double[] times;
    private final double[] states;

    /**
     * @param celsius temperature of the sample at a time in seconds, -200 to 1400 degrees Celsius
     * @param durationSeconds length of the run, above 0
     * @throws IllegalArgumentException naming every key of the settings that makes no sense, or a temperature out of range
     */
    Calcination(ChemistrySettings settings, DoubleUnaryOperator celsius, double durationSeconds) {
        this(settings, celsius, durationSeconds, Integration.Accuracy.standard(durationSeconds));
    }

    Calcination(
            ChemistrySettings settings,
            DoubleUnaryOperator celsius,
            double durationSeconds,
            Integration.Accuracy accuracy) {
        if (!settings.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", settings.problems()));
        }
        if (!(durationSeconds > 0 && durationSeconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("durationSeconds=" + durationSeconds + " must be positive and finite");
        }
        this.settings = settings;
        this.celsius = celsius;
        kinetics = new Kinetics(settings);
        Integration integration = new Integration(kinetics, celsius, durationSeconds, accuracy);
        times = integration.times();
        states = integration.states();
    }

    /** {@inheritDoc} A state outside of the run is refused with an IllegalArgumentException. */
    @Override
    public SampleState at(double seconds) {
        SampleCursor cursor = cursor();
        read(seconds, cursor);
        return cursor.snapshot();
    }

    /** A cursor for one thread, to be used with {@link #read}. */
    SampleCursor cursor() {
        return new SampleCursor(settings, kinetics);
    }

    /** Moves a cursor of this history to a time. Allocates nothing. */
    void read(double seconds, SampleCursor cursor) {
        double end = times[times.length - 1];
        if (!(seconds >= 0 && seconds <= end + ROUNDING_SECONDS)) {
            throw new IllegalArgumentException("seconds=" + seconds + " lies outside of the run of seconds=" + end);
        }
        double time = Math.min(seconds, end);
        int step = stepOf(time);
        double weight = (time - times[step]) / (times[step + 1] - times[step]);
        int begin = step * Kinetics.STATES;
        for (int i = 0; i < Kinetics.STATES; i++) {
            double before = states[begin + i];
            cursor.state[i] = before + (states[begin + Kinetics.STATES + i] - before) * weight;
        }
        cursor.moveTo(seconds, celsius.applyAsDouble(time));
    }

    /** Index of the step that holds a time; the last step holds the end. */
    private int stepOf(double time) {
        int found = Arrays.binarySearch(times, time);
        return Math.min(found >= 0 ? found : -found - 2, times.length - 2);
    }

    /** Rates and driving forces at a time within the run. */
    SampleDetail detailAt(double seconds) {
        SampleCursor now = cursor();
        read(seconds, now);
        int step = stepOf(Math.min(seconds, times[times.length - 1]));
        SampleCursor before = cursor();
        read(times[step], before);
        SampleCursor after = cursor();
        read(times[step + 1], after);
        double length = times[step + 1] - times[step];
        double kelvin = LayeredOxide.kelvin(now.celsius());
        return new SampleDetail(
                kinetics.equilibriumDisorder(kelvin, now.bariumCoverage()),
                now.nickelExcess(),
                now.bariumFilm(),
                kinetics.growthConstant(kelvin, now.bariumCoverage()),
                (after.hydroxide() - before.hydroxide()) / length,
                (after.layered() - before.layered()) / length,
                (after.disorder() - before.disorder()) / length,
                (after.lithiumLoss() - before.lithiumLoss()) / length,
                (after.grainMicrometres() - before.grainMicrometres()) / length,
                (after.porosity() - before.porosity()) / length);
    }

    /** First moment at which half of the hydroxide is gone; empty if it never is, like all the following. */
    Optional<Onset> hydroxideHalf() {
        return firstAtLeast(state -> 1 - state.hydroxide(), HALF);
    }

    /** First moment at which half of the metal is in the layered phase. */
    Optional<Onset> layeredHalf() {
        return firstAtLeast(SampleCursor::layered, HALF);
    }

    /** Onset of growth: the first moment at which the mean grain diameter is a tenth above where it began. */
    Optional<Onset> growthOnset() {
        return firstAtLeast(
                SampleCursor::grainMicrometres, BEGUN_GROWTH * settings.growth().initialMicrometres());
    }

    /**
     * Crossover of ordering and disordering: the disorder has fallen by more than 1e-4 from its beginning, and this is the moment of
     * its lowest value before it rises by 1e-4 for the first time. To within one step of the grid, and not the lowest of the run,
     * which may come on cooling.
     */
    Optional<Onset> disorderMinimum() {
        SampleCursor cursor = cursor();
        double first = settings.disorder().initial();
        double least = first;
        double moment = 0;
        for (double time : times) {
            read(time, cursor);
            double disorder = cursor.disorder();
            if (disorder < least) {
                least = disorder;
                moment = time;
            } else if (least < first - CHANGE && disorder > least + CHANGE) {
                return Optional.of(onset(moment));
            }
        }
        return Optional.empty();
    }

    /** The first moment at which a quantity, linear between the times of the grid, is at least so large. */
    Optional<Onset> firstAtLeast(ToDoubleFunction<SampleCursor> quantity, double level) {
        SampleCursor cursor = cursor();
        double before = Double.NaN;
        for (int i = 0; i < times.length; i++) {
            read(times[i], cursor);
            double now = quantity.applyAsDouble(cursor);
            if (now >= level) {
                double part = i == 0 ? 0 : (level - before) / (now - before);
                double moment = i == 0 ? times[0] : times[i - 1] + (times[i] - times[i - 1]) * part;
                return Optional.of(onset(moment));
            }
            before = now;
        }
        return Optional.empty();
    }

    private Onset onset(double moment) {
        return new Onset(moment, celsius.applyAsDouble(moment));
    }

    /** Points of the grid of times. */
    int gridPoints() {
        return times.length;
    }
}
