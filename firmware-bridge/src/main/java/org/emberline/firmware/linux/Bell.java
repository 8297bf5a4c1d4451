package org.emberline.firmware.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An eventfd by which one thread wakes another out of {@code poll}. Any thread. */
public final class Bell implements AutoCloseable {
    private final SystemCalls calls;
    private final int number;
    private boolean closed;

    /** @throws DeviceException when this process has no descriptor left */
    public Bell(SystemCalls calls) throws DeviceException {
        this.calls = calls;
        number = calls.eventfd();
        if (number < 0) {
            throw new DeviceException(-number, "eventfd: " + Errno.words(-number));
        }
    }

    /** The descriptor that becomes readable once the bell is rung, and stays so. */
    public int number() {
        return number;
    }

    /** Wakes whoever waits now or later. Without effect once closed: the number may belong to another file by then. */
    public synchronized void ring() {
        if (closed) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocateFrom(JAVA_LONG, 1L);
            calls.write(number, one, one.byteSize());
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            calls.close(number);
        }
    }
}
