package org.emberline.gpu.opencl;

import java.lang.foreign.MemorySegment;
import org.jocl.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The pointers to the frames of the ring, each made when its memory is first seen: frames lie in few places, over and over. Beyond
 * its bound it forgets the oldest, so foreign memory that never comes back does no harm.
 */
final class FramePointers {
    private static final int PLACES = 256;

    private final long frameBytes;
    private final long[] addresses = new long[PLACES];
    private final @Nullable Pointer[] pointers = new Pointer[PLACES];
    private int oldest;

    FramePointers(long frameBytes) {
        this.frameBytes = frameBytes;
    }

    /**
     * The pointer to a frame.
     *
     * @throws IllegalArgumentException when it lies in heap memory or is too short
     * @throws IllegalStateException when its memory was given back
     */
    Pointer of(MemorySegment frame) {
        if (!frame.isNative()) {
            throw new IllegalArgumentException("the frame does not lie in native memory");
        }
        if (frame.byteSize() < frameBytes) {
            throw new IllegalArgumentException(
                    "the frame is too short bytes=" + frame.byteSize() + ", needed " + frameBytes);
        }
        if (!frame.scope().isAlive()) {
            throw new IllegalStateException("the frame's memory was given back");
        }
        for (int i = 0; i < PLACES; i++) {
            Pointer known = pointers[i];
            if (addresses[i] == frame.address() && known != null) {
                return known;
            }
        }
        Pointer pointer = Pointer.to(frame.asSlice(0, frameBytes).asByteBuffer());
        addresses[oldest] = frame.address();
        pointers[oldest] = pointer;
        oldest = (oldest + 1) % PLACES;
        return pointer;
    }
}
