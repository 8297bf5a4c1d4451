package org.emberline.gpu;

import java.io.IOException;

/** A PONI file that cannot be used; the message is one line that names the file, the line and the key. */
public final class PoniException extends IOException {
    private static final long serialVersionUID = 1;

    public PoniException(String message) {
        super(message);
    }
}
