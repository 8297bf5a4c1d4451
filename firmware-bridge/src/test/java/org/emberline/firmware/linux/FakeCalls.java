package org.emberline.firmware.linux;

import java.lang.foreign.MemorySegment;

/** A kernel in which nothing is implemented but what a test adds. */
public abstract class FakeCalls implements SystemCalls {

    @Override
    public int open(String path, int flags) {
        return -Errno.ENOENT;
    }

    @Override
    public int close(int descriptor) {
        return 0;
    }

    @Override
    public int ioctl(int descriptor, long request, MemorySegment argument) {
        return -Errno.ENOTTY;
    }

    @Override
    public int ioctl(int descriptor, long request, long argument) {
        return -Errno.ENOTTY;
    }

    @Override
    public long read(int descriptor, MemorySegment into, long bytes) {
        return -Errno.EINVAL;
    }

    @Override
    public long write(int descriptor, MemorySegment from, long bytes) {
        return -Errno.EINVAL;
    }

    @Override
    public int poll(MemorySegment entries, int count, int timeoutMillis) {
        return -Errno.EINVAL;
    }

    @Override
    public int eventfd() {
        return -Errno.ENOSYS;
    }

    @Override
    public int adjtimex(MemorySegment timex) {
        return -Errno.EPERM;
    }
}
