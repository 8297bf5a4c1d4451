package org.emberline.firmware.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private final RecordingLine line = new RecordingLine();
    private boolean alive = true;
    private final Heartbeat heartbeat = new Heartbeat(line, 1000, () -> alive);

    @Test
    void togglesTwiceAPeriod() throws IOException {
        for (long now = 5000; now < 15_000; now += 10) {
            heartbeat.tick(now);
        }
        assertEquals(20, line.levels.size());
        for (int i = 0; i < 20; i++) {
            assertEquals(i % 2 == 0, line.levels.get(i));
        }
    }

    @Test
    void lateTicksDoNotAddUp() throws IOException {
        for (long now = 0; now < 100_000; now += 130) { // 500 is no multiple of it
            heartbeat.tick(now);
        }
        assertEquals(200, line.levels.size(), 1);
    }

    @Test
    void aPauseIsNotMadeGood() throws IOException {
        heartbeat.tick(0);
        heartbeat.tick(60_000);
        heartbeat.tick(60_010);
        heartbeat.tick(60_499);
        assertEquals(List.of(true, false), line.levels);
        heartbeat.tick(60_500);
        assertEquals(3, line.levels.size());
    }

    @Test
    void theDeadLineStandsStillAndLow() throws IOException {
        heartbeat.tick(0);
        alive = false;
        for (long now = 10; now < 10_000; now += 100) {
            heartbeat.tick(now);
        }
        assertEquals(List.of(true, false), line.levels);
        alive = true;
        heartbeat.tick(20_000);
        heartbeat.tick(20_500);
        assertEquals(List.of(true, false, true, false), line.levels);
    }

    @Test
    void whoeverWasNeverAliveNeverBeats() throws IOException {
        alive = false;
        heartbeat.tick(0);
        heartbeat.tick(1000);
        assertEquals(List.of(), line.levels);
    }

    @Test
    void aRefusalIsTriedAgain() throws IOException {
        heartbeat.tick(0);
        alive = false;
        line.refusing = true;
        assertThrows(IOException.class, () -> heartbeat.tick(10));
        line.refusing = false;
        heartbeat.tick(20);
        assertEquals(List.of(true, false), line.levels);
    }

    @Test
    void closesItsLine() {
        heartbeat.close();
        assertTrue(line.closed);
        assertThrows(IllegalArgumentException.class, () -> new Heartbeat(line, 1, () -> true));
    }
}
