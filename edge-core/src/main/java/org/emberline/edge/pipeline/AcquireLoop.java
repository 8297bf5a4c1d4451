package org.emberline.edge.pipeline;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameGate;
import org.emberline.edge.frame.FrameGate.EdgeFate;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.FrameSource;

/** The thread that has the source fill slots, asks the gate what they are, and lets them into the ring. */
final class AcquireLoop {
    private final String detector;
    private final FrameSource source;
    private final FrameGate gate;
    private final Entrance entrance;
    private final boolean failWhenFull;
    private final Books books;
    private final FaultLog faults;
    private final CompletableFuture<EndReason> end = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean aborting;
    private boolean overrun;
    private long frameIndex;

    AcquireLoop(String detector, Pipeline.Way way, Entrance entrance, boolean failWhenFull, FaultLog faults) {
        this.detector = detector;
        source = way.source();
        gate = way.gate();
        books = way.books();
        this.entrance = entrance;
        this.failWhenFull = failWhenFull;
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

    void abort() {
        aborting = true;
        stop();
    }

    /** Completed when the source has ended. */
    CompletableFuture<EndReason> end() {
        return end;
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
        }
        try {
            reason = aborting ? EndReason.ABORTED : reason;
            bookTheRest(reason);
        } catch (RuntimeException | Error problem) {
            faults.note(detector + " gate", problem);
        } finally {
            end.complete(reason);
        }
    }

    private EndReason carry() throws IOException {
        while (!stopping && !overrun) {
            FrameSlot slot = entrance.place(source::pressing, () -> stopping);
            if (slot == null) {
                break;
            }
            slot.reset(frameIndex);
            FrameSource.Next next = source.next(slot);
            if (next == FrameSource.Next.END) {
                return stopping ? EndReason.STOPPED : EndReason.COMPLETED;
            }
            books.begin();
            try {
                switch (next) {
                    case FRAME -> receive(slot);
                    case STRAY -> {
                        books.received();
                        books.lose(Loss.STRAY, 1);
                    }
                    default -> gate.missing(slot);
                }
            } finally {
                books.end();
            }
        }
        return overrun ? EndReason.OVERRUN : EndReason.STOPPED;
    }

    private void receive(FrameSlot slot) {
        FrameGate.Verdict verdict = gate.admit(slot);
        books.received();
        switch (verdict) {
            case ADMITTED -> admit(slot);
            case DUPLICATE -> books.lose(Loss.DUPLICATE, 1);
            case LATE -> books.lose(Loss.LATE, 1);
            case STRAY -> books.lose(Loss.STRAY, 1);
        }
    }

    private void admit(FrameSlot slot) {
        if (slot.has(FrameFlag.TRIGGER_MISSING)) {
            books.lose(Loss.TRIGGER_MISSING, 1);
        }
        if (slot.has(FrameFlag.FRAME_OUT_OF_ORDER)) {
            books.lose(Loss.OUT_OF_ORDER, 1);
        }
        if (entrance.hasRoom()) {
            books.entered();
            entrance.enter();
            frameIndex++;
        } else {
            books.lose(Loss.QUEUE_FULL, 1);
            overrun = failWhenFull;
        }
    }

    private void bookTheRest(EndReason reason) {
        books.begin();
        try {
            gate.end(
                    switch (reason) {
                        case ABORTED -> EdgeFate.ABORTED;
                        case SOURCE_LOST -> EdgeFate.SOURCE_LOST;
                        default -> EdgeFate.FRAME_MISSING;
                    });
        } finally {
            books.end();
        }
    }
}
