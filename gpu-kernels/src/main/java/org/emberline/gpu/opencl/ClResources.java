package org.emberline.gpu.opencl;

import static org.emberline.gpu.opencl.ClError.check;
import static org.emberline.gpu.opencl.ClError.made;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.emberline.gpu.DeviceType;
import org.emberline.gpu.ReducerException;
import org.emberline.gpu.cells.CellIndex;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;
import org.jspecify.annotations.Nullable;

/** What one reducer holds on its device; released together, the last made first. The context is not among it. */
final class ClResources implements AutoCloseable {
    private static final int MAXIMUM_LOG = 400;
    private static final long HOST_ALIGNMENT = 4096;

    private final ClContext context;
    private final Arena arena = Arena.ofShared();
    private final Deque<Runnable> releases = new ArrayDeque<>();

    ClResources(ClContext context) {
        this.context = context;
        releases.push(arena::close);
    }

    ClContext context() {
        return context;
    }

    /** Host memory that the device copies from or to. */
    MemorySegment hostMemory(long bytes) {
        return arena.allocate(bytes, HOST_ALIGNMENT);
    }

    /** An in-order queue; made by the call of OpenCL 1.x, which every driver has, the newer one not. */
    @SuppressWarnings("deprecation")
    cl_command_queue queue() {
        int[] code = new int[1];
        cl_command_queue queue = made(
                "clCreateCommandQueue",
                CL.clCreateCommandQueue(context.context(), context.device().device(), 0, code),
                code);
        releases.push(() -> check("clReleaseCommandQueue", CL.clReleaseCommandQueue(queue)));
        return queue;
    }

    /** Whether the device works in the host's memory, so that nothing has to be copied. */
    boolean shared() {
        return context.device().info().type() == DeviceType.CPU;
    }

    /** Device memory filled now with what stays the same; kernels may still write it. */
    cl_mem constant(String name, int[] content) {
        return filled(name, (long) content.length * Integer.BYTES, Pointer.to(content));
    }

    cl_mem constant(String name, byte[] content) {
        return filled(name, content.length, Pointer.to(content));
    }

    cl_mem constant(String name, long[] content) {
        return filled(name, (long) content.length * Long.BYTES, Pointer.to(content));
    }

    cl_mem constant(String name, float[] content) {
        return filled(name, (long) content.length * Float.BYTES, Pointer.to(content));
    }

    cl_mem constant(String name, double[] content) {
        return filled(name, (long) content.length * Double.BYTES, Pointer.to(content));
    }

    cl_mem constant(String name, CellIndex content) {
        return switch (content) {
            case CellIndex.Narrow(short[] cells) -> filled(name, (long) cells.length * Short.BYTES, Pointer.to(cells));
            case CellIndex.Wide(int[] cells) -> constant(name, cells);
        };
    }

    private cl_mem filled(String name, long bytes, Pointer content) {
        return buffer(name, CL.CL_MEM_READ_WRITE | CL.CL_MEM_COPY_HOST_PTR, bytes, content);
    }

    /** Device memory of the given kind, released with the rest. */
    cl_mem buffer(String name, long flags, long bytes, @Nullable Pointer content) {
        cl_mem buffer = unowned(name, flags, bytes, content);
        releases.push(() -> release(name, buffer));
        return buffer;
    }

    /** Device memory that the caller releases. */
    cl_mem unowned(String name, long flags, long bytes, @Nullable Pointer content) {
        int[] code = new int[1];
        return made(
                "clCreateBuffer(" + name + ", " + bytes + " bytes)",
                CL.clCreateBuffer(context.context(), flags, bytes, content, code),
                code);
    }

    static void release(String name, cl_mem buffer) {
        check("clReleaseMemObject(" + name + ")", CL.clReleaseMemObject(buffer));
    }

    /** The program of the files {@code pixels.cl} and {@code stem.cl} beside the host class. */
    cl_program program(Class<?> host, String stem, String options) {
        int[] code = new int[1];
        cl_program program = made(
                "clCreateProgramWithSource(" + stem + ")",
                CL.clCreateProgramWithSource(
                        context.context(),
                        2,
                        new String[] {source(host, "pixels.cl"), source(host, stem + ".cl")},
                        null,
                        code),
                code);
        releases.push(() -> check("clReleaseProgram", CL.clReleaseProgram(program)));
        int built = CL.clBuildProgram(program, 0, null, options, null, null);
        if (built != CL.CL_SUCCESS) {
            throw new ReducerException("clBuildProgram(" + stem + ") failed: " + CL.stringFor_errorCode(built) + " "
                    + log(program, context.device().device()));
        }
        return program;
    }

    /** A new kernel, which the caller releases. */
    static cl_kernel kernel(cl_program program, String name) {
        int[] code = new int[1];
        return made("clCreateKernel(" + name + ")", CL.clCreateKernel(program, name, code), code);
    }

    private static String source(Class<?> host, String name) {
        try (InputStream stream = host.getResourceAsStream(name)) {
            if (stream == null) {
                throw new ReducerException("the kernel source is missing from the class path: " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("kernel source " + name, e);
        }
    }

    /** The beginning of the compiler's log, on one line. */
    private static String log(cl_program program, cl_device_id device) {
        long[] bytes = new long[1];
        check(
                "clGetProgramBuildInfo",
                CL.clGetProgramBuildInfo(program, device, CL.CL_PROGRAM_BUILD_LOG, 0, null, bytes));
        byte[] log = new byte[Math.toIntExact(bytes[0])];
        check(
                "clGetProgramBuildInfo",
                CL.clGetProgramBuildInfo(program, device, CL.CL_PROGRAM_BUILD_LOG, log.length, Pointer.to(log), null));
        String text = new String(log, StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        return text.substring(0, Math.min(text.length(), MAXIMUM_LOG));
    }

    /** Releases everything, also when one release fails; the first failure is thrown at the end. Idempotent. */
    @Override
    public void close() {
        ReducerException failure = null;
        while (!releases.isEmpty()) {
            try {
                releases.pop().run();
            } catch (ReducerException e) {
                if (failure == null) {
                    failure = e;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
