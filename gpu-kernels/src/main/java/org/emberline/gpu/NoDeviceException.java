package org.emberline.gpu;

import java.io.IOException;

/** OpenCL was asked for and no device can do it; the message says why in one line. Maps to exit code 69. */
public final class NoDeviceException extends IOException {
    private static final long serialVersionUID = 1;

    public NoDeviceException(String message) {
        super(message);
    }
}
