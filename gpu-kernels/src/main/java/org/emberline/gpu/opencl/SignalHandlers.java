package org.emberline.gpu.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The signal handlers of this process, to be put back after a driver was loaded.
 *
 * <p>The virtual machine stops its threads by SIGSEGV. LLVM, as PoCL loads it, puts handlers of its own in the place of the machine's,
 * for one shot each (SA_RESETHAND): with the first SIGSEGV the handler is gone for a moment, and a second thread that is stopped in that
 * moment kills the process. LLVM installs them once in a process and does not miss them afterwards.
 *
 * <p>Does nothing where there is no {@code sigaction}.
 */
final class SignalHandlers {
    private static final int SIGNALS = 31;
    /** {@code struct sigaction} has at most 152 bytes in the C libraries of Linux; what is behind it is not touched. */
    private static final long STRUCT_BYTES = 256;

    @SuppressWarnings("restricted") // the program is started with --enable-native-access
    private static final @Nullable MethodHandle SIGACTION = Linker.nativeLinker()
            .defaultLookup()
            .find("sigaction")
            .map(symbol -> Linker.nativeLinker()
                    .downcallHandle(
                            symbol,
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.ADDRESS)))
            .orElse(null);

    private final MemorySegment actions = Arena.ofAuto().allocate((SIGNALS + 1) * STRUCT_BYTES, Long.BYTES);

    private SignalHandlers() {
        for (int signal = 1; signal <= SIGNALS; signal++) {
            sigaction(signal, MemorySegment.NULL, of(signal));
        }
    }

    /** The handlers as they are now. */
    static SignalHandlers now() {
        return new SignalHandlers();
    }

    /** Puts back those that were changed since. */
    void restore() {
        SignalHandlers current = now();
        for (int signal = 1; signal <= SIGNALS; signal++) {
            if (!sameAs(current, signal)) {
                sigaction(signal, of(signal), MemorySegment.NULL);
            }
        }
    }

    /** Whether a signal has the same handler in both. */
    boolean sameAs(SignalHandlers other, int signal) {
        // The handler stands first; in the rest the C library leaves bytes undefined.
        return of(signal).get(ValueLayout.JAVA_LONG, 0) == other.of(signal).get(ValueLayout.JAVA_LONG, 0);
    }

    private MemorySegment of(int signal) {
        return actions.asSlice(signal * STRUCT_BYTES, STRUCT_BYTES);
    }

    /** The two signals that cannot be handled are refused, and stay as they are. */
    private static void sigaction(int signal, MemorySegment set, MemorySegment get) {
        if (SIGACTION == null) {
            return;
        }
        try {
            var _ = (int) SIGACTION.invokeExact(signal, set, get);
        } catch (Throwable e) {
            throw new IllegalStateException("a call without an upcall throws nothing", e);
        }
    }
}
