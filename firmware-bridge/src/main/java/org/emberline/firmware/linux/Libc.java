package org.emberline.firmware.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Set;

/** The system calls by way of the C library that the virtual machine itself is linked with. */
final class Libc implements SystemCalls {
    /** Linux on a processor whose numbers and layouts are those of {@code asm-generic}. */
    static final boolean SUPPORTED = "Linux".equals(System.getProperty("os.name"))
            && Set.of("amd64", "aarch64").contains(System.getProperty("os.arch"));

    static final SystemCalls INSTANCE = new Libc();

    private static final int EVENTFD_FLAGS = CLOSE_ON_EXEC | 0x800; // EFD_CLOEXEC | EFD_NONBLOCK

    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    /** Where a call leaves its errno: one small piece a thread, so that no call allocates. */
    private static final ThreadLocal<MemorySegment> STATE =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CAPTURE));

    private static final MethodHandle OPEN =
            function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle IOCTL_STRUCTURE = function(
            "ioctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS), Linker.Option.firstVariadicArg(2));
    private static final MethodHandle IOCTL_NUMBER = function(
            "ioctl",
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle READ =
            function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle POLL =
            function("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle EVENTFD =
            function("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle ADJTIMEX = function("adjtimex", FunctionDescriptor.of(JAVA_INT, ADDRESS));

    private Libc() {}

    @Override
    public int open(String path, int flags) {
        MemorySegment state = STATE.get();
        try (Arena arena = Arena.ofConfined()) {
            return (int) answer((int) OPEN.invokeExact(state, arena.allocateFrom(path), flags), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    @Override
    public int close(int descriptor) {
        MemorySegment state = STATE.get();
        try {
            return (int) answer((int) CLOSE.invokeExact(state, descriptor), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    @Override
    public int ioctl(int descriptor, long request, MemorySegment argument) {
        MemorySegment state = STATE.get();
        try {
            return (int) answer((int) IOCTL_STRUCTURE.invokeExact(state, descriptor, request, argument), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    @Override
    public int ioctl(int descriptor, long request, long argument) {
        MemorySegment state = STATE.get();
        try {
            return (int) answer((int) IOCTL_NUMBER.invokeExact(state, descriptor, request, argument), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    @Override
    public long read(int descriptor, MemorySegment into, long bytes) {
        MemorySegment state = STATE.get();
        try {
            return answer((long) READ.invokeExact(state, descriptor, into, bytes), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    @Override
    public long write(int descriptor, MemorySegment from, long bytes) {
        MemorySegment state = STATE.get();
        try {
            return answer((long) WRITE.invokeExact(state, descriptor, from, bytes), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    @Override
    public int poll(MemorySegment entries, int count, int timeoutMillis) {
        MemorySegment state = STATE.get();
        try {
            return (int) answer((int) POLL.invokeExact(state, entries, (long) count, timeoutMillis), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    @Override
    public int eventfd() {
        MemorySegment state = STATE.get();
        try {
            return (int) answer((int) EVENTFD.invokeExact(state, 0, EVENTFD_FLAGS), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    @Override
    public int adjtimex(MemorySegment timex) {
        MemorySegment state = STATE.get();
        try {
            return (int) answer((int) ADJTIMEX.invokeExact(state, timex), state);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    private static long answer(long result, MemorySegment state) {
        return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
    }

    /** A downcall itself throws nothing but what the caller did wrong: a closed segment, a stack overflow. */
    private static RuntimeException impossible(Throwable e) {
        if (e instanceof RuntimeException runtime) {
            return runtime;
        }
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(e);
    }

    @SuppressWarnings("restricted") // the launcher allows native access
    private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        Linker.Option[] all = new Linker.Option[options.length + 1];
        System.arraycopy(options, 0, all, 0, options.length);
        all[options.length] = Linker.Option.captureCallState("errno");
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, all);
    }
}
