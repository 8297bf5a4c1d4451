package org.emberline.edge.app;

import static org.emberline.edge.app.Snapshots.fault;
import static org.emberline.edge.app.Snapshots.ledger;
import static org.emberline.edge.app.Snapshots.temperature;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.emberline.edge.pipeline.Snapshot.ChannelView;
import org.junit.jupiter.api.Test;

class FirmwareHealthTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long BEGIN = -3 * SECOND;
    private static final Optional<String> LOST = Optional.of("no temperature of furnace for 2.0 s");

    private final FirmwareHealth health = new FirmwareHealth("furnace", 2 * SECOND);

    private static void look(FirmwareHealth health, double seconds, ChannelView... channels) {
        health.look(Snapshots.of(1, null, List.of(channels), ledger(0, 0)), BEGIN + Math.round(seconds * SECOND));
    }

    @Test
    void theFirstTemperatureIsAwaitedFromTheFirstLookOn() {
        look(health, 0);
        assertTrue(health.awaiting());
        assertEquals(Optional.empty(), health.trouble());
        look(health, 1.9, fault("furnace", 5), temperature("sample", 5));
        assertTrue(health.awaiting(), "neither a fault nor another channel");
        look(health, 2);
        assertFalse(health.awaiting());
        assertEquals(LOST, health.trouble());
    }

    @Test
    void aReadingCountsOnce() {
        look(health, 0, temperature("furnace", 100));
        assertFalse(health.awaiting());
        look(health, 1.9, temperature("furnace", 100));
        assertEquals(Optional.empty(), health.trouble());
        look(health, 2, temperature("furnace", 100));
        assertEquals(LOST, health.trouble());
        look(health, 2.1, temperature("furnace", 101));
        assertEquals(Optional.empty(), health.trouble());
        assertFalse(health.awaiting());
    }

    @Test
    void faultsAreNoTemperature() {
        look(health, 0, temperature("furnace", 100));
        look(health, 1, fault("furnace", 200));
        assertEquals(Optional.empty(), health.trouble());
        look(health, 2, fault("furnace", 300));
        assertEquals(LOST, health.trouble());
    }

    @Test
    void aReadingOfTheEpochIsOne() {
        look(health, 0, temperature("furnace", Long.MIN_VALUE));
        assertFalse(health.awaiting());
    }

    @Test
    void aFaultedRunComesFirst() {
        health.look(Snapshots.of(1, "archive failed", List.of(), ledger(0, 0)), BEGIN);
        assertFalse(health.awaiting());
        assertEquals(Optional.of("the run is faulted"), health.trouble());
    }

    @Test
    void withoutAThermocoupleNoneIsLost() {
        FirmwareHealth none = new FirmwareHealth("", 2 * SECOND);
        look(none, 0);
        assertFalse(none.awaiting());
        look(none, 60);
        assertEquals(Optional.empty(), none.trouble());
    }
}
