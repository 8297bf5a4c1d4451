package org.emberline.edge.acquire;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import org.emberline.gpu.PixelFormat;

/**
 * An open file of one or more detector frames of the same shape. Used by one thread at a time, not necessarily the one that opened
 * it. The rows are in the order of the file; nothing here turns or flips an image.
 */
public interface FrameFile extends AutoCloseable {

    /** The file, as the user named it. */
    Path path();

    /** Number of frames, at least 1. */
    int frames();

    int rows();

    int columns();

    PixelFormat format();

    /** Bytes of one frame. */
    default long frameBytes() {
        return (long) rows() * columns() * format().bytes();
    }

    /**
     * Copies one frame to the beginning of {@code into}, in the layout of {@link #format}.
     *
     * @param frame 0 to {@code frames() - 1}, else IndexOutOfBoundsException
     * @param into at least {@link #frameBytes} bytes, else IndexOutOfBoundsException; its content is undefined after an error
     * @throws InputException when the frame cannot be read in full, also when the file became shorter since it was opened
     */
    void read(int frame, MemorySegment into) throws InputException;

    /** Frees the file; idempotent. */
    @Override
    void close();
}
