package org.emberline.gpu.opencl;

import static org.emberline.gpu.opencl.ClError.check;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;

/**
 * A compiled kernel with one dimension of work-items. For each set of arguments that comes again and again it is {@link #bind bound}
 * once: setting arguments for every frame would cost heap memory every time.
 */
final class Kernel {
    private final String stem;
    private final cl_program program;
    private final Map<Integer, Pointer> constants = new LinkedHashMap<>();
    private final long[] globalSize;
    private final long[] groupSize;

    /** @param items work-items that are needed; rounded up to whole work-groups */
    Kernel(ClResources resources, Class<?> host, String stem, KernelOptions options, long items, int group) {
        this.stem = stem;
        program = resources.program(host, stem, options.toString());
        globalSize = new long[] {Math.ceilDiv(items, group) * group};
        groupSize = new long[] {group};
    }

    /** Sets an argument that stays the same. */
    void constant(int index, cl_mem buffer) {
        constants.put(index, Pointer.to(buffer));
    }

    /** The kernel with these arguments besides the constant ones. */
    Bound bind(Map<Integer, Pointer> arguments) {
        cl_kernel kernel = ClResources.kernel(program, stem);
        try {
            constants.forEach((index, buffer) -> set(kernel, index, buffer));
            arguments.forEach((index, buffer) -> set(kernel, index, buffer));
        } catch (RuntimeException e) {
            CL.clReleaseKernel(kernel);
            throw e;
        }
        return new Bound(kernel);
    }

    private void set(cl_kernel kernel, int index, Pointer buffer) {
        check("clSetKernelArg(" + stem + ", " + index + ")", CL.clSetKernelArg(kernel, index, Sizeof.cl_mem, buffer));
    }

    /** A kernel with all its arguments. */
    final class Bound implements AutoCloseable {
        private final cl_kernel kernel;

        private Bound(cl_kernel kernel) {
            this.kernel = kernel;
        }

        void enqueue(cl_command_queue queue) {
            int code = CL.clEnqueueNDRangeKernel(queue, kernel, 1, null, globalSize, groupSize, 0, null, null);
            if (code != CL.CL_SUCCESS) {
                check("clEnqueueNDRangeKernel(" + stem + ")", code);
            }
        }

        @Override
        public void close() {
            check("clReleaseKernel(" + stem + ")", CL.clReleaseKernel(kernel));
        }
    }
}
