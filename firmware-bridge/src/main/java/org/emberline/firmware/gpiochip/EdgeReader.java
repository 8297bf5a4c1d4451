package org.emberline.firmware.gpiochip;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.emberline.firmware.Trigger;
import org.emberline.firmware.linux.Bell;
import org.emberline.firmware.linux.Descriptor;
import org.emberline.firmware.linux.DeviceException;
import org.emberline.firmware.linux.Errno;
import org.emberline.firmware.linux.SystemCalls;
import org.jspecify.annotations.Nullable;

/** Waits for edges of one line and hands them on, until it is told to stop or the line is gone. */
final class EdgeReader implements AutoCloseable {
    final LongAdder reads = new LongAdder();

    /** Linux 6.1 does not wake a waiting poll when the chip is unplugged; asked anew, it does say it. */
    private static final int WAIT_MILLIS = 500;

    private static final short POLLIN = 0x1;
    /** Bytes of {@code struct pollfd}: descriptor, events, revents. */
    private static final int ENTRY_BYTES = 8;

    private static final int EVENTS = 4;
    private static final int REVENTS = 6;

    private final SystemCalls calls;
    private final Descriptor line;
    private final Bell bell;
    private final EdgeDecoder decoder;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment events;
    /** The line, then the bell. */
    private final MemorySegment waits;

    private volatile boolean stopping;
    private volatile @Nullable String failure;

    /** @param bufferEdges edges taken with one read */
    EdgeReader(SystemCalls calls, Descriptor line, EdgeDecoder decoder, int bufferEdges) throws DeviceException {
        this.calls = calls;
        this.line = line;
        this.decoder = decoder;
        bell = new Bell(calls);
        events = arena.allocate((long) bufferEdges * Abi.EVENT_BYTES, Long.BYTES);
        waits = arena.allocate(2 * ENTRY_BYTES, Integer.BYTES);
        waitFor(0, line.number());
        waitFor(1, bell.number());
    }

    /** Takes what came so far and gives it to nobody. Before {@link #run}. */
    void discard() {
        while (calls.poll(waits, 1, 0) > 0 && ready(0) == POLLIN) {
            long bytes = line.read(events);
            if (bytes <= 0) {
                return; // the loop will meet the same and say so
            }
            decoder.skip(events, bytes);
        }
    }

    /** The loop, on the thread of its own. */
    void run(Consumer<? super Trigger> sink) {
        try {
            boolean goOn = true;
            while (goOn && !stopping) {
                goOn = step(sink);
            }
        } catch (RuntimeException | Error e) {
            failure = line.name() + ": whoever takes the edges failed: " + e;
            throw e; // to the handler that the process has for such things
        }
    }

    /** Ends the loop soon. Any thread. */
    void stop() {
        stopping = true;
        bell.ring();
    }

    /** Why the loop ended of itself; null while it goes on, and when it was told to stop. */
    @Nullable
    String failure() {
        return failure;
    }

    /** Lets go of everything; when the loop has ended or was never begun. */
    @Override
    public void close() {
        line.close();
        bell.close();
        arena.close();
    }

    private boolean step(Consumer<? super Trigger> sink) {
        int answer = calls.poll(waits, 2, WAIT_MILLIS);
        if (answer < 0 && answer != -Errno.EINTR) {
            return fail(Errno.words(-answer));
        }
        if (answer <= 0) {
            return true;
        }
        if (ready(1) != 0) {
            return false;
        }
        return (ready(0) & POLLIN) != 0 ? read(sink) : fail("the line is gone; was its chip unplugged?");
    }

    private boolean read(Consumer<? super Trigger> sink) {
        long bytes = line.read(events);
        if (bytes == -Errno.EINTR || bytes == -Errno.EAGAIN) {
            return true;
        }
        if (bytes <= 0) {
            return fail(bytes == 0 ? "the kernel ended the line" : Errno.words((int) -bytes));
        }
        reads.increment();
        decoder.decode(events, bytes, sink, this::stopping);
        return true;
    }

    private boolean stopping() {
        return stopping;
    }

    private boolean fail(String why) {
        failure = line.name() + ": " + why;
        return false;
    }

    private short ready(int entry) {
        return waits.get(JAVA_SHORT, (long) entry * ENTRY_BYTES + REVENTS);
    }

    private void waitFor(int entry, int descriptor) {
        waits.set(JAVA_INT, (long) entry * ENTRY_BYTES, descriptor);
        waits.set(JAVA_SHORT, (long) entry * ENTRY_BYTES + EVENTS, POLLIN);
    }
}
