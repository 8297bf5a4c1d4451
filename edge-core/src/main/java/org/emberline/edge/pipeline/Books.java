package org.emberline.edge.pipeline;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.emberline.edge.frame.FrameGate;

/**
 * The counters behind the {@link Ledger}. Each is written by one thread, without waiting; they are read together so that a ledger is one
 * moment's.
 *
 * <p>Whatever the acquisition thread books for one frame is one step ({@link #begin} to {@link #end}). A reader takes all counters twice
 * and is content when no step was going on and nothing has changed in between: as counters only grow, they all had those values at one
 * moment. It tries a few times, and then shows the last ledger once more.
 */
public final class Books implements FrameGate.Account {
    private static final int TRIES = 200;

    private final AtomicLong steps = new AtomicLong(); // odd while one is going on
    private final AtomicLong triggers = new AtomicLong();
    private final AtomicLong matched = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong entered = new AtomicLong();
    private final AtomicLong reduced = new AtomicLong();
    private final AtomicLong published = new AtomicLong();
    private final Map<Loss, AtomicLong> lost =
            Arrays.stream(Loss.values()).collect(Collectors.toUnmodifiableMap(l -> l, _ -> new AtomicLong()));
    private final LongSupplier archived;
    private final Map<Loss, LongSupplier> ofArchive;
    private Ledger latest = Ledger.EMPTY;

    /** @param archived frames committed by an archive that refuses none */
    public Books(LongSupplier archived) {
        this(archived, Map.of());
    }

    /**
     * @param archived frames committed by the archive so far
     * @param ofArchive what the archive could not keep so far
     */
    public Books(LongSupplier archived, Map<Loss, LongSupplier> ofArchive) {
        this.archived = archived;
        this.ofArchive = Map.copyOf(ofArchive);
    }

    /**
     * Notes that there is an edge of this index, and with it all before. Any thread; before anybody who might book the edge's fate learns
     * of it.
     *
     * @param index counts the edges on the line itself, so a gap is an edge the reader missed
     */
    public void edge(long index) {
        triggers.accumulateAndGet(index + 1, Math::max);
    }

    /** Acquisition thread only, between {@link #begin} and {@link #end}. */
    @Override
    public void book(FrameGate.EdgeFate fate, long count) {
        switch (fate) {
            case MATCHED -> matched.addAndGet(count);
            case FRAME_MISSING -> lose(Loss.FRAME_MISSING, count);
            case SPURIOUS -> lose(Loss.TRIGGER_SPURIOUS, count);
            case UNREAD -> lose(Loss.TRIGGER_UNREAD, count);
            case SOURCE_LOST -> lose(Loss.SOURCE_LOST, count);
            case ABORTED -> lose(Loss.TRIGGER_ABORTED, count);
        }
    }

    /** Notes edges that are known only by the frames they announce. Acquisition thread only. */
    void announced(long count) {
        triggers.addAndGet(count);
    }

    /** Begins to book what belongs together. Acquisition thread only. */
    void begin() {
        steps.incrementAndGet();
    }

    /** Has booked all that belongs together. */
    void end() {
        steps.incrementAndGet();
    }

    void received() {
        received.incrementAndGet();
    }

    void entered() {
        entered.incrementAndGet();
    }

    void reduced() {
        reduced.incrementAndGet();
    }

    void published() {
        published.incrementAndGet();
    }

    /** Counts {@code n} losses of one kind. */
    void lose(Loss loss, long n) {
        Objects.requireNonNull(lost.get(loss)).addAndGet(n);
    }

    /** The books as they stand, or, while too much is going on, as they stood the last time. Any thread but those that book. */
    public synchronized Ledger ledger() {
        for (int i = 0; i < TRIES; i++) {
            long step = steps.get();
            if ((step & 1) == 0) {
                Ledger once = read();
                if (once.equals(read()) && steps.get() == step) {
                    latest = once;
                    return once;
                }
            }
            Thread.onSpinWait();
        }
        return latest;
    }

    private Ledger read() {
        Map<String, Long> named = new HashMap<>();
        lost.forEach((loss, counter) -> put(named, loss, counter.get()));
        ofArchive.forEach((loss, counter) -> put(named, loss, counter.getAsLong()));
        long frames = entered.get() + named.getOrDefault(Loss.QUEUE_FULL.name(), 0L);
        return new Ledger(
                triggers.get(),
                matched.get(),
                received.get(),
                frames,
                reduced.get(),
                published.get(),
                archived.getAsLong(),
                named);
    }

    private static void put(Map<String, Long> named, Loss loss, long n) {
        if (n > 0) {
            named.put(loss.name(), n);
        }
    }
}
