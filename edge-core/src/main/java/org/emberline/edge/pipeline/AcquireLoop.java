package org.emberline.edge.pipeline;

import com.lmax.disruptor.RingBuffer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource;

/** The thread that claims slots and has the source fill them. */
final class AcquireLoop {
    private final String detector;
    private final FrameSource source;
    private final RingBuffer<FrameSlot> ring;
    private final Books books;
    private final FaultLog faults;
    private final CompletableFuture<EndReason> end = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean stopping;

    AcquireLoop(String detector, FrameSource source, RingBuffer<FrameSlot> ring, Books books, FaultLog faults) {
        this.detector = detector;
        this.source = source;
        this.ring = ring;
        this.books = books;
        this.faults = faults;
        thread = new Thread(this::run, "acquire-" + detector);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        stopping = true;
        thread.interrupt();
    }

    EndReason awaitEnd() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the acquisition thread completes its future normally", e);
        }
    }

    void close() {
        stop();
        source.close();
    }

    private void run() {
        EndReason reason = EndReason.SOURCE_LOST;
        try {
            reason = carry();
        } catch (IOException | RuntimeException | Error problem) {
            if (stopping) {
                reason = EndReason.STOPPED;
            } else {
                faults.note(detector + " acquire", problem);
            }
        } finally {
            end.complete(reason);
        }
    }

    private EndReason carry() throws IOException {
        long frameIndex = 0;
        // The slot claimed last stays unpublished when the source ends: no stage ever sees it.
        long sequence = ring.next();
        while (!stopping) {
            FrameSlot slot = ring.get(sequence);
            slot.reset(frameIndex);
            switch (source.next(slot)) {
                case FRAME -> {
                    books.matched(slot.triggerIndex);
                    books.frames.incrementAndGet();
                    ring.publish(sequence);
                    sequence = ring.next();
                    frameIndex++;
                }
                case LOST -> {
                    books.matched(slot.triggerIndex);
                    books.lose(Loss.FRAME_MISSING, 1);
                }
                case END -> {
                    books.matchedAll();
                    return stopping ? EndReason.STOPPED : EndReason.COMPLETED;
                }
            }
        }
        books.matchedAll();
        return EndReason.STOPPED;
    }
}
