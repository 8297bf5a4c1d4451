package org.emberline.firmware.linux;

import java.io.IOException;

/** A device or the kernel refused; the message is one line that names the device and, where there is one, the remedy. */
public final class DeviceException extends IOException {
    private static final long serialVersionUID = 1;

    private final int errno;
    private final String message;

    /**
     * @param errno one of {@link Errno}, or any other number of the kernel's
     * @param message names the device
     */
    public DeviceException(int errno, String message) {
        super(message);
        this.errno = errno;
        this.message = message;
    }

    /** Why, as the kernel puts it. */
    public int errno() {
        return errno;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
