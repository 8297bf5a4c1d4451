package org.emberline.firmware.linux;

/** The kernel's error numbers that devices answer with, by {@code asm-generic/errno.h}. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ENXIO = 6;
    public static final int EAGAIN = 11;
    public static final int EACCES = 13;
    public static final int EBUSY = 16;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int ENOTTY = 25;
    public static final int ENOSYS = 38;
    public static final int EOPNOTSUPP = 95;
    public static final int ETIMEDOUT = 110;
    public static final int EREMOTEIO = 121;

    private Errno() {}

    /** What an error number says, in words, with its name: {@code permission denied (EACCES)}. */
    public static String words(int errno) {
        return switch (errno) {
            case EPERM -> "not permitted (EPERM)";
            case ENOENT -> "there is no such device (ENOENT)";
            case EIO -> "the transfer failed (EIO)";
            case ENXIO -> "no acknowledge (ENXIO)";
            case EACCES -> "permission denied (EACCES)";
            case EBUSY -> "in use (EBUSY)";
            case ENODEV -> "the device is gone (ENODEV)";
            case EINVAL -> "the kernel refuses the settings (EINVAL)";
            case ENOTTY -> "not a device of this kind (ENOTTY)";
            case ENOSYS ->
                "this needs Linux on x86-64 or arm64 (ENOSYS) os=" + System.getProperty("os.name") + "/"
                        + System.getProperty("os.arch");
            case EOPNOTSUPP -> "the device cannot do this (EOPNOTSUPP)";
            case ETIMEDOUT -> "no answer in time (ETIMEDOUT)";
            case EREMOTEIO -> "no acknowledge (EREMOTEIO)";
            default -> "errno=" + errno;
        };
    }
}
