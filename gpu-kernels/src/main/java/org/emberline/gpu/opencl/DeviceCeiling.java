package org.emberline.gpu.opencl;

import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.emberline.gpu.Ceiling;
import org.emberline.gpu.DeviceInfo;
import org.emberline.gpu.DeviceType;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.ReducerException;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;

/**
 * Host side of {@code ceiling.cl}, and the copying of frames to devices with memory of their own.
 *
 * <pre>
 * arg  buffer  type            entries      written        meaning
 * 0    frame   RAW             pixels       every frame    raw pixels as in host memory
 * 1    sums    long or double  work-groups  by the device  sum of the group's pixels
 * </pre>
 */
public final class DeviceCeiling implements Ceiling {
    private static final int GPU_GROUP = 256;
    /** Work-groups a compute unit of a GPU is given; enough to hide the latency of its memory. */
    private static final int GPU_GROUPS_PER_UNIT = 8;
    /** Runs of pixels a processor is given, so that one that is busy otherwise does not hold up the rest. */
    private static final int CPU_RUNS_PER_UNIT = 4;

    private final DeviceInfo device;
    private final Set<Measure> measures;
    private final boolean real;
    private final int groups;
    private final ClResources resources;
    private final cl_command_queue queue;
    private final FrameBuffers frames;
    private final cl_mem copy;
    private final Pointer copyArgument;
    private final HostBuffer sums;
    private final Kernel kernel;
    private final IdentityHashMap<Pointer, Kernel.Bound> bound = new IdentityHashMap<>();
    private boolean closed;

    /**
     * Opens the device for frames of so many pixels.
     *
     * @throws ReducerException when the device refuses
     */
    public DeviceCeiling(DeviceInfo device, PixelFormat format, int pixels) {
        this.device = device;
        real = format == PixelFormat.F32;
        resources = new ClResources(ClContext.of(device));
        measures = Collections.unmodifiableSet(
                resources.shared() ? EnumSet.of(Measure.SUM) : EnumSet.of(Measure.TRANSFER, Measure.SUM));
        boolean gpu = device.type() != DeviceType.CPU;
        groups = device.computeUnits() * (gpu ? GPU_GROUPS_PER_UNIT : CPU_RUNS_PER_UNIT);
        int group = gpu ? GPU_GROUP : 1;
        boolean opened = false;
        SignalHandlers handlers = SignalHandlers.now();
        try {
            queue = resources.queue();
            frames = new FrameBuffers(resources, (long) pixels * format.bytes());
            copy = frames.copyTarget();
            copyArgument = Pointer.to(copy);
            sums = new HostBuffer(resources, "sums", (long) groups * Long.BYTES);
            kernel = kernel(format, pixels, group, gpu);
            opened = true;
        } finally {
            handlers.restore();
            if (!opened) {
                resources.close();
            }
        }
    }

    private Kernel kernel(PixelFormat format, int pixels, int group, boolean neighbours) {
        KernelOptions options = KernelOptions.everyPixel(format, pixels)
                .with("ITEMS", groups * group)
                .with("GROUP", group)
                .with("NEIGHBOURS", neighbours ? 1 : 0);
        return new Kernel(resources, DeviceCeiling.class, "ceiling", options, (long) groups * group, group);
    }

    @Override
    public Set<Measure> measures() {
        return measures;
    }

    @Override
    public String device() {
        return device.inWords();
    }

    @Override
    public double run(Measure measure, MemorySegment frame) {
        if (closed) {
            throw new ReducerException("the ceiling is closed");
        }
        if (!measures.contains(measure)) {
            throw new IllegalArgumentException("not measured on " + device() + " measure=" + measure);
        }
        if (measure == Measure.TRANSFER) {
            bring(frame);
            return 0;
        }
        return sum(resources.shared() ? bring(frame) : copyArgument);
    }

    private Pointer bring(MemorySegment frame) {
        return frames.bring(queue, frames.placeOf(frame), copy, copyArgument);
    }

    private double sum(Pointer frame) {
        Kernel.Bound launch = bound.get(frame);
        if (launch == null) {
            launch = kernel.bind(Map.of(0, frame, 1, sums.argument()));
            bound.put(frame, launch);
        }
        launch.enqueue(queue);
        sums.read(queue, (long) groups * Long.BYTES);
        long integers = 0;
        double reals = 0;
        for (int group = 0; group < groups; group++) {
            if (real) {
                reals += sums.real(group);
            } else {
                integers += sums.integer(group);
            }
        }
        return real ? reals : (double) integers;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            bound.values().forEach(Kernel.Bound::close);
            frames.close();
            resources.close();
        }
    }
}
