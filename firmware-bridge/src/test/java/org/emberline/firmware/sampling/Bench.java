package org.emberline.firmware.sampling;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.emberline.firmware.clock.ClockRelation;
import org.emberline.firmware.sim.Episode;
import org.emberline.firmware.sim.ScriptedProbe;
import org.jspecify.annotations.Nullable;

/** The sampling loop on a clock that stands still unless it is moved, with buses that take as long as their probes say. */
final class Bench {
    static final long MS = 1_000_000;
    static final long UTC = 1_700_000_000_000_000_000L;

    final List<ThermocoupleReading> delivered = new ArrayList<>();
    final List<Given> given = new ArrayList<>();
    final List<SampledChannel> channels = new ArrayList<>();
    long now;
    long utcOffset = UTC;
    private final List<ScriptedBus> buses = new ArrayList<>();
    private @Nullable SamplingLoop loop;

    /** A sample as it came from a probe. */
    record Given(int channel, Probe.Sample sample, long tookNanos) {}

    /** One channel of a straight line of 1 K/s from 20 degrees, conversion of 10 ms. */
    ScriptedProbe add(String bus, long periodMillis, Episode... script) {
        BenchTime time = new BenchTime();
        ScriptedProbe probe = new ScriptedProbe(
                new ScriptedProbe.Measured(nanos -> 20 + nanos * 1e-9, 0.1, 10 * MS), List.of(script), time);
        channels.add(new SampledChannel("t" + channels.size(), bus, new Timed(probe, time), periodMillis * MS));
        return probe;
    }

    /** A probe of 1 ms that always gives this. */
    Probe constant(double celsius) {
        BenchTime time = new BenchTime();
        return new Timed(
                new ScriptedProbe(new ScriptedProbe.Measured(_ -> celsius, 0.1, 10 * MS), List.of(), time), time);
    }

    void start(FaultPolicy policy) {
        List<String> names = SamplingLoop.busNames(channels);
        names.forEach(_ -> buses.add(new ScriptedBus()));
        loop = new SamplingLoop(
                channels, buses, policy, () -> new ClockRelation(now, now + utcOffset, 0), delivered::add, now);
    }

    /** Runs until then; the loop is called when it asked for, or when a bus is done. */
    void runUntilMillis(long millis) {
        SamplingLoop running = Objects.requireNonNull(loop);
        while (true) {
            long next = running.step(now);
            for (ScriptedBus bus : buses) {
                next = Math.min(next, bus.doneNanos);
            }
            if (next > millis * MS) {
                now = millis * MS;
                return;
            }
            now = next;
        }
    }

    SamplingStatus.Channel status(int channel) {
        return Objects.requireNonNull(loop).status().get(channel);
    }

    List<Temperature> temperatures(int channel) {
        return delivered.stream()
                .filter(Temperature.class::isInstance)
                .map(Temperature.class::cast)
                .filter(t -> t.channel() == channel)
                .toList();
    }

    List<Fault> faults(int channel) {
        return delivered.stream()
                .filter(Fault.class::isInstance)
                .map(Fault.class::cast)
                .filter(f -> f.channel() == channel)
                .toList();
    }

    static Episode signals(long fromMillis, long untilMillis, FaultKind kind) {
        return new Episode(fromMillis * MS, untilMillis * MS, new Episode.Trouble.Signals(kind));
    }

    static Episode stuck(long fromMillis, long untilMillis) {
        return new Episode(fromMillis * MS, untilMillis * MS, new Episode.Trouble.Stuck());
    }

    static Episode unplugged(long fromMillis, long untilMillis) {
        return new Episode(fromMillis * MS, untilMillis * MS, new Episode.Trouble.Unplugged());
    }

    /** A probe's own time runs ahead of the bench's while a call lasts. */
    private final class BenchTime implements ScriptedProbe.Time {
        private long ahead;

        @Override
        public long nanoTime() {
            return Math.max(now, ahead);
        }

        @Override
        public void pauseUntil(long nanoTime) {
            ahead = nanoTime;
        }
    }

    private record Timed(Probe probe, BenchTime time) implements Probe {
        @Override
        public Sample read() throws IOException {
            return probe.read();
        }

        @Override
        public void restart() throws IOException {
            probe.restart();
        }

        @Override
        public void close() {
            probe.close();
        }
    }

    private final class ScriptedBus implements Bus {
        private long doneNanos = Long.MAX_VALUE;
        private @Nullable Answer answer;

        @Override
        public void ask(Question question) {
            if (answer != null) {
                throw new IllegalStateException("asked while busy question=" + question);
            }
            Timed probe = (Timed) channels.get(question.channel()).probe();
            Probe.@Nullable Sample sample = null;
            @Nullable String failure = null;
            try {
                if (question.restart()) {
                    probe.restart();
                } else {
                    sample = probe.read();
                }
            } catch (IOException e) {
                failure = e.getMessage();
            }
            doneNanos = Math.max(probe.time().nanoTime(), now + MS); // no call is quicker than a millisecond
            if (sample != null) {
                given.add(new Given(question.channel(), sample, doneNanos - now));
            }
            answer = new Answer(sample, failure, doneNanos - now);
        }

        @Override
        public @Nullable Answer answer() {
            if (now < doneNanos) {
                return null;
            }
            Answer done = answer;
            answer = null;
            doneNanos = Long.MAX_VALUE;
            return done;
        }
    }
}
