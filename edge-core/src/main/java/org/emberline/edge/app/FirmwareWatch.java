package org.emberline.edge.app;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emberline.edge.app.config.ApplianceConfig.FirmwareSection;
import org.emberline.edge.archive.RunEvent;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.firmware.TriggerInput;
import org.emberline.firmware.csv.CsvThermocouples;
import org.emberline.firmware.output.Heartbeat;
import org.emberline.firmware.output.Interlock;
import org.emberline.firmware.output.TimedOutput;
import org.emberline.firmware.sampling.SampledThermocouples;
import org.jspecify.annotations.Nullable;

/**
 * Looks after what is wired to the appliance while a run goes on, on a thread of its own: drives the outputs, and turns what happens to
 * trigger line and thermocouples into events of the run. Should it fail itself, the outputs drop and the run is faulted.
 */
final class FirmwareWatch implements AutoCloseable {
    private static final long TICK_NANOS = 50_000_000;

    private final Wired wired;
    private final Supplier<Snapshot> snapshots;
    private final Door door;
    private final List<Driven> driven = new ArrayList<>();
    private final Liveness liveness;
    private final FirmwareHealth health;
    private final @Nullable Interlock interlock;
    private Interlock.@Nullable Drop toldDrop;
    private boolean alive;
    private boolean toldTrigger;
    private boolean toldSampling;
    private volatile boolean closing;
    private @Nullable Thread thread;

    /**
     * Where it tells. Any thread.
     *
     * @param events what happened, for the archive
     * @param faults what the run cannot do without, to be shown as its fault
     */
    record Door(Consumer<RunEvent> events, Consumer<String> faults) {}

    /**
     * @param wired still owned by the caller, but for its outputs
     * @param snapshotPeriod from one of the snapshots to the next
     */
    FirmwareWatch(
            Wired wired, FirmwareSection firmware, Duration snapshotPeriod, Supplier<Snapshot> snapshots, Door door) {
        this.wired = wired;
        this.snapshots = snapshots;
        this.door = door;
        liveness = new Liveness(snapshotPeriod);
        health = new FirmwareHealth(
                firmware.sampleChannel(),
                firmware.interlock() == null ? 0 : firmware.interlock().lostNanos());
        interlock = wired.interlock() == null || firmware.interlock() == null
                ? null
                : new Interlock(wired.interlock(), firmware.interlock().latched(), health::trouble);
        if (interlock != null) {
            driven.add(new Driven(interlock));
        }
        if (wired.heartbeat() != null && firmware.heartbeat() != null) {
            driven.add(new Driven(
                    new Heartbeat(wired.heartbeat(), firmware.heartbeat().periodNanos(), () -> alive)));
        }
    }

    /** Begins. Once. */
    void start() {
        thread = Thread.ofPlatform().daemon().name("firmware-watch").start(this::watch);
    }

    private void watch() {
        try {
            while (!closing) {
                tick(System.nanoTime());
                LockSupport.parkNanos(this, TICK_NANOS);
            }
        } catch (RuntimeException e) {
            door.faults.accept("watch: " + e);
            throw e;
        } finally {
            drop(); // no permission without somebody who would take it back
        }
    }

    /** One look at everything. The watching thread, or a test in its place. */
    void tick(long nowNanos) {
        Snapshot snapshot = snapshots.get();
        alive = liveness.alive(snapshot, nowNanos);
        health.look(snapshot, nowNanos);
        for (Driven output : driven) {
            output.tick(nowNanos);
        }
        lookAtInterlock();
        lookAtTrigger();
        lookAtSampling();
    }

    private void lookAtInterlock() {
        if (interlock == null) {
            return;
        }
        Interlock.Drop drop = interlock.drop().orElse(null);
        if (drop != null && !drop.equals(toldDrop)) {
            tell("INTERLOCK_DROPPED", drop.reason());
        } else if (drop == null && toldDrop != null) {
            tell("INTERLOCK_BACK", "all is well again");
        }
        toldDrop = drop;
    }

    private void lookAtTrigger() {
        TriggerInput line = wired.trigger();
        if (line != null && !toldTrigger) {
            line.failure().ifPresent(failure -> {
                toldTrigger = true;
                tell("TRIGGER_LOST", failure);
                door.faults.accept("trigger: " + failure);
            });
        }
    }

    private void lookAtSampling() {
        String failure = wired.thermocouples() instanceof SampledThermocouples sampled
                ? sampled.status().failure()
                : null;
        if (failure != null && !toldSampling) {
            toldSampling = true;
            tell("SAMPLING_FAILED", failure);
            door.faults.accept("sampling: " + failure);
        }
    }

    private void tell(String kind, String text) {
        // By the clock of the readings and edges that the event stands beside.
        long utcNanos = wired.bridge().clock().relation().utcAt(System.nanoTime());
        door.events.accept(new RunEvent(utcNanos, kind, text));
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
        drop();
        if (wired.thermocouples() instanceof CsvThermocouples log) {
            tell("TEMPERATURE_LOG", FirmwareWords.of(log.status()));
        }
        if (wired.thermocouples() instanceof SampledThermocouples sampled) {
            sampled.status().channels().forEach(channel -> tell("THERMOCOUPLE", FirmwareWords.of(channel)));
        }
        Map<String, Long> edges =
                wired.trigger() == null ? Map.of() : wired.trigger().counts();
        if (!edges.isEmpty()) {
            tell("TRIGGER", FirmwareWords.of(edges));
        }
    }

    private void drop() {
        driven.forEach(output -> output.output.close());
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

    /** An output, and what was told of its latest failure. */
    private final class Driven {
        private final TimedOutput output;
        private @Nullable String told;

        Driven(TimedOutput output) {
            this.output = output;
        }

        void tick(long nowNanos) {
            if (output instanceof Interlock && health.awaiting()) {
                return; // it stays inactive until there is something to permit it for
            }
            try {
                output.tick(nowNanos);
                told = null;
            } catch (IOException e) {
                String text = Explanation.of(e);
                if (!text.equals(told)) {
                    tell("OUTPUT_FAILED", text);
                    told = text;
                }
            }
        }
    }
}
