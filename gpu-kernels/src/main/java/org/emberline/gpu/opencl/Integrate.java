package org.emberline.gpu.opencl;

import static org.emberline.gpu.opencl.ClError.check;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;
import org.emberline.gpu.DeviceType;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.PixelFormat;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;

/**
 * Host side of {@code integrate.cl}: device memory, the kernel, and its launch.
 *
 * <pre>
 * arg  buffer         type    entries        written        meaning
 * 0    frame          RAW     pixels         every frame    raw pixels as in host memory
 * 1    segment_start  int     segments + 1   once           first entry of each segment
 * 2    pixel          int     entries        once           pixel of each entry, sign bit on a pixel's first entry
 * 3    normalisation  double  entries        once           share * flat * solid angle * polarisation
 * 4    share          double  entries or 1   once           share of the pixel; unused when pixels are not split
 * 5    dark           float   pixels or 1    once           dark counts; unused without dark
 * 6    saturation     double  (value)        once           raw counts from which on a pixel is saturated
 * 7    sums           long    segments * 9   by the device  signal, variance, normalisation, count, dark, dark variance,
 *                                                           total, valid, saturated; doubles as their bits
 * </pre>
 *
 * Signal and variance are integers when the format is one and pixels are not split, doubles otherwise; the total is an integer for
 * an integer format; valid and saturated are integers; the rest are doubles.
 */
final class Integrate {
    /** Words that the kernel writes per segment. */
    static final int WORDS = 9;

    private final ClResources resources;
    private final cl_command_queue queue;
    private final cl_kernel kernel;
    private final cl_mem frame;
    private final cl_mem sums;
    private final MemorySegment hostSums;
    private final Pointer hostSumsPointer;
    private final long frameBytes;
    private final long[] globalSize;
    private final long[] groupSize;

    /** Allocates from {@code resources}, which the caller closes, also when this fails. */
    Integrate(ClResources resources, IntegrationPlan plan, CsrMatrix matrix) {
        this.resources = resources;
        int group = groupOf(resources.context().device().info().type());
        frameBytes = plan.frameBytes();
        groupSize = new long[] {group};
        globalSize = new long[] {(long) group * matrix.segments()};
        hostSums = resources.hostMemory((long) matrix.segments() * WORDS * Long.BYTES);
        hostSumsPointer = Pointer.to(hostSums.asByteBuffer());
        queue = resources.queue();
        kernel = resources.kernel(Integrate.class, "integrate", options(plan, group));
        frame = resources.buffer("frame", CL.CL_MEM_READ_ONLY, frameBytes);
        sums = resources.buffer("sums", CL.CL_MEM_WRITE_ONLY, hostSums.byteSize());
        setArguments(plan, matrix);
    }

    /**
     * Sums a frame; {@link #integer} and {@link #real} hold the result afterwards. Allocates nothing.
     *
     * @param pixels the frame in host memory
     */
    void run(Pointer pixels) {
        // Blocking: JOCL allocates for a non-blocking write, and after a failure nothing reads the frame any more.
        check(
                "clEnqueueWriteBuffer(frame)",
                CL.clEnqueueWriteBuffer(queue, frame, true, 0, frameBytes, pixels, 0, null, null));
        check(
                "clEnqueueNDRangeKernel(integrate)",
                CL.clEnqueueNDRangeKernel(queue, kernel, 1, null, globalSize, groupSize, 0, null, null));
        check(
                "clEnqueueReadBuffer(sums)",
                CL.clEnqueueReadBuffer(queue, sums, true, 0, hostSums.byteSize(), hostSumsPointer, 0, null, null));
    }

    /** A word of a segment that is an integer. */
    long integer(int segment, int word) {
        return hostSums.getAtIndex(ValueLayout.JAVA_LONG, (long) segment * WORDS + word);
    }

    /** A word of a segment that is a double. */
    double real(int segment, int word) {
        return hostSums.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) segment * WORDS + word);
    }

    private void setArguments(IntegrationPlan plan, CsrMatrix matrix) {
        float[] dark = plan.corrections().dark() == null
                ? new float[1]
                : plan.corrections().dark();
        double[] share = matrix.share().length == 0 ? new double[1] : matrix.share();
        argument(0, frame);
        argument(1, constant("segment_start", Pointer.to(matrix.segmentStart()), 4L * matrix.segmentStart().length));
        argument(2, constant("pixel", Pointer.to(matrix.pixel()), 4L * matrix.pixel().length));
        argument(3, constant("normalisation", Pointer.to(matrix.normalisation()), 8L * matrix.normalisation().length));
        argument(4, constant("share", Pointer.to(share), 8L * share.length));
        argument(5, constant("dark", Pointer.to(dark), 4L * dark.length));
        double[] saturation = {plan.saturationCounts()};
        check("clSetKernelArg(saturation)", CL.clSetKernelArg(kernel, 6, Sizeof.cl_double, Pointer.to(saturation)));
        argument(7, sums);
    }

    private cl_mem constant(String name, Pointer content, long bytes) {
        return resources.buffer(name, bytes, content);
    }

    private void argument(int index, cl_mem buffer) {
        check("clSetKernelArg(" + index + ")", CL.clSetKernelArg(kernel, index, Sizeof.cl_mem, Pointer.to(buffer)));
    }

    /** On a CPU a work-group is one thread's loop anyway; a GPU wants at least a wavefront. */
    private static int groupOf(DeviceType type) {
        return type == DeviceType.CPU ? 1 : 64;
    }

    private static String options(IntegrationPlan plan, int group) {
        return String.format(
                Locale.ROOT,
                "-DRAW=%s -DREAL_RAW=%d -DSPLIT=%d -DHAS_DARK=%d -DKEEP_NEGATIVE=%d -DGROUP=%d",
                typeOf(plan.format()),
                plan.format() == PixelFormat.F32 ? 1 : 0,
                OpenClReducer.isSplit(plan) ? 1 : 0,
                plan.corrections().dark() == null ? 0 : 1,
                plan.keepNegative() ? 1 : 0,
                group);
    }

    private static String typeOf(PixelFormat format) {
        return switch (format) {
            case U8 -> "uchar";
            case U16 -> "ushort";
            case I16 -> "short";
            case U32 -> "uint";
            case I32 -> "int";
            case F32 -> "float";
        };
    }
}
