package org.emberline.firmware.sim;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.chip.Conversion;
import org.emberline.firmware.sampling.Probe;
import org.emberline.firmware.sim.Episode.Trouble;
import org.emberline.firmware.sim.Episode.Trouble.Signals;
import org.emberline.firmware.sim.Episode.Trouble.Slow;
import org.emberline.firmware.sim.Episode.Trouble.Stuck;
import org.emberline.firmware.sim.Episode.Trouble.Unplugged;

/** A probe without a chip: its values follow a curve, its troubles a script. */
public final class ScriptedProbe implements Probe {
    private static final double COLD_CELSIUS = 25;

    /** The time that the probe lives in. */
    public interface Time {

        /** Now, on the scale of {@link System#nanoTime()}. */
        long nanoTime();

        /** Returns at that moment, or at once if it is past. */
        void pauseUntil(long nanoTime);
    }

    /**
     * What the chip measures.
     *
     * @param celsius of the hot junction, by nanoseconds since the begin of the script
     * @param sigmaCelsius standard uncertainty that is stated; noise is not added
     * @param windowNanos length of a conversion, which ends when it is read
     */
    public record Measured(LongToDoubleFunction celsius, double sigmaCelsius, long windowNanos) {}

    private final Measured measured;
    private final List<Episode> script;
    private final Time time;
    private final long beginNanos;
    private long toldNanos = -1;
    private boolean closed;

    /** The script begins now. Of episodes that overlap the first counts. */
    public ScriptedProbe(Measured measured, List<Episode> script, Time time) {
        this.measured = measured;
        this.script = List.copyOf(script);
        this.time = time;
        beginNanos = time.nanoTime();
    }

    @Override
    public Sample read() throws IOException {
        Optional<Trouble> trouble = call();
        long end = time.nanoTime();
        long centre = end - measured.windowNanos() / 2;
        return new Sample(centre, conversion(trouble, centre - beginNanos));
    }

    private Conversion conversion(Optional<Trouble> trouble, long centreNanos) {
        if (toldNanos < 0 || wasUnpluggedSince(toldNanos)) {
            return Conversion.Faulty.of(FaultKind.CONFIGURATION_LOST);
        }
        if (trouble.orElse(null) instanceof Signals signals) {
            return Conversion.Faulty.of(signals.kind());
        }
        return new Conversion.Junctions(
                measured.celsius().applyAsDouble(centreNanos), COLD_CELSIUS, measured.sigmaCelsius());
    }

    @Override
    public void restart() throws IOException {
        call();
        toldNanos = time.nanoTime() - beginNanos;
    }

    private Optional<Trouble> call() throws IOException {
        if (closed) {
            throw new IOException("scripted probe: closed");
        }
        long now = time.nanoTime() - beginNanos;
        for (Episode episode : script) {
            if (episode.covers(now)) {
                suffer(episode, now);
                return Optional.of(episode.trouble());
            }
        }
        return Optional.empty();
    }

    private void suffer(Episode episode, long now) throws IOException {
        switch (episode.trouble()) {
            case Unplugged() -> throw new IOException("scripted probe: unplugged");
            case Stuck() -> time.pauseUntil(beginNanos + episode.untilNanos());
            case Slow(long extraNanos) -> time.pauseUntil(beginNanos + now + extraNanos);
            case Signals _ -> {} // takes no time
        }
    }

    private boolean wasUnpluggedSince(long nanos) {
        long now = time.nanoTime() - beginNanos;
        return script.stream()
                .anyMatch(episode -> episode.trouble() instanceof Unplugged
                        && episode.fromNanos() > nanos
                        && episode.fromNanos() <= now);
    }

    @Override
    public void close() {
        closed = true;
    }
}
