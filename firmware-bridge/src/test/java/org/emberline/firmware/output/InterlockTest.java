package org.emberline.firmware.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InterlockTest {
    private final RecordingLine line = new RecordingLine();
    private Optional<String> fault = Optional.empty();

    @Test
    void isUpWhileAllIsWell() throws IOException {
        try (Interlock interlock = interlock(false)) {
            assertEquals(List.of(), line.levels, "nothing before the first tick");
            interlock.tick(1);
            interlock.tick(2);
            assertEquals(List.of(true), line.levels);
            assertEquals(Optional.empty(), interlock.drop());
        }
        assertTrue(line.closed);
    }

    @Test
    void dropsAndComesBack() throws IOException {
        Interlock interlock = interlock(false);
        interlock.tick(1);
        fault = Optional.of("t1 is lost");
        interlock.tick(2);
        fault = Optional.of("t2 is lost");
        interlock.tick(3);
        assertEquals(Optional.of(new Interlock.Drop("t1 is lost", 2)), interlock.drop(), "the first reason counts");
        fault = Optional.empty();
        interlock.tick(4);
        assertEquals(List.of(true, false, true), line.levels);
        assertEquals(Optional.empty(), interlock.drop());
    }

    @Test
    void latchedStaysDownUntilReset() throws IOException {
        Interlock interlock = interlock(true);
        interlock.tick(1);
        fault = Optional.of("faulted");
        interlock.tick(2);
        fault = Optional.empty();
        interlock.tick(3);
        assertEquals(List.of(true, false), line.levels);
        assertEquals(Optional.of(new Interlock.Drop("faulted", 2)), interlock.drop());
        interlock.reset();
        interlock.tick(4);
        assertEquals(List.of(true, false, true), line.levels);
    }

    @Test
    void aResetDuringTheFaultIsNone() throws IOException {
        Interlock interlock = interlock(true);
        fault = Optional.of("faulted");
        interlock.tick(1);
        interlock.reset();
        interlock.tick(2);
        fault = Optional.empty();
        interlock.tick(3);
        assertEquals(List.of(), line.levels, "it was never up");
        assertEquals(Optional.of(new Interlock.Drop("faulted", 2)), interlock.drop());
    }

    @Test
    void aRefusedDropIsTriedAgain() throws IOException {
        Interlock interlock = interlock(false);
        interlock.tick(1);
        fault = Optional.of("faulted");
        line.refusing = true;
        assertThrows(IOException.class, () -> interlock.tick(2));
        line.refusing = false;
        interlock.tick(3);
        assertEquals(List.of(true, false), line.levels);
        assertEquals(2, interlock.drop().orElseThrow().nanos());
    }

    private Interlock interlock(boolean latched) {
        return new Interlock(line, latched, () -> fault);
    }
}
