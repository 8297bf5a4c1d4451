package org.emberline.edge.app.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.emberline.edge.frame.FrameGate.Account;
import org.emberline.edge.frame.FrameGate.EdgeFate;

/** Counts the fates of edges; booking allocates nothing. */
final class FateTally implements Account {
    private final Map<EdgeFate, AtomicLong> counts = new EnumMap<>(EdgeFate.class);

    FateTally() {
        for (EdgeFate fate : EdgeFate.values()) {
            counts.put(fate, new AtomicLong());
        }
    }

    @Override
    public void book(EdgeFate fate, long count) {
        Objects.requireNonNull(counts.get(fate)).addAndGet(count);
    }

    long of(EdgeFate fate) {
        return Objects.requireNonNull(counts.get(fate)).get();
    }

    /** All edges. */
    long total() {
        return counts.values().stream().mapToLong(AtomicLong::get).sum();
    }
}
