package org.emberline.gpu.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.emberline.gpu.DeviceInfo;
import org.emberline.gpu.ReducerException;
import org.emberline.gpu.cpu.Crew;
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
 * Reduces radiographs on an OpenCL device: the blocks by {@code transmit.cl}, what is left of them (scale, histogram, previews) by a few threads of the
 * host.
 */
public final class OpenClImageReducer implements ImageReducer {
    /** Below this, waking a thread of the host costs more than it saves. */
    private static final int BLOCKS_PER_LANE = 1 << 15;

    private static final int MOST_LANES = 4;

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
    private final Crew crew;
    private final Crew.Work copying = this::copy;
    private final Crew.Work finishing = this::finish;
    private final Crew.Work both = this::copyAndFinish;
    private ImageReduction into;
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
        int blocks = plan.smallShape().pixels();
        int threads = Math.min(MOST_LANES, Runtime.getRuntime().availableProcessors());
        int most = Math.clamp(blocks / BLOCKS_PER_LANE, 1, threads);
        finisher = new ImageFinisher(plan, most);
        into = ImageReduction.of(plan);
        crew = new Crew(finisher.parts(), "image");
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
                crew.close();
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
    public void reduce(MemorySegment frame, double flatFraction, ImageReduction newInto) {
        if (closed) {
            throw new ReducerException("the reducer is closed");
        }
        ImageReducer.requireArguments(plan, frame, flatFraction, newInto);
        kernel.set(queue, flatFraction);
        launch(frame);
        kernel.read(queue);
        into = newInto;
        if (finisher.scales()) {
            crew.run(copying);
            finisher.begin(into);
            crew.run(finishing);
        } else {
            finisher.begin(into);
            crew.run(both);
        }
        finisher.conclude(into);
        kernel.count(into);
    }

    private void copy(int lane) {
        int columns = into.shape().columns();
        kernel.copy(finisher.firstRow(lane) * columns, finisher.firstRow(lane + 1) * columns, into);
    }

    private void finish(int lane) {
        finisher.part(lane, into);
    }

    private void copyAndFinish(int lane) {
        copy(lane);
        finish(lane);
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
            crew.close();
            // Nothing may be released that a command in the queue still uses; what went wrong there was said already.
            CL.clFinish(queue);
            forgetLaunches();
            frames.close();
            resources.close();
        }
    }
}
