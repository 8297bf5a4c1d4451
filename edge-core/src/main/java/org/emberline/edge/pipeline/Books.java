package org.emberline.edge.pipeline;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The counters behind the {@link Ledger}. Each is written by one thread; reading them together is exact only after draining. */
public final class Books {
    final AtomicLong triggers = new AtomicLong();
    final AtomicLong frames = new AtomicLong();
    final AtomicLong reduced = new AtomicLong();
    final AtomicLong published = new AtomicLong();
    private final Map<Loss, AtomicLong> lost =
            Arrays.stream(Loss.values()).collect(Collectors.toUnmodifiableMap(l -> l, _ -> new AtomicLong()));
    private final LongSupplier archived;
    private long nextUnmatched;

    /** @param archived frames committed by the archive so far */
    public Books(LongSupplier archived) {
        this.archived = archived;
    }

    /** Notes an edge seen on the trigger line. Indices count the edges on the line itself, so a gap is an edge the reader missed. */
    public void edge(long index) {
        triggers.accumulateAndGet(index + 1, Math::max);
    }

    /**
     * Notes that the edge of this index has led to a frame, or to a loss that has a name of its own. Edges that were passed over led to
     * nothing. Acquisition thread only.
     *
     * @param index -1 when the frame does not know its edge
     */
    void matched(long index) {
        if (index < 0) {
            return;
        }
        edge(index);
        if (index > nextUnmatched) {
            lose(Loss.TRIGGER_SPURIOUS, index - nextUnmatched);
        }
        nextUnmatched = Math.max(nextUnmatched, index + 1);
    }

    /** Notes that no frame will come any more: edges behind the last one led to nothing. Acquisition thread only. */
    void matchedAll() {
        lose(Loss.TRIGGER_SPURIOUS, Math.max(0, triggers.get() - nextUnmatched));
    }

    /** Counts {@code n} losses of one kind. */
    public void lose(Loss loss, long n) {
        Objects.requireNonNull(lost.get(loss)).addAndGet(n);
    }

    /** Sets the losses of one kind that were counted elsewhere. */
    public void settle(Loss loss, long n) {
        Objects.requireNonNull(lost.get(loss)).set(n);
    }

    /** The books as they stand. */
    public Ledger ledger() {
        Map<String, Long> named = lost.entrySet().stream()
                .filter(e -> e.getValue().get() > 0)
                .collect(Collectors.toUnmodifiableMap(
                        e -> e.getKey().name(), e -> e.getValue().get()));
        return new Ledger(triggers.get(), frames.get(), reduced.get(), published.get(), archived.getAsLong(), named);
    }
}
