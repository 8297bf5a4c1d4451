package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SteadyPacerTest {
    private final List<Long> parked = new ArrayList<>();
    private long now = 5_000;

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void framesAreDueEvenlyFromTheFirstOn() {
        Pacer pacer = new SteadyPacer(4, () -> now, this::sleep);
        assertTrue(pacer.await(0));
        assertEquals(5_000, now);
        now += 100;
        assertTrue(pacer.await(1));
        assertEquals(5_000 + 250_000_000L, now);
        assertTrue(pacer.await(2));
        assertEquals(5_000 + 500_000_000L, now);
        assertEquals(List.of(249_999_900L, 250_000_000L), parked);
    }

    @Test
    void aLateFrameIsNotWaitedForAndThePaceRecovers() {
        Pacer pacer = new SteadyPacer(10, () -> now, this::sleep);
        pacer.await(0);
        now += 350_000_000L;
        assertTrue(pacer.await(1));
        assertTrue(pacer.await(2));
        assertTrue(pacer.await(3));
        assertEquals(List.of(), parked);
        assertTrue(pacer.await(4));
        assertEquals(List.of(50_000_000L), parked);
    }

    @Test
    void aSleepThatEndsEarlyIsResumed() {
        Pacer pacer = new SteadyPacer(10, () -> now, nanos -> sleep(Math.min(nanos, 30_000_000L)));
        pacer.await(0);
        assertTrue(pacer.await(1));
        assertEquals(List.of(30_000_000L, 30_000_000L, 30_000_000L, 10_000_000L), parked);
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() {
        Pacer pacer =
                new SteadyPacer(10, () -> now, nanos -> Thread.currentThread().interrupt());
        assertTrue(pacer.await(0));
        assertFalse(pacer.await(1));
        assertTrue(Thread.currentThread().isInterrupted());
        assertFalse(Pacer.of(0).await(7));
    }

    @Test
    void withoutAPaceEveryFrameIsDue() {
        assertTrue(Pacer.of(0).await(0));
        assertTrue(Pacer.of(0).await(1_000_000));
    }

    private void sleep(long nanos) {
        parked.add(nanos);
        now += nanos;
    }
}
