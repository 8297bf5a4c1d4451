package org.emberline.firmware.linux;

import java.lang.foreign.MemorySegment;

/** Where neither Linux nor one of its two known processors is: nothing is implemented. */
enum NoSystemCalls implements SystemCalls {
    INSTANCE;

    @Override
    public int open(String path, int flags) {
        return -Errno.ENOSYS;
    }

    @Override
    public int close(int descriptor) {
        return -Errno.ENOSYS;
    }

    @Override
    public int ioctl(int descriptor, long request, MemorySegment argument) {
        return -Errno.ENOSYS;
    }

    @Override
    public int ioctl(int descriptor, long request, long argument) {
        return -Errno.ENOSYS;
    }

    @Override
    public long read(int descriptor, MemorySegment into, long bytes) {
        return -Errno.ENOSYS;
    }

    @Override
    public long write(int descriptor, MemorySegment from, long bytes) {
        return -Errno.ENOSYS;
    }

    @Override
    public int poll(MemorySegment entries, int count, int timeoutMillis) {
        return -Errno.ENOSYS;
    }

    @Override
    public int eventfd() {
        return -Errno.ENOSYS;
    }

    @Override
    public int adjtimex(MemorySegment timex) {
        return -Errno.ENOSYS;
    }
}
