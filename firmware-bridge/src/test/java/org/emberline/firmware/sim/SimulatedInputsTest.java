package org.emberline.firmware.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.ThermocoupleReading.Fault;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.emberline.firmware.Trigger;
import org.junit.jupiter.api.Test;

class SimulatedInputsTest {

    @Test
    void readingsReachTheSinkOnTheDeliveringThread() {
        SimulatedThermocouples thermocouples = new SimulatedThermocouples(List.of("sample", "wall"));
        List<ThermocoupleReading> seen = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        thermocouples.start(reading -> {
            seen.add(reading);
            threads.add(Thread.currentThread());
        });
        ThermocoupleReading warm = new Temperature(1, 10, 25.5, 0.05);
        ThermocoupleReading broken = new Fault(0, 10, FaultKind.OPEN_CIRCUIT);

        assertTrue(thermocouples.deliver(warm));
        assertTrue(thermocouples.deliver(broken));

        assertSame(warm, seen.get(0));
        assertSame(broken, seen.get(1));
        assertEquals(List.of(Thread.currentThread(), Thread.currentThread()), threads);
        assertEquals(0, thermocouples.ignored());
    }

    @Test
    void whatComesBeforeStartOrAfterCloseIsCountedAndGoesNowhere() {
        SimulatedThermocouples thermocouples = new SimulatedThermocouples(List.of("sample"));
        List<ThermocoupleReading> seen = new ArrayList<>();

        assertFalse(thermocouples.deliver(new Temperature(0, 1, 20, 0.1)));
        thermocouples.start(seen::add);
        assertTrue(thermocouples.deliver(new Temperature(0, 2, 21, 0.1)));
        thermocouples.close();
        thermocouples.close();
        assertFalse(thermocouples.deliver(new Temperature(0, 3, 22, 0.1)));

        assertEquals(1, seen.size());
        assertEquals(2, seen.getFirst().timestampNanos());
        assertEquals(2, thermocouples.ignored());
    }

    @Test
    void aPortStartsOnce() {
        SimulatedTriggerInput started = new SimulatedTriggerInput();
        started.start(trigger -> {});
        assertThrows(IllegalStateException.class, () -> started.start(trigger -> {}));
        SimulatedTriggerInput closed = new SimulatedTriggerInput();
        closed.close();
        assertThrows(IllegalStateException.class, () -> closed.start(trigger -> {}));
    }

    @Test
    void theOrderThatThePortsPromiseIsHeld() {
        SimulatedThermocouples thermocouples = new SimulatedThermocouples(List.of("sample", "wall"));
        thermocouples.start(reading -> {});
        thermocouples.deliver(new Temperature(0, 100, 20, 0.1));
        thermocouples.deliver(new Temperature(1, 50, 20, 0.1));
        String late = assertThrows(
                        IllegalArgumentException.class, () -> thermocouples.deliver(new Temperature(0, 100, 20, 0.1)))
                .toString();
        assertTrue(late.contains("timestampNanos=100"), late);
        String unknown = assertThrows(
                        IllegalArgumentException.class, () -> thermocouples.deliver(new Temperature(2, 200, 20, 0.1)))
                .toString();
        assertTrue(unknown.contains("channel=2"), unknown);

        SimulatedTriggerInput triggers = new SimulatedTriggerInput();
        triggers.start(trigger -> {});
        triggers.deliver(new Trigger(0, 100));
        triggers.deliver(new Trigger(5, 101));
        assertThrows(IllegalArgumentException.class, () -> triggers.deliver(new Trigger(6, 100)));
    }

    @Test
    void edgesReachTheSinkOnlyWhileOpen() {
        SimulatedTriggerInput triggers = new SimulatedTriggerInput();
        List<Trigger> seen = new ArrayList<>();
        assertFalse(triggers.deliver(new Trigger(0, 1)));
        triggers.start(seen::add);
        assertTrue(triggers.deliver(new Trigger(1, 2)));
        triggers.close();
        assertFalse(triggers.deliver(new Trigger(2, 3)));
        assertEquals(List.of(new Trigger(1, 2)), seen);
        assertEquals(2, triggers.ignored());
    }
}
