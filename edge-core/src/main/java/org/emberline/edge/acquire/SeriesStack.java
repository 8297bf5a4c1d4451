package org.emberline.edge.acquire;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/** The images of several files one after the other, under the name of the file that lists them. */
final class SeriesStack implements ImageStack {
    private final Path path;
    private final List<ImageStack> parts;
    private final Shape shape;

    /**
     * @param path of the file that lists the others
     * @param parts at least one; closed with this one, also when this constructor fails
     * @throws InputException when they differ in shape or type
     */
    SeriesStack(Path path, List<ImageStack> parts) throws InputException {
        this.path = path;
        this.parts = List.copyOf(parts);
        Shape first = parts.getFirst().shape();
        long frames = 0;
        for (ImageStack part : parts) {
            Shape other = part.shape();
            if (other.rows() != first.rows() || other.columns() != first.columns() || other.type() != first.type()) {
                close();
                throw new InputException(
                        path,
                        part.path() + " has " + other + ", " + parts.getFirst().path() + " has " + first);
            }
            frames += other.frames();
        }
        if (frames > Integer.MAX_VALUE) {
            close();
            throw new InputException(path, "more images than can be counted: " + frames);
        }
        shape = new Shape((int) frames, first.rows(), first.columns(), first.type());
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public void read(int frame, MemorySegment into) throws InputException {
        shape.check(frame, into);
        int left = frame;
        for (ImageStack part : parts) {
            if (left < part.shape().frames()) {
                part.read(left, into);
                return;
            }
            left -= part.shape().frames();
        }
        throw new IllegalStateException("frame " + frame + " of " + shape + " lies in no part");
    }

    @Override
    public void close() {
        parts.forEach(ImageStack::close);
    }
}
