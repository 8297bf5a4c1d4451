package org.emberline.firmware.sampling;

import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The device behind a probe, open or not. One thread. */
final class Connection<D> {
    private final Opening<D> opening;
    private final Consumer<D> closing;
    private @Nullable D device;

    Connection(Opening<D> opening, Consumer<D> closing) {
        this.opening = opening;
        this.closing = closing;
    }

    /** Closes and opens. */
    D reopen() throws IOException {
        close();
        D opened = opening.open();
        device = opened;
        return opened;
    }

    D device() throws IOException {
        D open = device;
        if (open == null) {
            throw new IOException("the device is not open");
        }
        return open;
    }

    void close() {
        D open = device;
        device = null;
        if (open != null) {
            closing.accept(open);
        }
    }
}
