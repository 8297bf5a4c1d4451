package org.emberline.edge.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.emberline.firmware.Trigger;
import org.junit.jupiter.api.Test;

class SyncStageTest {
    private static final long S = 1_000_000_000;

    private final TriggerTimeline triggers = new TriggerTimeline(8);
    private final TemperatureTimeline temperatures = new TemperatureTimeline(64);
    private final FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, 4, 1);

    SyncStageTest() {
        for (int i = 0; i < 20; i++) {
            temperatures.append(new Temperature(0, i * S, 100 + i, 0.3));
        }
    }

    @Test
    void theTriggersClockWins() {
        triggers.append(new Trigger(3, 5 * S));
        frame(3, 4 * S, 6 * S);
        new SyncStage(triggers, temperatures, new SyncStage.Channel(0, 10 * S, 0)).process(slot);
        assertEquals(5 * S, slot.startNanos);
        assertEquals(7 * S, slot.stopNanos);
        assertEquals(106, slot.temperatureCelsius, 1e-9);
        assertFalse(slot.has(FrameFlag.TRIGGER_MISSING));
    }

    @Test
    void aFrameWithoutTriggerKeepsItsTimesAndSaysSo() {
        frame(4, 4 * S, 6 * S);
        new SyncStage(triggers, temperatures, new SyncStage.Channel(0, 10 * S, 0)).process(slot);
        assertTrue(slot.has(FrameFlag.TRIGGER_MISSING));
        assertEquals(105, slot.temperatureCelsius, 1e-9);
        frame(-1, 4 * S, 6 * S);
        new SyncStage(null, temperatures, new SyncStage.Channel(0, 10 * S, 0)).process(slot);
        assertFalse(slot.has(FrameFlag.TRIGGER_MISSING));
    }

    @Test
    void calibrationAddsInQuadrature() {
        frame(-1, 5 * S, 5 * S);
        new SyncStage(null, temperatures, new SyncStage.Channel(0, 10 * S, 0.4)).process(slot);
        assertEquals(0.5, slot.temperatureSigma, 1e-12);
    }

    @Test
    void theLagOfTheThermocoupleIsTakenBack() {
        frame(-1, 5 * S, 7 * S);
        new SyncStage(null, temperatures, new SyncStage.Channel(3 * S, 10 * S, 0)).process(slot);
        assertEquals(109, slot.temperatureCelsius, 1e-9);
    }

    @Test
    void forgottenTriggersAreUnknownNotWrong() {
        for (int i = 0; i < 12; i++) {
            triggers.append(new Trigger(i, i));
        }
        assertEquals(TriggerTimeline.UNKNOWN, triggers.timestampNanos(3));
        assertEquals(4, triggers.timestampNanos(4));
        assertEquals(TriggerTimeline.UNKNOWN, triggers.timestampNanos(12));
    }

    private void frame(long trigger, long start, long stop) {
        slot.reset(0);
        slot.triggerIndex = trigger;
        slot.startNanos = start;
        slot.stopNanos = stop;
    }
}
