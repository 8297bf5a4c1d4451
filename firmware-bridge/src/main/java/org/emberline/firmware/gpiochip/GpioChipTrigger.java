package org.emberline.firmware.gpiochip;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.emberline.firmware.Trigger;
import org.emberline.firmware.TriggerInput;
import org.emberline.firmware.clock.UtcClock;
import org.emberline.firmware.linux.Descriptor;
import org.emberline.firmware.linux.DeviceException;
import org.emberline.firmware.linux.DeviceNode;
import org.emberline.firmware.linux.SystemCalls;
import org.jspecify.annotations.Nullable;

/**
 * A trigger line of a GPIO chip, stamped by the kernel. Index 0 is the first edge after {@link #start}; edges that the kernel had to drop
 * because the sink was late leave gaps in the index and are counted. Two edges that come closer than the kernel takes to wake its
 * interrupt thread (some ten microseconds) are one to it, and nothing tells.
 *
 * <p>Delivery is on a platform thread of its own. It ends by itself when the chip is unplugged; {@link #failure} says so then. Order of
 * time is kept unless somebody sets the system's clock back ({@link UtcClock#steps}).
 */
public final class GpioChipTrigger implements TriggerInput {

    /**
     * What came so far.
     *
     * @param edges delivered
     * @param lost dropped by the kernel since the start, up to the latest edge delivered
     * @param ignored came between opening and start
     * @param malformed events that make no sense; 0 on a sound kernel
     * @param reads how often the kernel was asked; edges / reads is how many come at once
     */
    public record Counters(long edges, long lost, long ignored, long malformed, long reads) {}

    private final EdgeReader reader;
    private final EdgeDecoder decoder;
    private final String name;
    private @Nullable Thread thread;
    private boolean closed;

    private GpioChipTrigger(EdgeReader reader, EdgeDecoder decoder, String name) {
        this.reader = reader;
        this.decoder = decoder;
        this.name = name;
    }

    /**
     * Takes the line; nobody else can have it until it is closed.
     *
     * @param clock shared with whatever else stamps what it sees
     * @throws IOException in one line: no such chip or line (naming those that there are), no right (naming the remedy), in use (naming
     *     by whom), or not able to do what the settings ask
     */
    public static GpioChipTrigger open(GpioTriggerSettings settings, UtcClock clock) throws IOException {
        return open(SystemCalls.ofThisMachine(), DeviceNode.DEV, settings, clock);
    }

    static GpioChipTrigger open(SystemCalls calls, Path devices, GpioTriggerSettings settings, UtcClock clock)
            throws IOException {
        try (OpenChip chip = new LineFinder(calls, devices).chip(settings.chip());
                Arena arena = Arena.ofConfined()) {
            GpioChips.Line line = LineFinder.line(chip, settings.line());
            MemorySegment request = arena.allocate(Abi.REQUEST_BYTES, Long.BYTES);
            Requests.fill(request, line.offset(), settings);
            Descriptor descriptor = chip.request(line, request);
            EdgeDecoder decoder = new EdgeDecoder(line.offset(), StampScale.of(settings.clock(), clock));
            try {
                EdgeReader reader = new EdgeReader(calls, descriptor, decoder, settings.bufferEdges());
                return new GpioChipTrigger(reader, decoder, descriptor.name());
            } catch (DeviceException e) {
                descriptor.close();
                throw e;
            }
        }
    }

    @Override
    public synchronized void start(Consumer<? super Trigger> sink) {
        if (closed || thread != null) {
            throw new IllegalStateException(name + " can be started once only closed=" + closed);
        }
        reader.discard();
        thread = Thread.ofPlatform().name("trigger " + name).daemon().start(() -> listen(sink));
    }

    /** What came so far. Any thread, also after closing. */
    public Counters counters() {
        return new Counters(
                decoder.edges.sum(),
                decoder.lost.sum(),
                decoder.ignored.sum(),
                decoder.malformed.sum(),
                reader.reads.sum());
    }

    /** The {@link #counters}. */
    @Override
    public Map<String, Long> counts() {
        Counters now = counters();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("edges", now.edges());
        counts.put("lost", now.lost());
        counts.put("ignored", now.ignored());
        counts.put("malformed", now.malformed());
        counts.put("reads", now.reads());
        return counts;
    }

    @Override
    public Optional<String> failure() {
        return Optional.ofNullable(reader.failure());
    }

    /** Such as {@code /dev/gpiochip0 line 17 GPIO17}. */
    @Override
    public String toString() {
        return name;
    }

    /** As in the port; waits for the sink, unless it is the sink that calls. */
    @Override
    public void close() {
        Thread listening;
        synchronized (this) {
            listening = thread;
            if (listening == null && !closed) {
                reader.close();
            }
            closed = true;
        }
        if (listening == null) {
            return;
        }
        reader.stop();
        if (!listening.equals(Thread.currentThread())) {
            join(listening);
        }
    }

    private void listen(Consumer<? super Trigger> sink) {
        try (reader) {
            reader.run(sink);
        }
    }

    private static void join(Thread listening) {
        boolean interrupted = false;
        while (listening.isAlive()) {
            try {
                listening.join();
            } catch (InterruptedException e) {
                interrupted = true; // the promise that no edge follows outweighs the hurry
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
