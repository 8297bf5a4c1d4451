package org.emberline.firmware.linux;

/**
 * The numbers of ioctl requests, put together as {@code asm-generic/ioctl.h} does (x86-64 and arm64 alike):
 *
 * <pre>
 *  31 30 29             16 15        8 7         0
 * +-----+-----------------+-----------+-----------+
 * | dir | size of argument|   type    |  number   |
 * +-----+-----------------+-----------+-----------+
 * </pre>
 */
public final class Ioctl {
    private static final long WRITE = 1L << 30;
    private static final long READ = 2L << 30;

    private Ioctl() {}

    /** {@code _IOR}: the kernel fills a structure of {@code bytes}. */
    public static long read(int type, int number, int bytes) {
        return READ | code(type, number, bytes);
    }

    /** {@code _IOW}: the kernel reads a structure of {@code bytes}. */
    public static long write(int type, int number, int bytes) {
        return WRITE | code(type, number, bytes);
    }

    /** {@code _IOWR}: the kernel reads and fills a structure of {@code bytes}. */
    public static long readWrite(int type, int number, int bytes) {
        return READ | WRITE | code(type, number, bytes);
    }

    private static long code(int type, int number, int bytes) {
        return (long) bytes << 16 | (long) type << 8 | number;
    }
}
