package org.emberline.edge.app;

import java.io.IOException;
import java.io.Serial;

/** Devices that a configuration names and that cannot be had; the message has a line for each. */
final class MissingDeviceException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    MissingDeviceException(String message) {
        super(message);
    }
}
