package org.emberline.edge.app.bench;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.sync.ExposureMean;
import org.emberline.edge.sync.OffsetModel;
import org.emberline.edge.sync.Patience;
import org.emberline.edge.sync.SampleChannel;
import org.emberline.edge.sync.SyncStage;
import org.emberline.edge.sync.TemperatureTimeline;
import org.emberline.firmware.ThermocoupleReading.Temperature;

/**
 * Puts the temperature of frames to the test against a sample whose temperature is known in closed form. Readings come at 10 Hz with
 * 0.05 K of noise from a thermocouple that lags by 1 s, known to 10 %: each realisation draws its own lag. Frames are exposed for 80 ms at
 * 10 Hz. The sample's slope changes twice in the ten seconds of a realisation, between rising, holding and falling. Seeded: the same
 * numbers every time but the duration.
 *
 * <p>The record reaches as far beyond an exposure as {@link Patience} lets it by default; the wait itself is left out.
 */
public final class TemperatureSimulation {
    static final long PERIOD = 100_000_000;
    static final long EXPOSURE = 80_000_000;
    static final double NOISE_KELVIN = 0.05;
    static final int FRAMES_PER_REALISATION = 100;

    private static final double LAG_SECONDS = 1;
    private static final double LAG_SIGMA_SECONDS = 0.1;
    private static final double FIRST_FRAME_SECONDS = 10;
    private static final double NORMAL_95 = 1.959963985;
    private static final int READINGS = 250;

    /**
     * @param name of the case
     * @param temperatureRmsKelvin root mean square error against the sample's mean over each exposure
     * @param coverage95 share of truths within 1.96 sigma
     * @param nsPerFrame time that the stage takes for a frame, ns
     */
    public record Accuracy(
            String name, long frames, double temperatureRmsKelvin, double coverage95, double nsPerFrame) {}

    private final long seed;

    /** @param seed of everything that is drawn */
    public TemperatureSimulation(long seed) {
        this.seed = seed;
    }

    /**
     * The ramps of 5, 50 and 200 K/min.
     *
     * @param realisations of 100 frames each
     */
    public List<Accuracy> accuracy(int realisations) {
        List<Accuracy> results = new ArrayList<>();
        for (int kelvinPerMinute : new int[] {5, 50, 200}) {
            results.add(accuracy(kelvinPerMinute, realisations));
        }
        return results;
    }

    private Accuracy accuracy(int kelvinPerMinute, int realisations) {
        SplittableRandom random = new SplittableRandom(seed + kelvinPerMinute);
        FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, 1, 0);
        double squares = 0;
        long covered = 0;
        long frames = 0;
        long nanos = 0;
        for (int r = 0; r < realisations; r++) {
            double lag = LAG_SECONDS + LAG_SIGMA_SECONDS * random.nextGaussian();
            LaggedProfile profile = profile(random, kelvinPerMinute / 60.0, lag);
            TemperatureTimeline record = new TemperatureTimeline(READINGS + 1, expectation());
            double phase = random.nextDouble() * PERIOD;
            for (int i = 0; i < READINGS; i++) {
                long time = Math.round(phase) + i * PERIOD;
                double celsius = profile.thermocouple(time / 1e9) + NOISE_KELVIN * random.nextGaussian();
                record.append(new Temperature(0, time, celsius, NOISE_KELVIN));
            }
            SyncStage stage = stage(record);
            for (int frame = 0; frame < FRAMES_PER_REALISATION; frame++) {
                expose(slot, frame);
                long before = System.nanoTime();
                stage.process(slot);
                nanos += System.nanoTime() - before;
                double error =
                        slot.temperatureCelsius - profile.sampleMean(slot.startNanos / 1e9, slot.stopNanos / 1e9);
                squares += error * error;
                covered += Math.abs(error) <= NORMAL_95 * slot.temperatureSigma ? 1 : 0;
                frames++;
            }
        }
        return new Accuracy(
                "ramp-" + kelvinPerMinute,
                frames,
                Math.sqrt(squares / frames),
                (double) covered / frames,
                (double) nanos / frames);
    }

    private static LaggedProfile profile(SplittableRandom random, double slope, double lagSeconds) {
        LaggedProfile profile = new LaggedProfile(300, lagSeconds);
        double[] at = {
            0, FIRST_FRAME_SECONDS + 5 * random.nextDouble(), FIRST_FRAME_SECONDS + 5 + 5 * random.nextDouble()
        };
        double before = 0;
        for (double kink : at) {
            double after;
            do {
                after = slope * random.nextInt(-1, 2);
            } while (kink > 0 && after == before);
            profile.kink(kink, after - before);
            before = after;
        }
        return profile;
    }

    static void expose(FrameSlot slot, int frame) {
        slot.reset(frame);
        slot.startNanos = Math.round(FIRST_FRAME_SECONDS * 1e9) + frame * PERIOD;
        slot.stopNanos = slot.startNanos + EXPOSURE;
    }

    /** A furnace that cannot do more than 600 K/min, whose thermocouple is read at 10 Hz. */
    static TemperatureTimeline.Expectation expectation() {
        return new TemperatureTimeline.Expectation(PERIOD, 10, 8);
    }

    static SyncStage stage(TemperatureTimeline record) {
        long lag = Math.round(LAG_SECONDS * 1e9);
        ExposureMean.Reading reading = new ExposureMean.Reading(
                ExposureMean.Reading.window(lag, PERIOD), lag, Math.round(LAG_SIGMA_SECONDS * 1e9), Long.MAX_VALUE);
        return new SyncStage(List.of(new SampleChannel(record, 1, reading, OffsetModel.NONE)), 0, null);
    }

    /** The cases of trouble, each over so many realisations of 100 frames: see {@link TroubleSimulation}. */
    public List<Flagging> trouble(int realisations) {
        return new TroubleSimulation(seed, realisations).all();
    }

    /**
     * @param name of the case
     * @param flag that belongs to it
     * @param expected frames that should carry the flag
     * @param rightly those of them that do
     * @param missed those of them that do not
     * @param falsely frames that carry it, or another flag of trouble, and should not
     */
    public record Flagging(
            String name, FrameFlag flag, long frames, long expected, long rightly, long missed, long falsely) {}
}
