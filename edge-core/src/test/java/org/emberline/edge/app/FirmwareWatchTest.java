package org.emberline.edge.app;

import static org.emberline.edge.app.Snapshots.fault;
import static org.emberline.edge.app.Snapshots.ledger;
import static org.emberline.edge.app.Snapshots.temperature;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emberline.edge.app.config.ApplianceConfig.FirmwareSection;
import org.emberline.edge.app.config.ApplianceConfig.HeartbeatSection;
import org.emberline.edge.app.config.ApplianceConfig.InterlockSection;
import org.emberline.edge.archive.RunEvent;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.firmware.Trigger;
import org.emberline.firmware.TriggerInput;
import org.emberline.firmware.bridge.ChannelSettings;
import org.emberline.firmware.bridge.FirmwareBridge;
import org.emberline.firmware.bridge.LineChoice;
import org.emberline.firmware.bus.OutputLine;
import org.emberline.firmware.chip.Conversion;
import org.emberline.firmware.clock.ClockRelation;
import org.emberline.firmware.clock.UtcClock;
import org.emberline.firmware.iio.IioSettings;
import org.emberline.firmware.pi4j.LineSettings;
import org.emberline.firmware.sampling.FaultPolicy;
import org.emberline.firmware.sampling.Probe;
import org.emberline.firmware.sampling.SampledChannel;
import org.emberline.firmware.sampling.SampledThermocouples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FirmwareWatchTest {
    private static final long SECOND = 1_000_000_000L;

    /** Remembers what it was told. */
    private static final class Line implements OutputLine {
        final List<Boolean> levels = new ArrayList<>();
        final CountDownLatch closed = new CountDownLatch(1);

        @Nullable
        String refusal;

        @Override
        public void set(boolean active) throws IOException {
            if (refusal != null) {
                throw new IOException(refusal);
            }
            levels.add(active);
        }

        boolean active() {
            return !levels.isEmpty() && levels.getLast();
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    /** A line whose chip may be unplugged. */
    private static final class Edges implements TriggerInput {
        @Nullable
        String failure;

        @Override
        public void start(Consumer<? super Trigger> sink) {}

        @Override
        public Optional<String> failure() {
            return Optional.ofNullable(failure);
        }

        @Override
        public Map<String, Long> counts() {
            return Map.of("edges", 7L);
        }

        @Override
        public void close() {}
    }

    private final Line heartbeat = new Line();
    private final Line interlock = new Line();
    private final Edges edges = new Edges();
    private final List<String> events = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private Snapshot snapshot = Snapshots.of(0, null, List.of(), ledger(0, 0));
    private @Nullable SampledThermocouples thermocouples;

    private FirmwareWatch watch(boolean latched) {
        return watch(latched, () -> snapshot);
    }

    private FirmwareWatch watch(boolean latched, Supplier<Snapshot> snapshots) {
        UtcClock clock = new UtcClock(() -> new ClockRelation(0, 1_700_000_000L * SECOND, 1000), () -> 0);
        LineChoice.Pi4jLine anywhere = new LineChoice.Pi4jLine(new LineSettings("0", 22, false, 0));
        FirmwareSection firmware = new FirmwareSection(
                List.of(new ChannelSettings.OnIio("furnace", SECOND / 10, new IioSettings("d", "temp", null, 0.1, 0))),
                FaultPolicy.STANDARD,
                null,
                anywhere,
                new HeartbeatSection(anywhere, SECOND),
                new InterlockSection(anywhere, latched, 2 * SECOND));
        Wired wired = new Wired(new FirmwareBridge(clock), thermocouples, edges, heartbeat, interlock);
        Consumer<RunEvent> told = event -> events.add(event.kind() + " " + event.text());
        return new FirmwareWatch(
                wired, firmware, Duration.ofMillis(250), snapshots, new FirmwareWatch.Door(told, faults::add));
    }

    /** A sound state with a reading of that moment. */
    private Snapshot sound(long second) {
        return Snapshots.of(second, null, List.of(temperature("furnace", second)), ledger(second, second));
    }

    @Test
    void theHeartbeatStopsWhenTheBooksStandStill() {
        FirmwareWatch watch = watch(true);
        for (int half = 0; half < 10; half++) {
            snapshot = sound(half);
            watch.tick(half * SECOND / 2);
        }
        assertEquals(
                List.of(true, false, true, false, true, false, true, false, true, false),
                List.copyOf(heartbeat.levels));
        heartbeat.levels.clear();
        for (int half = 10; half < 60; half++) {
            snapshot = Snapshots.of(half, null, List.of(temperature("furnace", half)), ledger(50, 20));
            watch.tick(half * SECOND / 2);
        }
        assertEquals(22, heartbeat.levels.size(), "beats of ten seconds and two states, and the drop");
        assertFalse(heartbeat.active());
        assertTrue(interlock.active(), "the temperature is there");
    }

    @Test
    void theInterlockWaitsForTheFirstTemperature() {
        FirmwareWatch watch = watch(true);
        watch.tick(0);
        watch.tick(SECOND);
        assertEquals(List.of(), interlock.levels);
        snapshot = sound(1);
        watch.tick(SECOND + SECOND / 2);
        assertEquals(List.of(true), interlock.levels);
        assertEquals(List.of(), events);
    }

    @Test
    void theInterlockStaysDownWhenNoTemperatureComes() {
        FirmwareWatch watch = watch(true);
        watch.tick(0);
        watch.tick(2 * SECOND);
        assertFalse(interlock.active());
        assertEquals(List.of("INTERLOCK_DROPPED no temperature of furnace for 2.0 s"), events);
    }

    @Test
    void theInterlockDropsForALostTemperatureAndComesBack() {
        FirmwareWatch watch = watch(false);
        snapshot = sound(1);
        watch.tick(0);
        snapshot = Snapshots.of(2, null, List.of(fault("furnace", 2)), ledger(1, 1));
        watch.tick(SECOND);
        assertEquals(List.of(true), interlock.levels);
        watch.tick(2 * SECOND);
        watch.tick(3 * SECOND);
        assertEquals(List.of(true, false), interlock.levels);
        snapshot = sound(3);
        watch.tick(4 * SECOND);
        assertEquals(List.of(true, false, true), interlock.levels);
        assertEquals(
                List.of("INTERLOCK_DROPPED no temperature of furnace for 2.0 s", "INTERLOCK_BACK all is well again"),
                events);
    }

    @Test
    void theInterlockDropsForAFaultedRunAndTheHeartbeatStops() {
        FirmwareWatch watch = watch(true);
        snapshot = sound(1);
        watch.tick(0);
        snapshot = Snapshots.of(2, "archive failed", List.of(temperature("furnace", 2)), ledger(1, 1));
        watch.tick(SECOND / 20);
        assertEquals(List.of(true, false), interlock.levels);
        assertEquals(List.of(true, false), heartbeat.levels);
        assertEquals(List.of("INTERLOCK_DROPPED the run is faulted"), events);
        snapshot = sound(3);
        watch.tick(SECOND);
        assertFalse(interlock.active(), "latched");
    }

    @Test
    void aTriggerLineThatIsLostIsAnEventAndAFault() {
        FirmwareWatch watch = watch(true);
        watch.tick(0);
        edges.failure = "/dev/gpiochip0 line 17: unplugged (ENODEV)";
        watch.tick(SECOND);
        watch.tick(SECOND + 1);
        assertEquals(List.of("TRIGGER_LOST /dev/gpiochip0 line 17: unplugged (ENODEV)"), events);
        assertEquals(List.of("trigger: /dev/gpiochip0 line 17: unplugged (ENODEV)"), faults);
    }

    @Test
    void outputsThatRefuseAreToldOnceEach() {
        FirmwareWatch watch = watch(true);
        snapshot = sound(1);
        heartbeat.refusal = "gpiochip0 line 27: gone";
        interlock.refusal = "gpiochip0 line 22: gone";
        for (int i = 0; i < 5; i++) {
            watch.tick(i);
        }
        assertEquals(List.of("OUTPUT_FAILED gpiochip0 line 22: gone", "OUTPUT_FAILED gpiochip0 line 27: gone"), events);
        interlock.refusal = null;
        watch.tick(6);
        assertTrue(interlock.active(), "it is tried again");
        heartbeat.refusal = null;
        watch.tick(7);
        heartbeat.refusal = "gpiochip0 line 27: gone";
        watch.tick(SECOND);
        assertEquals(3, events.size(), events::toString);
    }

    @Test
    void samplingThatEndsByItselfIsAnEventAndAFault() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        thermocouples = sampled(ended);
        try (SampledThermocouples sampling = thermocouples) {
            sampling.start(_ -> {
                throw new IllegalStateException("nobody takes it");
            });
            assertTrue(ended.await(20, TimeUnit.SECONDS), "probes are closed when the sampling has ended");
            FirmwareWatch watch = watch(true);
            watch.tick(0);
            watch.tick(1);
            String why = "java.lang.IllegalStateException: nobody takes it";
            assertEquals(List.of("SAMPLING_FAILED " + why), events);
            assertEquals(List.of("sampling: " + why), faults);
        }
    }

    @Test
    void closingDropsTheOutputsAndTellsTheCounters() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        thermocouples = sampled(new CountDownLatch(1));
        thermocouples.start(_ -> read.countDown());
        assertTrue(read.await(20, TimeUnit.SECONDS));
        thermocouples.close();
        FirmwareWatch watch = watch(true);
        watch.start();
        watch.close();
        watch.close();
        assertEquals(0, heartbeat.closed.getCount());
        assertEquals(0, interlock.closed.getCount());
        assertEquals(2, events.size(), events::toString);
        assertTrue(
                events.get(0).matches("THERMOCOUPLE furnace: due=[1-9].* readings=[1-9].* misordered=0 .*"),
                events::toString);
        assertEquals("TRIGGER edges=7", events.get(1));
    }

    @Test
    void aWatchThatFailsDropsTheOutputs() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        FirmwareWatch watch = watch(true, () -> {
            failed.countDown();
            throw new IllegalStateException("no state");
        });
        watch.start();
        assertTrue(failed.await(20, TimeUnit.SECONDS));
        assertTrue(interlock.closed.await(20, TimeUnit.SECONDS));
        assertTrue(heartbeat.closed.await(20, TimeUnit.SECONDS));
        watch.close();
        assertEquals(List.of("watch: java.lang.IllegalStateException: no state"), faults);
    }

    /** One channel of 850 degrees. */
    private static SampledThermocouples sampled(CountDownLatch closed) {
        Probe probe = new Probe() {
            @Override
            public Sample read() {
                return new Sample(System.nanoTime(), new Conversion.Junctions(850, 25, 0.1));
            }

            @Override
            public void restart() {}

            @Override
            public void close() {
                closed.countDown();
            }
        };
        return new SampledThermocouples(
                List.of(new SampledChannel("furnace", "bus", probe, SECOND / 100)),
                FaultPolicy.STANDARD,
                () -> new ClockRelation(0, 1_700_000_000L * SECOND, 1));
    }
}
