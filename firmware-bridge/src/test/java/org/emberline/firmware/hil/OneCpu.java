package org.emberline.firmware.hil;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds the calling thread and the kernel's threads for the interrupts of our lines on the first processor: such a thread comes before
 * any other, so that an edge is numbered before the thread that made it goes on. On different processors the kernel takes edges that
 * come sooner than it wakes that thread for one; in a virtual machine, whose processors stand still at times, that can be milliseconds.
 */
final class OneCpu implements AutoCloseable {
    private static final long FIRST = 1;
    private static final long ALL = -1;
    private static final int CALLING_THREAD = 0;
    private static final MethodHandle SET_AFFINITY = setAffinity();

    private final List<Integer> threads = new ArrayList<>(List.of(CALLING_THREAD));

    /** Once the lines are open. Threads that the calling thread starts until {@link #close} stay on the first processor too. */
    OneCpu() throws IOException {
        threads.addAll(interruptThreads());
        assertFalse(threads.size() == 1, "no thread of the kernel's for the interrupts of a line");
        threads.forEach(thread -> hold(thread, FIRST));
    }

    @Override
    public void close() {
        hold(CALLING_THREAD, ALL);
    }

    /** Such as {@code irq/24-emberlin}: the kernel keeps 15 characters. */
    private static List<Integer> interruptThreads() throws IOException {
        List<Integer> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : (Iterable<Path>) processes::iterator) {
                String id = process.getFileName().toString();
                if (id.matches("[0-9]+") && name(process).matches("irq/[0-9]+-ember.*")) {
                    found.add(Integer.valueOf(id));
                }
            }
        }
        return found;
    }

    private static String name(Path process) throws IOException {
        try {
            return Files.readString(process.resolve("comm")).strip();
        } catch (NoSuchFileException e) {
            return ""; // it ended in the meantime
        }
    }

    private static void hold(int thread, long processors) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocateFrom(JAVA_LONG, processors);
            assertEquals(0, (int) SET_AFFINITY.invokeExact(thread, mask.byteSize(), mask), "sched_setaffinity");
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle setAffinity() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("sched_setaffinity"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ValueLayout.ADDRESS));
    }
}
