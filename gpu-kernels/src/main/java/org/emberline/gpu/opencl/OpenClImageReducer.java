package org.emberline.gpu.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.emberline.gpu.DeviceInfo;
import org.emberline.gpu.ReducerException;
import org.emberline.gpu.imaging.ImageReducer;
import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.blocks.ImageFinisher;
import org.jocl.CL;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;
import org.jspecify.annotations.Nullable;

/**
 * Reduces radiographs on an OpenCL device: the blocks by {@code transmit.cl}, what is left of them (scale, histogram, previews: a hundredth of
 * the work) on the host.
 */
public final class OpenClImageReducer implements ImageReducer {
    private static final int UNLIT_SHIFT = 16;
    private static final int SATURATED_MASK = 0xffff;

    private final ImagingPlan plan;
    private final DeviceInfo device;
    private final ClResources resources;
    private final cl_command_queue queue;
    private final FrameBuffers frames;
    private final cl_mem copy;
    private final Pointer copyArgument;
    private final Transmit kernel;
    private final @Nullable Launch[] launches = new Launch[FrameBuffers.PLACES];
    private final ImageFinisher finisher;
    private final int[] odd;
    private boolean closed;

    /**
     * Opens the device and loads the fields onto it.
     *
     * @throws ReducerException when the device refuses
     * @throws IllegalArgumentException when no pixel can be used
     */
    public OpenClImageReducer(DeviceInfo device, ImagingPlan plan) {
        this.plan = plan;
        this.device = device;
        finisher = new ImageFinisher(plan, 1);
        odd = new int[plan.smallShape().pixels()];
        resources = new ClResources(ClContext.of(device));
        SignalHandlers handlers = SignalHandlers.now();
        boolean opened = false;
        try {
            queue = resources.queue();
            frames = new FrameBuffers(resources, plan.frameBytes());
            copy = frames.copyTarget();
            copyArgument = Pointer.to(copy);
            kernel = new Transmit(resources, plan);
            warmUp();
            opened = true;
        } finally {
            handlers.restore();
            if (!opened) {
                resources.close();
            }
        }
    }

    /** Some drivers compile only at the first launch: here it delays no frame. */
    private void warmUp() {
        try (Arena arena = Arena.ofConfined()) {
            reduce(arena.allocate(plan.frameBytes(), 1), 0, ImageReduction.of(plan));
        }
        forgetLaunches();
        frames.close();
    }

    @Override
    public ImagingPlan plan() {
        return plan;
    }

    @Override
    public String backend() {
        return "opencl";
    }

    @Override
    public String device() {
        return device.inWords();
    }

    @Override
    public void reduce(MemorySegment frame, double flatFraction, ImageReduction into) {
        if (closed) {
            throw new ReducerException("the reducer is closed");
        }
        ImageReducer.requireArguments(plan, frame, flatFraction, into);
        kernel.set(queue, flatFraction);
        launch(frame);
        kernel.read(queue);
        kernel.density().floats(into.opticalDensity());
        kernel.transmission().floats(into.transmission());
        kernel.variances().floats(into.variance());
        count(into);
        finisher.begin(into);
        finisher.part(0, into);
        finisher.conclude(into);
    }

    @SuppressWarnings("ReferenceEquality") // a place that is used anew has a new argument, whatever it points to
    private void launch(MemorySegment frame) {
        int place = frames.placeOf(frame);
        Pointer argument = frames.bring(queue, place, copy, copyArgument);
        Launch launch = launches[place];
        if (launch == null || launch.frame() != argument) {
            if (launch != null) {
                launch.close();
            }
            launch = new Launch(argument, kernel.bind(argument), null);
            launches[place] = launch;
        }
        launch.enqueue(queue);
    }

    private void count(ImageReduction into) {
        int[] valid = into.validPixels();
        kernel.counts().integers(0, valid);
        kernel.counts().integers(valid.length, odd);
        long total = 0;
        long saturated = 0;
        long unlit = 0;
        for (int pixels : valid) {
            total += pixels;
        }
        for (int both : odd) {
            saturated += both & SATURATED_MASK;
            unlit += both >>> UNLIT_SHIFT;
        }
        into.pixelTotals(total, saturated, unlit);
    }

    private void forgetLaunches() {
        for (int place = 0; place < launches.length; place++) {
            Launch launch = launches[place];
            launches[place] = null;
            if (launch != null) {
                launch.close();
            }
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            // Nothing may be released that a command in the queue still uses; what went wrong there was said already.
            CL.clFinish(queue);
            forgetLaunches();
            frames.close();
            resources.close();
        }
    }
}
