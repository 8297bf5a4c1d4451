package org.emberline.edge.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.firmware.ThermocoupleReading.Temperature;
import org.junit.jupiter.api.Test;

class SyncStageTest {
    private static final long S = 1_000_000_000;

    private final TemperatureTimeline temperatures = new TemperatureTimeline(64);
    private final FrameSlot slot = new FrameSlot(Arena.ofAuto(), 16, 4, 1);

    SyncStageTest() {
        for (int i = 0; i < 20; i++) {
            temperatures.append(new Temperature(0, i * S, 100 + i, 0.3));
        }
    }

    @Test
    void calibrationAddsInQuadrature() {
        frame(5 * S, 5 * S);
        new SyncStage(temperatures, new SyncStage.Channel(0, 10 * S, 0.4)).process(slot);
        assertEquals(0.5, slot.temperatureSigma, 1e-12);
    }

    @Test
    void theLagOfTheThermocoupleIsTakenBack() {
        frame(5 * S, 7 * S);
        new SyncStage(temperatures, new SyncStage.Channel(3 * S, 10 * S, 0)).process(slot);
        assertEquals(109, slot.temperatureCelsius, 1e-9);
    }

    private void frame(long start, long stop) {
        slot.reset(0);
        slot.startNanos = start;
        slot.stopNanos = stop;
    }
}
