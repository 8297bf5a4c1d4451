package org.emberline.firmware.gpiochip;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.emberline.firmware.Trigger;

/**
 * Makes triggers of what the kernel wrote: an array of
 *
 * <pre>
 *  0              8        12       16       20           24          48
 * +----------------+--------+--------+--------+------------+-----------+
 * |  timestamp_ns  |   id   | offset | seqno  | line_seqno | (reserved)|
 * +----------------+--------+--------+--------+------------+-----------+
 * </pre>
 *
 * The kernel numbers the edges of a line from 1 and drops the oldest when its buffer is full; what is missing from the numbers was lost.
 * They are unsigned and start over after 2^32. One thread decodes, any may read the counters.
 */
final class EdgeDecoder {
    final LongAdder edges = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder ignored = new LongAdder();
    final LongAdder malformed = new LongAdder();

    private final int line;
    private final StampScale scale;
    /** Number of the latest edge, as the kernel counts. */
    private int latestNumber;

    private long index = -1;

    /** @param line offset on the chip; events of another are malformed */
    EdgeDecoder(int line, StampScale scale) {
        this.line = line;
        this.scale = scale;
    }

    /** Takes note of edges that came before anybody wanted them. */
    void skip(MemorySegment events, long bytes) {
        for (long at = 0; at + Abi.EVENT_BYTES <= bytes; at += Abi.EVENT_BYTES) {
            latestNumber = events.get(JAVA_INT, at + Abi.EVENT_LINE_SEQNO);
            ignored.increment();
        }
    }

    /** Hands on {@code bytes} of events, until {@code ended}. */
    void decode(MemorySegment events, long bytes, Consumer<? super Trigger> sink, BooleanSupplier ended) {
        scale.afterRead();
        long at = 0;
        for (; at + Abi.EVENT_BYTES <= bytes && !ended.getAsBoolean(); at += Abi.EVENT_BYTES) {
            if (accept(events, at)) {
                sink.accept(new Trigger(index, scale.utcNanos(events.get(JAVA_LONG, at + Abi.EVENT_TIMESTAMP))));
            }
        }
        if (at < bytes && bytes - at < Abi.EVENT_BYTES) {
            malformed.increment();
        }
    }

    private boolean accept(MemorySegment events, long at) {
        int id = events.get(JAVA_INT, at + Abi.EVENT_ID);
        int number = events.get(JAVA_INT, at + Abi.EVENT_LINE_SEQNO);
        int advance = number - latestNumber; // the right distance also across 2^32
        boolean ours = (id == Abi.RISING_EVENT || id == Abi.FALLING_EVENT)
                && events.get(JAVA_INT, at + Abi.EVENT_OFFSET) == line
                && advance > 0;
        if (!ours) {
            malformed.increment();
            return false;
        }
        latestNumber = number;
        index += advance;
        edges.increment();
        lost.add(advance - 1L);
        return true;
    }
}
