package org.emberline.edge.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.emberline.firmware.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EdgeQueueTest {
    private static final int EDGES = 1_000_000;

    @Test
    void edgesComeOutAsTheyWentIn() {
        EdgeQueue queue = new EdgeQueue(4);
        assertFalse(queue.next());
        for (int i = 0; i < 3; i++) {
            queue.append(new Trigger(i, stamp(i)));
        }
        for (int i = 0; i < 3; i++) {
            assertTrue(queue.next());
            assertEquals(i, queue.index());
            assertEquals(stamp(i), queue.stamp());
        }
        assertFalse(queue.next());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void theOldestAreOverwrittenAndLeaveAGap(int capacity) {
        EdgeQueue queue = new EdgeQueue(capacity);
        for (int i = 0; i < 20; i++) {
            queue.append(new Trigger(i, stamp(i)));
        }
        for (int i = 20 - capacity + 1; i < 20; i++) {
            assertTrue(queue.next());
            assertEquals(i, queue.index());
        }
        assertFalse(queue.next());
    }

    /** The place being written is never read: one place would be none. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void aQueueHasTwoPlacesAtLeast(int capacity) {
        assertEquals(
                "an edge is read while the next is written capacity=" + capacity,
                assertThrows(IllegalArgumentException.class, () -> new EdgeQueue(capacity))
                        .getMessage());
    }

    /** Reading pauses every so many edges while the writer goes on, or the writer pauses; whoever is quicker changes. */
    @ParameterizedTest
    @ValueSource(ints = {2, 64, 4096, 1 << 20})
    void twoThreadsLoseNothingButWhatIsOverwritten(int capacity) throws InterruptedException {
        EdgeQueue queue = new EdgeQueue(capacity);
        Thread writer = Thread.ofPlatform().start(() -> write(queue));
        long last = -1;
        long read = 0;
        long gaps = 0;
        while (last < EDGES - 1) {
            if (!queue.next()) {
                Thread.onSpinWait();
                continue;
            }
            long index = queue.index();
            assertTrue(index > last, "twice, or out of order");
            assertEquals(stamp(index), queue.stamp(), "torn");
            gaps += index - last - 1;
            last = index;
            read++;
            if ((index & 0x3fff) > 0x3000) {
                pause(20);
            }
        }
        writer.join();
        assertFalse(queue.next());
        assertEquals(EDGES, read + gaps);
        if (capacity > EDGES) {
            assertEquals(EDGES, read);
        }
    }

    private static void write(EdgeQueue queue) {
        for (int i = 0; i < EDGES; i++) {
            queue.append(new Trigger(i, stamp(i)));
            if ((i & 0xffff) > 0x8000) {
                pause(40);
            }
        }
    }

    private static void pause(int spins) {
        for (int i = 0; i < spins; i++) {
            Thread.onSpinWait();
        }
    }

    private static long stamp(long index) {
        return index * 0x9e3779b97f4a7c15L;
    }
}
