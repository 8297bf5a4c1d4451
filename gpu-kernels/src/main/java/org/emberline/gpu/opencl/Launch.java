package org.emberline.gpu.opencl;

import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jspecify.annotations.Nullable;

/**
 * The kernels of a frame in one place of memory, ready to be queued.
 *
 * @param frame the argument that stands for the frame
 * @param first queued first
 * @param second queued after it, or null
 */
record Launch(Pointer frame, Kernel.Bound first, Kernel.@Nullable Bound second) implements AutoCloseable {

    void enqueue(cl_command_queue queue) {
        first.enqueue(queue);
        if (second != null) {
            second.enqueue(queue);
        }
    }

    @Override
    public void close() {
        first.close();
        if (second != null) {
            second.close();
        }
    }
}
