package org.emberline.edge.acquire;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Images that lie in one piece behind a header. */
final class RawStack implements ImageStack {
    private final MappedFile file;
    private final Shape shape;
    private final ByteOrder order;
    private final long dataBegin;

    /** Refuses a block that does not lie in the file in full. */
    RawStack(MappedFile file, Shape shape, ByteOrder order, long dataBegin) throws InputException {
        long pixels = Math.multiplyExact((long) shape.rows(), shape.columns());
        if (pixels > file.length() / shape.type().bytes() / shape.frames()) {
            throw new InputException(
                    file.path(), "truncated: images of " + shape + " do not fit, file ends at " + file.length());
        }
        file.require(dataBegin, shape.frames() * shape.frameBytes(), "the image block");
        this.file = file;
        this.shape = shape;
        this.order = order;
        this.dataBegin = dataBegin;
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public Shape shape() {
        return shape;
    }

    long dataEnd() {
        return dataBegin + shape.frames() * shape.frameBytes();
    }

    @Override
    public void read(int frame, MemorySegment into) throws InputException {
        shape.check(frame, into);
        file.copy(dataBegin + frame * shape.frameBytes(), into, 0, shape.frameBytes());
        file.checkLength();
        ByteSwap.toLittleEndian(order, into, shape.frameBytes(), shape.type().bytes());
    }

    @Override
    public void close() {
        file.close();
    }
}
