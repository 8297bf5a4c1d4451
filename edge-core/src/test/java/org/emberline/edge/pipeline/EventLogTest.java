package org.emberline.edge.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.pipeline.Snapshot.EventView;
import org.junit.jupiter.api.Test;

class EventLogTest {
    @Test
    void theLatestAreKeptAndAllAreCounted() {
        EventLog log = new EventLog();
        for (int i = 1; i <= 100; i++) {
            log.add(i, "CLOCK_STEP", "by " + i);
        }
        assertEquals(100, log.view().count());
        assertEquals(32, log.view().latest().size());
        assertEquals(
                new EventView(69, 69, "CLOCK_STEP", "by 69"),
                log.view().latest().getFirst());
        assertEquals(
                new EventView(100, 100, "CLOCK_STEP", "by 100"),
                log.view().latest().getLast());
    }

    @Test
    void theFirstFaultIsToldOnce() {
        List<String> told = new ArrayList<>();
        FaultLog faults = new FaultLog();
        faults.onFirst(told::add);
        faults.note("reduce", new IllegalStateException("boom"));
        faults.note("reduce", new IllegalStateException("boom again"));
        faults.note("archive", "full");
        assertEquals(List.of("reduce failed, IllegalStateException: boom"), told);
    }
}
