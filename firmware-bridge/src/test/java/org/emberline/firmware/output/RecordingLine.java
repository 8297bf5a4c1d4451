package org.emberline.firmware.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.emberline.firmware.bus.OutputLine;

/** A line that remembers its levels and can be told to refuse. */
final class RecordingLine implements OutputLine {
    final List<Boolean> levels = new ArrayList<>();
    boolean refusing;
    boolean closed;

    @Override
    public void set(boolean active) throws IOException {
        if (refusing) {
            throw new IOException("refused");
        }
        levels.add(active);
    }

    @Override
    public void close() {
        closed = true;
    }
}
