package org.emberline.gpu.opencl;

import static org.emberline.gpu.opencl.ClError.check;

import java.lang.foreign.MemorySegment;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;
import org.jspecify.annotations.Nullable;

/**
 * Frames as the device sees them. Frames lie in few places of host memory, over and over: what is made for a place when it is first
 * seen is kept. Where the device shares the host's memory a place becomes a buffer of its own and nothing is copied; otherwise, and
 * where a frame lies at an address that the device cannot use, it is copied to the device. Beyond its bound it forgets the oldest
 * place, so foreign memory that never comes back does no harm.
 */
final class FrameBuffers implements AutoCloseable {
    static final int PLACES = 256;
    /** Every device's buffers may begin at such an address. */
    private static final long ALIGNMENT = 128;

    private final ClResources resources;
    private final long frameBytes;
    private final long[] addresses = new long[PLACES];
    private final @Nullable Pointer[] pointers = new Pointer[PLACES];
    private final @Nullable cl_mem[] buffers = new cl_mem[PLACES];
    private final @Nullable Pointer[] arguments = new Pointer[PLACES];
    private int oldest;

    FrameBuffers(ClResources resources, long frameBytes) {
        this.resources = resources;
        this.frameBytes = frameBytes;
    }

    /** Device memory that frames are copied to, or decoded. */
    cl_mem copyTarget() {
        return resources.buffer("frame", CL.CL_MEM_READ_WRITE, frameBytes, null);
    }

    /**
     * Makes a frame known to kernels that are queued from now on, in any queue, and returns it as their argument. Waits for the copy.
     *
     * @param place where it lies, by {@link #placeOf}
     * @param copy memory of {@link #copyTarget} that may be written, and its argument
     */
    Pointer bring(cl_command_queue queue, int place, cl_mem copy, Pointer copyArgument) {
        cl_mem own = buffers[place];
        Pointer ownArgument = arguments[place];
        boolean inPlace = own != null && ownArgument != null;
        // Writing a buffer from the memory it lies in copies nothing: it only says that the host has written there.
        // Blocking: the device sums the frame before meanwhile, out of another queue, and JOCL allocates for a
        // non-blocking write.
        int code = CL.clEnqueueWriteBuffer(
                queue, inPlace ? own : copy, true, 0, frameBytes, pointers[place], 0, null, null);
        if (code != CL.CL_SUCCESS) {
            check("clEnqueueWriteBuffer(frame)", code);
        }
        return inPlace ? ownArgument : copyArgument;
    }

    /**
     * The number of the place where a frame lies, below {@link #PLACES}.
     *
     * @throws IllegalStateException when its memory was given back
     */
    int placeOf(MemorySegment frame) {
        if (!frame.scope().isAlive()) {
            throw new IllegalStateException("the frame's memory was given back");
        }
        for (int i = 0; i < PLACES; i++) {
            if (addresses[i] == frame.address()) {
                return i;
            }
        }
        int place = oldest;
        oldest = (oldest + 1) % PLACES;
        forget(place);
        Pointer pointer = Pointer.to(frame.asSlice(0, frameBytes).asByteBuffer());
        if (resources.shared() && frame.address() % ALIGNMENT == 0) {
            cl_mem buffer =
                    resources.unowned("frame", CL.CL_MEM_READ_ONLY | CL.CL_MEM_USE_HOST_PTR, frameBytes, pointer);
            buffers[place] = buffer;
            arguments[place] = Pointer.to(buffer);
        }
        pointers[place] = pointer;
        addresses[place] = frame.address();
        return place;
    }

    private void forget(int place) {
        addresses[place] = 0;
        pointers[place] = null;
        arguments[place] = null;
        cl_mem buffer = buffers[place];
        buffers[place] = null;
        if (buffer != null) {
            ClResources.release("frame", buffer);
        }
    }

    @Override
    public void close() {
        for (int i = 0; i < PLACES; i++) {
            forget(i);
        }
    }
}
