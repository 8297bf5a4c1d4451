package org.emberline.firmware.sim;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The life of one simulated line: idle, then open towards one sink, then closed. The lock makes close() a clean cut. */
final class Outlet<T> implements AutoCloseable {
    private final String name;
    private @Nullable Consumer<? super T> sink;
    private boolean closed;
    private long ignored;

    Outlet(String name) {
        this.name = name;
    }

    synchronized void open(Consumer<? super T> newSink) {
        if (closed || sink != null) {
            throw new IllegalStateException(name + " can be started once only closed=" + closed);
        }
        sink = newSink;
    }

    synchronized boolean deliver(T item) {
        Consumer<? super T> open = sink;
        if (closed || open == null) {
            ignored++;
            return false;
        }
        open.accept(item);
        return true;
    }

    synchronized long ignored() {
        return ignored;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
