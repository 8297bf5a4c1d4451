package org.emberline.edge.app;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emberline.edge.app.config.ApplianceConfig.FirmwareSection;
import org.emberline.edge.archive.RunEvent;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.firmware.clock.ClockSynchronisation;
import org.emberline.firmware.csv.CsvThermocouples;
import org.emberline.firmware.gpiochip.GpioChipTrigger;
import org.emberline.firmware.output.Heartbeat;
import org.emberline.firmware.output.Interlock;
import org.emberline.firmware.output.TimedOutput;
import org.emberline.firmware.sampling.SampledThermocouples;
import org.emberline.firmware.sampling.SamplingStatus;
import org.jspecify.annotations.Nullable;

/**
 * Looks after what is wired to the appliance while a run goes on, on a thread of its own: drives the outputs, and turns what happens to
 * clock, trigger line and thermocouples into events of the run.
 */
final class FirmwareWatch implements AutoCloseable {
    private static final long TICK_NANOS = 50_000_000;

    private final Wired wired;
    private final Door door;
    private final List<TimedOutput> outputs = new ArrayList<>();
    private final Liveness liveness = new Liveness();
    private @Nullable Interlock interlock;
    private Interlock.@Nullable Drop toldDrop;
    private @Nullable String toldOutput;
    private @Nullable String toldTrigger;
    private @Nullable String toldSampling;
    private long toldSteps;
    private volatile boolean closing;
    private @Nullable Thread thread;

    /**
     * Where it tells.
     *
     * @param events what happened, for the archive
     * @param faults what the run cannot do without, to be shown as its fault
     */
    record Door(Consumer<RunEvent> events, Consumer<String> faults) {}

    FirmwareWatch(Wired wired, FirmwareSection firmware, Supplier<Snapshot> snapshots, Door door) {
        this.wired = wired;
        this.door = door;
        long now = System.nanoTime();
        if (wired.heartbeat() != null && firmware.heartbeat() != null) {
            outputs.add(new Heartbeat(
                    wired.heartbeat(),
                    firmware.heartbeat().periodNanos(),
                    () -> liveness.alive(snapshots.get(), System.nanoTime())));
        }
        if (wired.interlock() != null && firmware.interlock() != null) {
            FirmwareHealth health = new FirmwareHealth(
                    firmware.sampleChannel(), firmware.interlock().lostNanos(), now);
            interlock = new Interlock(
                    wired.interlock(),
                    firmware.interlock().latched(),
                    () -> health.trouble(snapshots.get(), System.nanoTime()));
            outputs.add(interlock);
        }
    }

    /** Tells how the clock stands, and begins. Once. */
    void start() {
        tell("CLOCK", clock());
        thread = Thread.ofPlatform().daemon().name("firmware-watch").start(this::watch);
    }

    private String clock() {
        String relation = "utc - monotonic = "
                + (wired.bridge().clock().relation().utcNanos()
                        - wired.bridge().clock().relation().monotonicNanos())
                + " ns +- " + wired.bridge().clock().relation().uncertaintyNanos() + " ns";
        return switch (ClockSynchronisation.now()) {
            case ClockSynchronisation.Known known ->
                (known.synchronised() ? "synchronised" : "not synchronised") + ", estimated error "
                        + known.estimatedErrorNanos() + " ns, at most " + known.maximumErrorNanos() + " ns; "
                        + relation;
            case ClockSynchronisation.Unavailable unavailable ->
                "synchronisation unknown (" + unavailable.reason() + "); " + relation;
        };
    }

    private void watch() {
        while (!closing) {
            tick(System.nanoTime());
            LockSupport.parkNanos(this, TICK_NANOS);
        }
    }

    /** One look at everything. The watching thread, or a test in its place. */
    void tick(long nowNanos) {
        for (TimedOutput output : outputs) {
            try {
                output.tick(nowNanos);
            } catch (IOException e) {
                toldOutput = once(toldOutput, "OUTPUT_FAILED", Explanation.of(e));
            }
        }
        if (interlock != null) {
            tellDrop(interlock);
        }
        lookAtClock();
        if (wired.trigger() instanceof GpioChipTrigger line) {
            Optional<String> failure = line.failure();
            if (failure.isPresent() && toldTrigger == null) {
                toldTrigger = once(null, "TRIGGER_LOST", failure.get());
                door.faults.accept(failure.get());
            }
        }
        String failure = wired.thermocouples() instanceof SampledThermocouples sampled
                ? sampled.status().failure()
                : null;
        if (failure != null && toldSampling == null) {
            toldSampling = once(null, "SAMPLING_FAILED", failure);
            door.faults.accept("sampling: " + failure);
        }
    }

    private void tellDrop(Interlock line) {
        Interlock.Drop drop = line.drop().orElse(null);
        if (drop != null && !drop.equals(toldDrop)) {
            tell("INTERLOCK_DROPPED", drop.reason());
        } else if (drop == null && toldDrop != null) {
            tell("INTERLOCK_BACK", "all is well again");
        }
        toldDrop = drop;
    }

    private void lookAtClock() {
        var _ = wired.bridge().clock().relation();
        long steps = wired.bridge().clock().steps();
        if (steps != toldSteps) {
            toldSteps = steps;
            tell(
                    "CLOCK_STEP",
                    "the system's clock was set by " + wired.bridge().clock().latestStepNanos() + " ns");
        }
    }

    private String once(@Nullable String told, String kind, String text) {
        if (!text.equals(told)) {
            tell(kind, text);
        }
        return text;
    }

    private void tell(String kind, String text) {
        Instant now = Clock.systemUTC().instant();
        door.events.accept(new RunEvent(
                Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano()), kind, text));
    }

    /** Ends the watching, drops the outputs, and tells what the thermocouples and the trigger line have done. Idempotent. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        Thread watching = thread;
        if (watching != null) {
            LockSupport.unpark(watching);
            join(watching);
        }
        outputs.forEach(TimedOutput::close);
        if (wired.thermocouples() instanceof CsvThermocouples log) {
            tell("TEMPERATURE_LOG", log.status().toString());
        }
        if (wired.thermocouples() instanceof SampledThermocouples sampled) {
            sampled.status().channels().forEach(channel -> tell("THERMOCOUPLE", inWords(channel)));
        }
        if (wired.trigger() instanceof GpioChipTrigger line) {
            GpioChipTrigger.Counters counters = line.counters();
            tell("TRIGGER", "edges=" + counters.edges() + " lost=" + counters.lost() + " reads=" + counters.reads());
        }
    }

    static String inWords(SamplingStatus.Channel channel) {
        return channel.name() + ": due=" + channel.due() + " readings=" + channel.readings() + " faults="
                + channel.faults() + " suppressed=" + channel.suppressed() + " missed=" + channel.missed() + " retries="
                + channel.retries() + " late=" + channel.late() + " latency_us="
                + channel.latency().medianNanos() / 1000 + " ("
                + channel.latency().minNanos() / 1000 + " to "
                + channel.latency().maxNanos() / 1000 + ")"
                + (channel.lastFailure() == null ? "" : " last failure: " + channel.lastFailure());
    }

    private static void join(Thread watching) {
        boolean interrupted = false;
        while (watching.isAlive()) {
            try {
                watching.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
