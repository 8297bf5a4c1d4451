package org.emberline.edge.acquire;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Images that lie in the file as they are, in one piece or each in a place of its own. */
final class RawStack implements ImageStack {
    private final MappedFile file;
    private final Shape shape;
    private final ByteOrder order;
    private final long dataBegin;
    /** Where each image begins; null when they follow one another. */
    private final long @Nullable [] begins;

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
        begins = null;
    }

    private RawStack(RawStack one, long[] begins) {
        file = one.file;
        shape = new Shape(begins.length, one.shape.rows(), one.shape.columns(), one.shape.type());
        order = one.order;
        dataBegin = begins[0];
        this.begins = begins;
    }

    /** Whether the images of the other are written as the ones here. */
    boolean sameLayout(RawStack other) {
        return shape.equals(other.shape) && order.equals(other.order);
    }

    /**
     * Several images, each like the only one here.
     *
     * @param from their places, each of which has been found to hold one
     */
    RawStack scattered(List<Long> from) {
        return new RawStack(this, from.stream().mapToLong(Long::longValue).toArray());
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
        long begin = begins == null ? dataBegin + frame * shape.frameBytes() : begins[frame];
        file.copy(begin, into, 0, shape.frameBytes());
        file.checkLength();
        ByteSwap.toLittleEndian(order, into, shape.frameBytes(), shape.type().bytes());
    }

    @Override
    public void close() {
        file.close();
    }
}
