package org.emberline.edge.acquire;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource;
import org.emberline.edge.frame.PatternPoints;
import org.emberline.edge.frame.TemperatureMethod;
import org.jspecify.annotations.Nullable;

/**
 * Measured patterns from files, one a frame, as fast as they are asked for; the pixels hold {@link PatternPoints} in the run's unit. A
 * pattern that states neither time nor temperature gets its time from its index, flagged {@link FrameFlag#TIME_SYNTHETIC}. One that cannot be used
 * is a frame with {@link FrameFlag#CORRUPT}: it keeps its place, its time and what is known of its temperature. Opening a file allocates.
 */
public final class PatternSource implements FrameSource {
    private static final double KEV_ANGSTROM = 12.398419843;

    private final PatternSeries series;
    private final @Nullable ReplayedThermocouples thermocouples;
    private final Turn turn;
    private int next;
    private volatile @Nullable String firstFailure;

    /**
     * @param thermocouples temperatures over every exposure, or null; closed by {@link #close}, also when this constructor fails
     * @param covered whether all exposures must be covered by them
     * @param turn asked before every frame
     * @throws InputException when an exposure is not covered
     */
    public PatternSource(
            PatternSeries series, @Nullable ReplayedThermocouples thermocouples, boolean covered, Turn turn)
            throws InputException {
        this.series = series;
        this.thermocouples = thermocouples;
        this.turn = turn;
        if (thermocouples != null && covered) {
            requireCovered(series, thermocouples);
        }
    }

    private static void requireCovered(PatternSeries series, ReplayedThermocouples thermocouples)
            throws InputException {
        for (int i = 0; i < series.patterns(); i++) {
            double begin = series.times().seconds(i);
            double end = begin + series.timing().exposureSeconds();
            if (!thermocouples.table().covers(begin, end)) {
                thermocouples.close();
                throw new InputException(
                        thermocouples.table().path(),
                        "does not cover " + series.file(i) + ", exposed from " + begin + " s to " + end + " s");
            }
        }
    }

    /** Why the first unusable pattern was so; empty while none is. May be asked from any thread. */
    public Optional<String> firstFailure() {
        return Optional.ofNullable(firstFailure);
    }

    @Override
    public Next next(FrameSlot slot) {
        if (next == series.patterns()
                || Thread.currentThread().isInterrupted()
                || !turn.await(series.timing().epochNanos(series.times().seconds(next)))) {
            return Next.END;
        }
        int pattern = next++;
        double begin = series.times().seconds(pattern);
        double end = begin + series.timing().exposureSeconds();
        slot.triggerIndex = pattern;
        slot.startNanos = series.timing().epochNanos(begin);
        slot.stopNanos = series.timing().epochNanos(end);
        if (!series.times().stated(pattern)) {
            slot.flag(FrameFlag.TIME_SYNTHETIC);
        }
        if (thermocouples != null) {
            thermocouples.advanceTo(end);
        }
        temperature(slot, pattern);
        try {
            read(slot, pattern);
        } catch (InputException e) {
            slot.flag(FrameFlag.CORRUPT);
            if (firstFailure == null) {
                firstFailure = e.getMessage();
            }
        }
        return Next.FRAME;
    }

    private void temperature(FrameSlot slot, int pattern) {
        double celsius = series.celsius(pattern);
        if (!Double.isNaN(celsius)) {
            slot.temperatureCelsius = celsius;
            slot.temperatureSigma = series.celsiusSigma(pattern);
            slot.temperatureLeast = celsius;
            slot.temperatureGreatest = celsius;
            slot.temperatureReadings = 1;
            slot.temperatureMethod = TemperatureMethod.STATED;
        }
    }

    private void read(FrameSlot slot, int pattern) throws InputException {
        RadialScale scale = series.read(pattern);
        PatternReader reader = series.reader();
        MemorySegment pixels = slot.pixels();
        PatternPoints.points(pixels, reader.points());
        for (int i = 0; i < reader.points(); i++) {
            double intensity = reader.intensity(i);
            double sigma = reader.hasErrors() ? reader.sigma(i) : Math.sqrt(Math.max(intensity, 1));
            PatternPoints.put(pixels, i, scale.apply(reader.x(i)), intensity, sigma, reader.count(i));
        }
        slot.energyKev = KEV_ANGSTROM / scale.wavelengthAngstrom();
    }

    /** Ends the delivery of temperatures. */
    @Override
    public void close() {
        if (thermocouples != null) {
            thermocouples.close();
        }
    }
}
