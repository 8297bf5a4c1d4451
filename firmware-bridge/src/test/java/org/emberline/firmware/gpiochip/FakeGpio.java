package org.emberline.firmware.gpiochip;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.emberline.firmware.linux.Errno;
import org.emberline.firmware.linux.FakeCalls;

/**
 * A kernel with GPIO chips, after {@code drivers/gpio/gpiolib-cdev.c}: numbers edges from 1, keeps the newest, poll waits. Offsets and
 * request numbers are written as numbers, from {@code linux/gpio.h} by way of a C compiler, so that they do not share the code's.
 */
final class FakeGpio extends FakeCalls {
    private static final int BELL = 90;
    private static final int LINE = 50;

    /** Structures of {@code GPIO_V2_GET_LINE} as they came. */
    final List<byte[]> requests = new ArrayList<>();

    final Set<Integer> open = new HashSet<>();
    final List<Long> levels = new ArrayList<>();
    /** What the next request for a line, or poll, or level is answered with; 0: properly. */
    volatile int requestError;

    volatile int pollError;
    volatile int levelError;
    final AtomicInteger polls = new AtomicInteger();

    private final Map<String, FakeChip> chips = new HashMap<>();
    private final Map<Integer, FakeChip> byDescriptor = new HashMap<>();
    private final Deque<Event> events = new ArrayDeque<>();
    private int capacity;
    private int line;
    private int seqno;
    private boolean gone;
    private long rung;

    /** @param lines name and consumer of each line; a consumer is a user */
    record FakeChip(String label, List<String[]> lines) {}

    private record Event(long stamp, int id, int seqno) {}

    void add(String path, String label, List<String[]> lines) {
        chips.put(path, new FakeChip(label, lines));
    }

    /** An edge happens. */
    synchronized void edge(long stamp) {
        if (events.size() == capacity) {
            events.removeFirst();
        }
        events.addLast(new Event(stamp, 1, ++seqno));
        notifyAll();
    }

    /** As Linux 6.1 does it: whoever waits in poll is not woken. */
    synchronized void unplug() {
        gone = true;
    }

    /** The next edge has the number after this. */
    synchronized void countFrom(int number) {
        seqno = number;
    }

    @Override
    public synchronized int open(String path, int flags) {
        FakeChip chip = chips.get(path);
        if (chip == null) {
            return -Errno.ENOENT;
        }
        int descriptor = 10 + byDescriptor.size();
        byDescriptor.put(descriptor, chip);
        open.add(descriptor);
        return descriptor;
    }

    @Override
    public synchronized int close(int descriptor) {
        notifyAll();
        return open.remove(descriptor) ? 0 : -9;
    }

    /** Until whoever reads lets go of the line. */
    synchronized void awaitLineClosed() throws InterruptedException {
        while (open.contains(LINE)) {
            wait();
        }
    }

    @Override
    public synchronized int eventfd() {
        open.add(BELL);
        return BELL;
    }

    @Override
    public synchronized long write(int descriptor, MemorySegment from, long bytes) {
        rung += from.get(JAVA_LONG, 0);
        notifyAll();
        return bytes;
    }

    @Override
    public synchronized int ioctl(int descriptor, long request, MemorySegment argument) {
        if (!open.contains(descriptor)) {
            return -9;
        }
        return switch (Long.toHexString(request)) {
            case "8044b401" -> chipInfo(chip(descriptor), argument);
            case "c100b405" -> lineInfo(chip(descriptor), argument);
            case "c250b407" -> request(chip(descriptor), argument);
            case "c010b40f" -> level(argument);
            default -> -Errno.ENOTTY;
        };
    }

    @Override
    public synchronized long read(int descriptor, MemorySegment into, long bytes) {
        if (gone) {
            return -Errno.ENODEV;
        }
        if (events.isEmpty()) {
            throw new AssertionError("a read that blocks for ever");
        }
        long at = 0;
        for (; at + 48 <= bytes && !events.isEmpty(); at += 48) {
            Event event = events.removeFirst();
            into.asSlice(at, 48).fill((byte) 0);
            into.set(JAVA_LONG, at, event.stamp);
            into.set(JAVA_INT, at + 8, event.id);
            into.set(JAVA_INT, at + 12, line);
            into.set(JAVA_INT, at + 16, event.seqno);
            into.set(JAVA_INT, at + 20, event.seqno);
        }
        return at;
    }

    @Override
    public synchronized int poll(MemorySegment entries, int count, int timeoutMillis) {
        polls.incrementAndGet();
        if (pollError != 0) {
            int error = pollError;
            pollError = 0;
            return -error;
        }
        long deadline = System.nanoTime() + timeoutMillis * 1_000_000L;
        int ready = ready(entries, count);
        while (ready == 0 && System.nanoTime() < deadline) {
            try {
                wait(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                return -Errno.EINTR;
            }
            if (!gone) { // an unplugged chip shows when it is asked anew only
                ready = ready(entries, count);
            }
        }
        return ready;
    }

    private FakeChip chip(int descriptor) {
        return Objects.requireNonNull(byDescriptor.get(descriptor));
    }

    private int ready(MemorySegment entries, int count) {
        int ready = 0;
        for (int i = 0; i < count; i++) {
            short back = (short) (entries.get(JAVA_INT, 8L * i) == BELL ? (rung > 0 ? 1 : 0) : lineReady());
            entries.set(JAVA_SHORT, 8L * i + 6, back);
            ready += back == 0 ? 0 : 1;
        }
        return ready;
    }

    private int lineReady() {
        return gone ? 0x18 : events.isEmpty() ? 0 : 1;
    }

    private int chipInfo(FakeChip chip, MemorySegment info) {
        info.setString(32, chip.label, StandardCharsets.UTF_8);
        info.set(JAVA_INT, 64, chip.lines.size());
        return 0;
    }

    private int lineInfo(FakeChip chip, MemorySegment info) {
        String[] words = chip.lines.get(info.get(JAVA_INT, 64));
        info.setString(0, words[0], StandardCharsets.UTF_8);
        info.setString(32, words[1], StandardCharsets.UTF_8);
        info.set(JAVA_LONG, 72, words[1].isEmpty() ? 4 : 1 | 8);
        return 0;
    }

    private int request(FakeChip chip, MemorySegment request) {
        requests.add(request.toArray(JAVA_BYTE));
        line = request.get(JAVA_INT, 0);
        if (requestError != 0) {
            return -requestError;
        }
        if (!chip.lines.get(line)[1].isEmpty()) {
            return -Errno.EBUSY;
        }
        capacity = Math.max(1, request.get(JAVA_INT, 564));
        open.add(LINE);
        request.set(JAVA_INT, 588, LINE);
        return 0;
    }

    private int level(MemorySegment values) {
        if (values.get(JAVA_LONG, 8) != 1) {
            throw new AssertionError("mask of one line");
        }
        if (levelError != 0) {
            return -levelError;
        }
        levels.add(values.get(JAVA_LONG, 0));
        return 0;
    }
}
