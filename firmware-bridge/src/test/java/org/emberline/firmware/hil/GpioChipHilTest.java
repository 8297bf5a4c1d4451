package org.emberline.firmware.hil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.StringJoiner;
import org.emberline.firmware.Trigger;
import org.emberline.firmware.clock.UtcClock;
import org.emberline.firmware.gpiochip.Bias;
import org.emberline.firmware.gpiochip.Drive;
import org.emberline.firmware.gpiochip.Edge;
import org.emberline.firmware.gpiochip.EventClock;
import org.emberline.firmware.gpiochip.GpioChipOutput;
import org.emberline.firmware.gpiochip.GpioChipTrigger;
import org.emberline.firmware.gpiochip.GpioChips;
import org.emberline.firmware.gpiochip.GpioOutputSettings;
import org.emberline.firmware.gpiochip.GpioTriggerSettings;
import org.emberline.firmware.linux.DeviceException;
import org.emberline.firmware.linux.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines of a real GPIO character device, simulated by the kernel. */
@Tag("hil")
@Timeout(120)
class GpioChipHilTest {
    private static final int TRIGGER = 3;

    private final UtcClock clock = new UtcClock();
    private SimBank bank;

    @BeforeEach
    void plugIn() throws IOException {
        bank = new SimBank("bench", List.of("SDA", "SCL", "NC", "TRIG", "NC", "", "BEAT", "HOG"), 7);
    }

    @AfterEach
    void remove() throws IOException {
        bank.close();
    }

    @Test
    void everyEdgeArrivesInOrderWithItsTime() throws Exception {
        try (GpioChipTrigger trigger = open(settings(Edge.RISING, false, 0, EventClock.MONOTONIC, 64));
                SimBank.Wire wire = bank.wire(TRIGGER)) {
            Edges edges = Edges.flowing();
            trigger.start(edges);
            for (int i = 0; i < 1000; i++) {
                long before = utcNow();
                wire.pulse();
                Trigger edge = edges.take();
                long after = utcNow();
                assertEquals(i, edge.index());
                assertTrue(
                        before <= edge.timestampNanos() && edge.timestampNanos() <= after, () -> before + " " + edge);
            }
            assertEquals(1000, trigger.counters().edges());
            assertEquals(0, trigger.counters().lost() + trigger.counters().malformed());
            assertEquals(0, clock.steps());
        }
    }

    @Test
    void realtimeStampsAreUtcAsWell() throws Exception {
        try (GpioChipTrigger trigger = open(settings(Edge.RISING, false, 0, EventClock.REALTIME, 64));
                SimBank.Wire wire = bank.wire(TRIGGER)) {
            Edges edges = Edges.flowing();
            trigger.start(edges);
            for (int i = 0; i < 100; i++) {
                long before = utcNow() - 1_000_000;
                wire.pulse();
                long stamp = edges.take().timestampNanos();
                long after = utcNow() + 1_000_000;
                assertTrue(before <= stamp && stamp <= after, () -> before + " " + stamp + " " + after);
            }
        }
    }

    @Test
    void aKernelWithoutHardwareStampsSaysSo() {
        DeviceException refused = assertThrows(
                DeviceException.class, () -> open(settings(Edge.RISING, false, 0, EventClock.HARDWARE, 64)));
        assertTrue(refused.getMessage().contains("no hardware time stamps: clock=HARDWARE"), refused.getMessage());
    }

    @Test
    void fallingBothAndActiveLowAreWhatTheySay() throws Exception {
        assertEquals("up up", pulls(Edge.RISING, false, 2));
        assertEquals("down down", pulls(Edge.FALLING, false, 2));
        assertEquals("up down up down", pulls(Edge.BOTH, false, 4));
        assertEquals("down down", pulls(Edge.RISING, true, 2));
        assertEquals("up up", pulls(Edge.FALLING, true, 2));
    }

    @Test
    void aStarvedReaderLosesEdgesAndEveryOneIsCounted() throws Exception {
        try (GpioChipTrigger trigger = open(settings(Edge.RISING, false, 0, EventClock.MONOTONIC, 64));
                SimBank.Wire wire = bank.wire(TRIGGER)) {
            Edges edges = Edges.heldUp();
            trigger.start(edges);
            wire.pulse();
            edges.awaitFirst();
            pulses(wire, 5000);
            edges.release();
            assertEquals(0, edges.take().index());
            for (int i = 0; i < 64; i++) {
                assertEquals(5001 - 64 + i, edges.take().index(), "the kernel keeps the newest");
            }
            assertEquals(new GpioChipTrigger.Counters(65, 5001 - 65, 0, 0, 2), trigger.counters());
        }
    }

    @Test
    void bouncesAreOneEdge() throws Exception {
        try (GpioChipTrigger trigger = open(settings(Edge.BOTH, false, 20_000, EventClock.MONOTONIC, 64));
                SimBank.Wire wire = bank.wire(TRIGGER)) {
            Edges edges = Edges.flowing();
            trigger.start(edges);
            long longest = 0;
            for (int i = 0; i < 4; i++) {
                boolean up = i % 2 == 0;
                for (int bounce = 0; bounce < 10; bounce++) {
                    wire.pull(up);
                    wire.pull(!up);
                }
                long last = utcNow();
                wire.pull(up);
                Trigger edge = edges.take();
                assertEquals(i, edge.index());
                long after = edge.timestampNanos() - last;
                assertTrue(after >= 0, () -> "stamped before the level stayed: " + after);
                longest = Math.max(longest, after);
            }
            // The kernel counts its ticks, which lag in a guest that was held up: one of four must have had all of them
            // but one.
            long most = longest;
            assertTrue(most >= 19_000_000, () -> "no level had to stay for 20 ms: " + most);
            assertEquals(4, trigger.counters().edges());
            assertEquals(0, trigger.counters().lost());
        }
    }

