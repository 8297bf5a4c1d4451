package org.emberline.edge.acquire;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.emberline.gpu.PixelFormat;

/** Images of numbers that no detector format has, as f32. */
final class RoundedFrames implements FrameFile {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final ImageStack stack;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment image;
    private boolean closed;

    RoundedFrames(ImageStack stack) {
        this.stack = stack;
        image = arena.allocate(stack.shape().frameBytes(), Long.BYTES);
    }

    @Override
    public Path path() {
        return stack.path();
    }

    @Override
    public int frames() {
        return stack.shape().frames();
    }

    @Override
    public int rows() {
        return stack.shape().rows();
    }

    @Override
    public int columns() {
        return stack.shape().columns();
    }

    @Override
    public PixelFormat format() {
        return PixelFormat.F32;
    }

    @Override
    public void read(int frame, MemorySegment into) throws InputException {
        stack.read(frame, image);
        SampleType type = stack.shape().type();
        long pixels = (long) rows() * columns();
        for (long i = 0; i < pixels; i++) {
            into.set(FLOAT, i * Float.BYTES, (float) type.read(image, i));
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            arena.close();
            stack.close();
        }
    }
}
