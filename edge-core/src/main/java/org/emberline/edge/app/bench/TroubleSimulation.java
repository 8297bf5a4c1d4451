package org.emberline.edge.app.bench;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;
import org.emberline.edge.app.bench.TemperatureSimulation.Flagging;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.sync.ExposureMean;
import org.emberline.edge.sync.SyncStage;
import org.emberline.edge.sync.TemperatureTimeline;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleReading.Temperature;

/**
 * A thermocouple on a ramp of 50 K/min that for a while goes silent, reports faults, reads 8 K too high or repeats one value. Which frames
 * are touched follows from the times of the readings alone:
 *
 * <ul>
 *   <li>silent, faults: exposures between the last reading before and the first after;
 *   <li>8 K too high: exposures that end after the last true reading before, and begin before the first true one after;
 *   <li>one value: exposures that begin before the first living reading, and whose window reaches the eighth of the equal ones, for
 *       before it nobody can tell.
 * </ul>
 */
final class TroubleSimulation {
    private static final int READINGS = 250;
    private static final double RAMP = 50 / 60.0;
    private static final int EQUAL = 8;
    private static final long TROUBLE = FrameFlag.TEMPERATURE_INTERPOLATED.bit()
            | FrameFlag.TEMPERATURE_UNSYNCHRONISED.bit()
            | FrameFlag.TEMPERATURE_FAULT.bit()
            | FrameFlag.TEMPERATURE_STALE.bit()
            | FrameFlag.TEMPERATURE_STEP.bit()
            | FrameFlag.TEMPERATURE_FROZEN.bit()
            | FrameFlag.TEMPERATURE_EXTRAPOLATED.bit();

    private final long seed;
    private final int realisations;

    private enum Kind {
        GAP("gap of readings", FrameFlag.TEMPERATURE_INTERPOLATED),
        FAULTS("faults", FrameFlag.TEMPERATURE_FAULT),
        STEP("+8 K step", FrameFlag.TEMPERATURE_STEP),
        FROZEN("frozen sensor", FrameFlag.TEMPERATURE_FROZEN);

        private final String words;
        private final FrameFlag flag;

        Kind(String words, FrameFlag flag) {
            this.words = words;
            this.flag = flag;
        }
    }

    TroubleSimulation(long seed, int realisations) {
        this.seed = seed;
        this.realisations = realisations;
    }

    List<Flagging> all() {
        return List.of(run(Kind.GAP), run(Kind.FAULTS), run(Kind.STEP), run(Kind.FROZEN));
    }

    private Flagging run(Kind kind) {
        SplittableRandom random = new SplittableRandom(seed + kind.words.length());
        FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, 1, 0);
        long expected = 0;
        long rightly = 0;
        long falsely = 0;
        for (int r = 0; r < realisations; r++) {
            long phase = random.nextLong(TemperatureSimulation.PERIOD);
            int firstBad = 120 + random.nextInt(20);
            int bad = kind == Kind.FROZEN ? random.nextInt(EQUAL, 40) : random.nextInt(3, 40);
            TemperatureTimeline record = record(kind, random, phase, firstBad, bad);
            SyncStage stage = TemperatureSimulation.stage(record);
            for (int frame = 0; frame < TemperatureSimulation.FRAMES_PER_REALISATION; frame++) {
                TemperatureSimulation.expose(slot, frame);
                stage.process(slot);
                boolean touched = touched(kind, slot, phase, firstBad, bad);
                expected += touched ? 1 : 0;
                rightly += touched && slot.has(kind.flag) ? 1 : 0;
                long others = slot.flags & TROUBLE & ~kind.flag.bit();
                boolean natural = kind == Kind.GAP && others == FrameFlag.TEMPERATURE_UNSYNCHRONISED.bit();
                falsely += (!touched && slot.has(kind.flag)) || (others != 0 && !natural) ? 1 : 0;
            }
        }
        long frames = (long) realisations * TemperatureSimulation.FRAMES_PER_REALISATION;
        return new Flagging(kind.words, kind.flag, frames, expected, rightly, expected - rightly, falsely);
    }

    private static TemperatureTimeline record(Kind kind, SplittableRandom random, long phase, int firstBad, int bad) {
        LaggedProfile profile = new LaggedProfile(300, 1);
        profile.kink(0, RAMP);
        TemperatureTimeline record = new TemperatureTimeline(READINGS + 1, TemperatureSimulation.expectation());
        double held = 0;
        for (int i = 0; i < READINGS; i++) {
            long time = time(phase, i);
            double celsius =
                    profile.thermocouple(time / 1e9) + TemperatureSimulation.NOISE_KELVIN * random.nextGaussian();
            held = i <= firstBad ? celsius : held;
            if (i < firstBad || i >= firstBad + bad) {
                record.append(new Temperature(0, time, celsius, TemperatureSimulation.NOISE_KELVIN));
                continue;
            }
            switch (kind) {
                case GAP -> {}
                case FAULTS -> record.append(new Fault(0, time, FaultKind.OPEN_CIRCUIT));
                case STEP -> record.append(new Temperature(0, time, celsius + 8, TemperatureSimulation.NOISE_KELVIN));
                case FROZEN -> record.append(new Temperature(0, time, held, TemperatureSimulation.NOISE_KELVIN));
            }
        }
        return record;
    }

    private static long time(long phase, int reading) {
        return phase + reading * TemperatureSimulation.PERIOD;
    }

    private static boolean touched(Kind kind, FrameSlot slot, long phase, int firstBad, int bad) {
        long after = time(phase, firstBad + bad);
        if (kind == Kind.FROZEN) {
            long window = ExposureMean.Reading.window(1_000_000_000, TemperatureSimulation.PERIOD);
            // The line that the window ends on leads to the first reading not before its end.
            long ends = slot.stopNanos + window - phase;
            long lastUsed = phase + Math.ceilDiv(ends, TemperatureSimulation.PERIOD) * TemperatureSimulation.PERIOD;
            return lastUsed >= time(phase, firstBad + EQUAL - 1) && slot.startNanos < after;
        }
        return slot.stopNanos > time(phase, firstBad - 1) && slot.startNanos < after;
    }
}