    @Test
    void edgesBeforeTheStartReachNobody() throws Exception {
        try (GpioChipTrigger trigger = open(settings(Edge.RISING, false, 0, EventClock.MONOTONIC, 64));
                SimBank.Wire wire = bank.wire(TRIGGER)) {
            pulses(wire, 5);
            Edges edges = Edges.flowing();
            trigger.start(edges);
            long started = utcNow();
            wire.pulse();
            Trigger first = edges.take();
            assertEquals(0, first.index());
            assertTrue(first.timestampNanos() >= started);
            assertEquals(5, trigger.counters().ignored());
        }
    }

    @Test
    void anOutputDrivesItsLine() throws Exception {
        try (GpioChipOutput output = GpioChipOutput.open(GpioOutputSettings.of("bench", "BEAT"))) {
            assertFalse(bank.high(6));
            output.set(true);
            assertTrue(bank.high(6));
            output.set(false);
            assertFalse(bank.high(6));
            output.set(true);
        }
        assertFalse(bank.high(6), "left inactive");
        GpioOutputSettings low = new GpioOutputSettings(bank.chip(), "6", true, Drive.PUSH_PULL, Bias.AS_IS);
        try (GpioChipOutput output = GpioChipOutput.open(low)) {
            assertTrue(bank.high(6), "inactive is high");
            output.set(true);
            assertFalse(bank.high(6));
        }
    }

    @Test
    void aTakenLineNamesItsUser() throws Exception {
        DeviceException hogged =
                assertThrows(DeviceException.class, () -> GpioChipOutput.open(GpioOutputSettings.of("bench", "HOG")));
        assertEquals(Errno.EBUSY, hogged.errno());
        assertTrue(hogged.getMessage().contains("line 7 HOG: in use by \"hog\""), hogged.getMessage());
        try (GpioChipTrigger first = open(settings(Edge.RISING, false, 0, EventClock.MONOTONIC, 64))) {
            DeviceException busy = assertThrows(
                    DeviceException.class, () -> open(settings(Edge.RISING, false, 0, EventClock.MONOTONIC, 64)));
            assertTrue(busy.getMessage().startsWith(first + ": in use by \"emberline\""), busy.getMessage());
        }
    }

    @Test
    void whatIsNotThereIsAnsweredWithWhatIs() {
        String lines = "0 SDA, 1 SCL, 2 NC, 3 TRIG, 4 NC, 5, 6 BEAT, 7 HOG (in use by \"hog\")";
        assertRefused("bench", "TRIGGER", "line=TRIGGER is none of its lines: " + lines);
        assertRefused("bench", "NC", "line=NC is the name of several lines, give the offset: 2 NC, 4 NC");
        assertRefused("other", "TRIG", "chip=other is no label of a GPIO chip: there are ");
        assertRefused("gpiochip99", "TRIG", "/dev/gpiochip99: there is no such device (ENOENT); there are ");
        assertRefused("/dev/null", "TRIG", "/dev/null: not a GPIO chip (ENOTTY)");
    }

    @Test
    void theChipIsListed() throws IOException {
        GpioChips.Chip chip = GpioChips.list().stream()
                .filter(each -> each.label().equals("bench"))
                .findFirst()
                .orElseThrow();
        assertEquals("/dev/" + bank.chip(), chip.path());
        assertEquals("", chip.problem());
        assertEquals(8, chip.lines().size());
        assertEquals(
                new GpioChips.Line(7, "HOG", "hog", true, true, false),
                chip.lines().get(7));
        assertEquals(
                new GpioChips.Line(5, "", "", false, false, false), chip.lines().get(5));
    }

    private void assertRefused(String chip, String line, String words) {
        DeviceException refused = assertThrows(DeviceException.class, () -> open(GpioTriggerSettings.of(chip, line)));
        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    private static void pulses(SimBank.Wire wire, int count) throws IOException {
        try (OneCpu _ = new OneCpu()) {
            for (int i = 0; i < count; i++) {
                wire.pulse();
            }
        }
    }

    /** Pulls up, down, up, down; which of these the first edges belong to. */
    private String pulls(Edge edge, boolean activeLow, int count) throws Exception {
        try (GpioChipTrigger trigger = open(settings(edge, activeLow, 0, EventClock.MONOTONIC, 64));
                SimBank.Wire wire = bank.wire(TRIGGER)) {
            Edges edges = Edges.flowing();
            trigger.start(edges);
            List<String> names = List.of("up", "down", "up", "down");
            long[] done = new long[names.size()];
            try (OneCpu _ = new OneCpu()) {
                for (int i = 0; i < done.length; i++) {
                    wire.pull(i % 2 == 0);
                    done[i] = utcNow();
                }
            }
            StringJoiner seen = new StringJoiner(" ");
            for (int i = 0; i < count; i++) {
                long stamp = edges.take().timestampNanos();
                int pull = 0;
                while (stamp > done[pull]) {
                    pull++;
                }
                seen.add(names.get(pull));
            }
            return seen.toString();
        }
    }

    private GpioTriggerSettings settings(Edge edge, boolean activeLow, int debounce, EventClock clock, int buffer) {
        return new GpioTriggerSettings(bank.chip(), "TRIG", edge, activeLow, Bias.AS_IS, debounce, clock, buffer);
    }

    private GpioChipTrigger open(GpioTriggerSettings settings) throws IOException {
        return GpioChipTrigger.open(settings, clock);
    }

    private long utcNow() {
        return clock.relation().utcAt(System.nanoTime());
    }
}
