package org.emberline.gpu.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CrewTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everyLaneRunsOncePerCall(int lanes) {
        assertTimeoutPreemptively(LONG, () -> {
            AtomicIntegerArray runs = new AtomicIntegerArray(lanes);
            try (Crew crew = new Crew(lanes, "test")) {
                for (int i = 1; i <= 3000; i++) {
                    crew.run(runs::incrementAndGet);
                    for (int lane = 0; lane < lanes; lane++) {
                        assertEquals(i, runs.get(lane));
                    }
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whatALaneThrowsReachesTheCallerAndTheNextCallWorks(int broken) {
        assertTimeoutPreemptively(LONG, () -> {
            AtomicIntegerArray runs = new AtomicIntegerArray(3);
            try (Crew crew = new Crew(3, "test")) {
                IllegalStateException thrown = assertThrows(
                        IllegalStateException.class,
                        () -> crew.run(lane -> {
                            runs.incrementAndGet(lane);
                            if (lane == broken) {
                                throw new IllegalStateException("broken");
                            }
                        }));
                assertEquals("broken", thrown.getMessage());
                crew.run(runs::incrementAndGet);
                for (int lane = 0; lane < 3; lane++) {
                    assertEquals(2, runs.get(lane));
                }
            }
        });
    }
}
