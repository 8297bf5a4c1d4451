package org.emberline.firmware.linux;

import java.lang.foreign.MemorySegment;

/**
 * The system calls the bridge lives by. Each answers what the call answers or, negative, the error: {@code -errno}; none throws. Any
 * thread. Tests put a kernel of their own behind it.
 */
public interface SystemCalls {

    /** Opens for reading only. */
    int READ_ONLY = 0;

    /** Opens for reading and writing. */
    int READ_WRITE = 2;

    /** Added to the mode: children do not inherit the descriptor. */
    int CLOSE_ON_EXEC = 0x80000;

    /** @param flags {@link #READ_ONLY} or {@link #READ_WRITE}, with {@link #CLOSE_ON_EXEC} */
    int open(String path, int flags);

    /** Not to be repeated after an error: Linux gives the number free in any case. */
    int close(int descriptor);

    /** An ioctl that takes a structure. */
    int ioctl(int descriptor, long request, MemorySegment argument);

    /** An ioctl that takes a number. */
    int ioctl(int descriptor, long request, long argument);

    /** Reads up to {@code bytes}; blocks while there are none. */
    long read(int descriptor, MemorySegment into, long bytes);

    /** Writes up to {@code bytes}. */
    long write(int descriptor, MemorySegment from, long bytes);

    /**
     * @param entries an array of {@code struct pollfd}
     * @param timeoutMillis negative: for ever
     */
    int poll(MemorySegment entries, int count, int timeoutMillis);

    /** A new eventfd at 0, non-blocking, closed on exec. */
    int eventfd();

    /** @param timex {@code struct timex}, filled by the kernel; the answer is the state of the clock */
    int adjtimex(MemorySegment timex);

    /** This machine's kernel; where that is none we know, every call answers {@code -ENOSYS}. */
    static SystemCalls ofThisMachine() {
        return Libc.SUPPORTED ? Libc.INSTANCE : NoSystemCalls.INSTANCE;
    }
}
