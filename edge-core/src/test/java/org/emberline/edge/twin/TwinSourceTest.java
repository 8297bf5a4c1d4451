package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource;
import org.emberline.edge.frame.FrameSource.Next;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.emberline.firmware.Trigger;
import org.emberline.firmware.sim.SimulatedThermocouples;
import org.emberline.firmware.sim.SimulatedTriggerInput;
import org.emberline.gpu.PixelFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TwinSourceTest {
    private static final long START = 1_790_000_000_000_000_000L;

    private final SimulatedThermocouples thermocouples = new SimulatedThermocouples(List.of("sample"));
    private final SimulatedTriggerInput triggers = new SimulatedTriggerInput();
    private final List<Temperature> readings = new ArrayList<>();
    private final List<Trigger> edges = new ArrayList<>();
    private final Arena arena = Arena.ofShared();

    @AfterEach
    void free() {
        arena.close();
    }

    private FrameSource begin(Twin twin) {
        thermocouples.start(reading -> readings.add((Temperature) reading));
        triggers.start(edges::add);
        return twin.source(thermocouples, triggers, Pacer.of(0));
    }

    private FrameSlot slot(Twin twin) {
        return new FrameSlot(arena, twin.frameBytes(), 1, 0);
    }

    @Test
    void everyFrameComesWithItsTriggerAndTheReadingsAroundIt() throws IOException {
        Twin twin = new Twin(Scenario.small().settings(), START);
        FrameSlot slot = slot(twin);
        try (FrameSource source = begin(twin)) {
            for (int k = 0; k < 20; k++) {
                slot.reset(k);
                assertEquals(Next.FRAME, source.next(slot));
                // 54 300 s in 20 frames, a tenth of each exposed, in its middle.
                long period = 2_715_000_000_000L;
                assertEquals(START + k * period + period / 20 * 9, slot.startNanos);
                assertEquals(period / 10, slot.stopNanos - slot.startNanos);
                assertEquals(-1, slot.triggerIndex, "the detector does not know the line");
                assertEquals(k, slot.hardwareId);
                assertEquals(slot.startNanos, slot.detectorNanos);
                assertTrue(slot.arrivalNanos > slot.stopNanos);
                assertEquals(0, slot.flags);
                assertEquals(new Trigger(k, slot.startNanos), edges.getLast());
                assertEquals(k + 1, edges.size());
                assertTrue(readings.getFirst().timestampNanos() <= slot.startNanos);
                long last = readings.getLast().timestampNanos();
                assertTrue(last >= slot.stopNanos, "a reading ends the exposure");
                assertTrue(last <= slot.stopNanos + twin.readingPeriodNanos(), "no reading from the future");
                assertTrue(last + twin.readingPeriodNanos() > slot.stopNanos + twin.readingPeriodNanos());
            }
            assertEquals(Next.END, source.next(slot));
            assertEquals(Next.END, source.next(slot));
        }
    }

    @Test
    void readingsAreEvenAndScatterAroundTheLaggingJunction() throws IOException {
        SimulationSettings settings = Scenario.small()
                .with("frames", 100)
                .with("thermocouple.readings_per_frame", 20)
                .with("thermocouple_signal.offset_kelvin", 1.5)
                .settings();
        Twin twin = new Twin(settings, START);
        FrameSlot slot = slot(twin);
        try (FrameSource source = begin(twin)) {
            while (source.next(slot) == Next.FRAME) {
                assertEquals(0, thermocouples.ignored());
            }
        }
        double sum = 0;
        double squares = 0;
        int held = 0;
        for (int j = 0; j < readings.size(); j++) {
            Temperature reading = readings.get(j);
            assertEquals(START + j * 27_150_000_000L, reading.timestampNanos());
            assertEquals(0, reading.channel());
            // 2 microvolts of type K
            double sigma = 2e-3 / Emf.K.millivoltsPerKelvin(reading.hotJunctionCelsius());
            assertEquals(sigma, reading.sigmaCelsius(), 0.01 * sigma);
            double seconds = j * 27.15;
            double truth = seconds < 11_100 ? 25 + (seconds - 122) / 12 : 950;
            boolean settled = (seconds > 2_000 && seconds < 11_100) || seconds > 13_500;
            if (settled) {
                double noise = (reading.hotJunctionCelsius() - truth - 1.5) / sigma;
                sum += noise;
                squares += noise * noise;
                held++;
            }
        }
        assertTrue(held > 1_500, "held=" + held);
        assertEquals(0, sum / held * Math.sqrt(held), 4);
        assertEquals(0, (squares / held - 1) / Math.sqrt(2.0 / held), 4);
    }

    @Test
    void oneSeedGivesOneRunAndAnotherSeedAnother() throws IOException {
        List<byte[]> first = frames(new Twin(Scenario.small().settings(), START));
        List<byte[]> again = frames(new Twin(Scenario.small().settings(), START + 77));
        List<byte[]> other = frames(new Twin(Scenario.small().settings().withSeed(2), START));
        assertEquals(20, first.size());
        for (int k = 0; k < first.size(); k++) {
            assertEquals(-1, Arrays.mismatch(first.get(k), again.get(k)), "frame=" + k);
            assertTrue(Arrays.mismatch(first.get(k), other.get(k)) >= 0, "frame=" + k);
        }
    }

    private List<byte[]> frames(Twin twin) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        FrameSlot slot = slot(twin);
        // Nobody listens: the frames do not depend on it.
        FrameSource source =
                twin.source(new SimulatedThermocouples(List.of("sample")), new SimulatedTriggerInput(), Pacer.of(0));
        try (source) {
            while (source.next(slot) == Next.FRAME) {
                frames.add(slot.pixels().toArray(ValueLayout.JAVA_BYTE));
            }
        }
        return frames;
    }

    @Test
    void theImageShowsTheTemperatureOfItsOwnExposure() throws IOException {
        Twin twin = new Twin(Scenario.small().settings(), START);
        FrameSlot slot = slot(twin);
        try (FrameSource source = begin(twin)) {
            for (int k = 0; k < 4; k++) {
                assertEquals(Next.FRAME, source.next(slot));
            }
        }
        double[] own = expected(twin, 3);
        double[] before = expected(twin, 2);
        double likely = 0;
        double unlikely = 0;
        for (int i = 0; i < own.length; i++) {
            double count = PixelFormat.I32.read(slot.pixels(), i);
            likely += Math.pow(count - own[i], 2) / own[i];
            unlikely += Math.pow(count - before[i], 2) / before[i];
        }
        assertEquals(0, (likely - own.length) / Math.sqrt(2.0 * own.length), 4);
        assertTrue(unlikely > likely + 10 * Math.sqrt(2.0 * own.length), "likely=" + likely + " other=" + unlikely);
    }

    private static double[] expected(Twin twin, long frame) {
        double[] counts = new double[twin.geometry().detector().pixels()];
        twin.panel().expected(twin.state(frame), FrameConditions.NORMAL, true, counts);
        return counts;
    }

    @Test
    void aFrameAllocatesNoMoreThanItsReadingsAndItsTrigger() throws IOException {
        Twin twin = new Twin(Scenario.small().settings().withFrames(40_000), START);
        FrameSlot slot = slot(twin);
        long[] seen = new long[1];
        thermocouples.start(reading -> seen[0]++);
        triggers.start(edge -> seen[0]++);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long excess = Long.MAX_VALUE;
        try (FrameSource source = twin.source(thermocouples, triggers, Pacer.of(0))) {
            // Objects that never leave a method are made, too, where the compiler does not see it: often, on a busy
            // machine.
            for (int batch = 0; batch < 10 && excess > 0; batch++) {
                seen[0] = 0;
                long bytes = threads.getCurrentThreadAllocatedBytes();
                for (int k = 0; k < 1_000; k++) {
                    source.next(slot);
                }
                // beside readings and edges two states, the conditions and the conversions, a record each: less than 1
                // kB of a frame
                long allowed = 40 * seen[0] + 1_000 * 1_000;
                excess = threads.getCurrentThreadAllocatedBytes() - bytes - allowed;
            }
        }
        assertTrue(excess <= 0, "excess=" + excess + " records=" + seen[0]);
    }

    @Test
    void anInterruptOrACloseEndsTheRun() throws IOException {
        Twin twin = new Twin(Scenario.small().settings(), START);
        FrameSlot slot = slot(twin);
        FrameSource source = begin(twin);
        try (source) {
            assertEquals(Next.FRAME, source.next(slot));
            Thread.currentThread().interrupt();
            assertEquals(Next.END, source.next(slot));
            assertTrue(Thread.interrupted());
            assertEquals(1, edges.size());
            assertEquals(Next.FRAME, source.next(slot));
        }
        assertEquals(Next.END, source.next(slot));
    }

    @Test
    void aSlotThatIsTooSmallIsRefused() throws IOException {
        Twin twin = new Twin(Scenario.small().settings(), START);
        FrameSlot small = new FrameSlot(arena, 100, 1, 0);
        try (FrameSource source = begin(twin)) {
            String text = assertThrows(IllegalArgumentException.class, () -> source.next(small))
                    .toString();
            assertTrue(text.contains("slotBytes=100 frameBytes=16384"), text);
        }
    }
}
