package org.emberline.edge.acquire;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** What every reader gives: images of one shape and type, in the order of the file. Threads and errors as for {@link FrameFile}. */
interface ImageStack extends AutoCloseable {

    Path path();

    Shape shape();

    /** Copies one image, little-endian and row by row, to the beginning of {@code into}. */
    void read(int frame, MemorySegment into) throws InputException;

    @Override
    void close();

    /** @param frames number of images, each of {@code rows} times {@code columns} samples */
    record Shape(int frames, int rows, int columns, SampleType type) {

        long rowBytes() {
            return (long) columns * type.bytes();
        }

        long frameBytes() {
            return rows * rowBytes();
        }

        /** The range checks of every {@code read}. */
        void check(int frame, MemorySegment into) {
            if (frame < 0 || frame >= frames) {
                throw new IndexOutOfBoundsException("no such frame: frame=" + frame + " frames=" + frames);
            }
            if (into.byteSize() < frameBytes()) {
                throw new IndexOutOfBoundsException(
                        "frame does not fit: bytes=" + into.byteSize() + " needed=" + frameBytes());
            }
        }

        @Override
        public String toString() {
            return frames + "x" + rows + "x" + columns + " " + type;
        }
    }
}
