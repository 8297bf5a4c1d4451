package org.emberline.gpu.opencl;

import static org.emberline.gpu.opencl.ClError.check;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.emberline.gpu.DeviceInfo;
import org.emberline.gpu.DeviceType;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.Reducer;
import org.emberline.gpu.ReducerException;
import org.emberline.gpu.Reduction;
import org.emberline.gpu.bslz4.CorruptChunkException;
import org.emberline.gpu.cells.CellConstants;
import org.emberline.gpu.cells.CellMap;
import org.emberline.gpu.cells.Finisher;
import org.emberline.gpu.cpu.Crew;
import org.jocl.CL;
import org.jocl.cl_command_queue;
import org.jspecify.annotations.Nullable;

/**
 * Integrates on an OpenCL device: brings the frame there, sums it by {@code scatter.cl} on a CPU device or {@code gather.cl} on others,
 * and finishes on the host. Frames that are only begun are in flight, at most {@value #IN_FLIGHT} of them: while the device sums one
 * out of one queue, the next is copied to it by another.
 */
public final class OpenClReducer implements Reducer {
    /** How many frames may be begun and not finished. */
    static final int IN_FLIGHT = 3;

    /** Below this, waking a thread to finish cells costs more than it saves. */
    private static final int MANY_CELLS = 1 << 14;

    private static final int MOST_FINISHERS = 8;

    private static int finishers() {
        return Math.min(Runtime.getRuntime().availableProcessors(), MOST_FINISHERS);
    }

    /** How pixels find their cells. */
    public enum Strategy {
        /** Workers walk through the pixels and add to sums of their own: for CPU devices. */
        SCATTER,
        /** Work-items walk through the pixels of a cell: for GPUs. */
        GATHER;

        /** The one that suits a device. */
        public static Strategy of(DeviceInfo device) {
            return device.type() == DeviceType.CPU ? SCATTER : GATHER;
        }
    }

    private final IntegrationPlan plan;
    private final DeviceInfo device;
    private final Strategy strategy;
    private final CellMap map;
    private final CellConstants constants;
    private final Finisher finisher;
    private final Crew crew;
    private final ClResources resources;
    private final cl_command_queue queue;
    private final FrameBuffers frames;
    private final InFlight[] ring;
    private @Nullable Bslz4 bslz4;
    private int begun;
    private boolean closed;

    /**
     * Opens the device and loads the map onto it.
     *
     * @throws ReducerException when the device refuses
     * @throws IllegalArgumentException when every pixel is masked
     */
    public OpenClReducer(DeviceInfo device, IntegrationPlan plan) {
        this(device, plan, CellMap.of(plan), Strategy.of(device));
    }

    /** With a map made before, and a strategy of the caller's choice. */
    public OpenClReducer(DeviceInfo device, IntegrationPlan plan, CellMap map, Strategy strategy) {
        this.plan = plan;
        this.device = device;
        this.strategy = strategy;
        this.map = map;
        constants = new CellConstants(plan, map);
        crew = new Crew(map.cells() < MANY_CELLS ? 1 : finishers(), "finish");
        finisher = new Finisher(plan, map, constants, crew.lanes());
        resources = new ClResources(ClContext.of(device));
        SignalHandlers handlers = SignalHandlers.now();
        boolean opened = false;
        try {
            cl_command_queue copying = resources.queue();
            queue = resources.queue();
            frames = new FrameBuffers(resources, plan.frameBytes());
            SumKernel kernel = switch (strategy) {
                case SCATTER -> new Scatter(resources, plan, map);
                case GATHER -> new Gather(resources, plan, map);
            };
            ring = IntStream.range(0, IN_FLIGHT)
                    .mapToObj(i -> new InFlight(copying, queue, frames, kernel, crew))
                    .toArray(InFlight[]::new);
            warmUp();
            opened = true;
        } finally {
            handlers.restore();
            if (!opened) {
                resources.close();
                crew.close();
            }
        }
    }

    /**
     * Some drivers compile only at the first launch: here it delays no frame, and their compiler does its harm to the signal handlers
     * while no other thread is at work.
     */
    private void warmUp() {
        try (Arena arena = Arena.ofConfined()) {
            reduce(arena.allocate(plan.frameBytes(), 1), 1, Reduction.of(plan));
        }
        frames.close();
    }

    @Override
    public IntegrationPlan plan() {
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

    /** How pixels find their cells. */
    public Strategy strategy() {
        return strategy;
    }

    @Override
    public void reduce(MemorySegment frame, double monitor, Reduction into) {
        requireOpen();
        Reducer.requireArguments(plan, frame, monitor, into);
        finish();
        InFlight slot = ring[0];
        slot.enqueue(frame, monitor, into);
        slot.read();
        slot.finish(constants, finisher);
    }

    @Override
    public void reduceCompressed(MemorySegment chunk, double monitor, Reduction into) throws CorruptChunkException {
        requireOpen();
        Reducer.requireCompressedArguments(plan, chunk, monitor, into);
        finish();
        InFlight slot = ring[0];
        Bslz4 decoder = decoder(slot);
        if (decoder.bring(chunk)) {
            slot.enqueueDecoded(decoder, monitor, into);
        } else {
            slot.enqueue(decoder.decodedOnHost(chunk), monitor, into);
        }
        slot.read();
        if (!decoder.isSound(queue)) {
            slot.tell(constants);
            throw decoder.failure();
        }
        slot.finish(constants, finisher);
    }

    private Bslz4 decoder(InFlight slot) {
        if (bslz4 == null) {
            SignalHandlers handlers = SignalHandlers.now();
            try {
                bslz4 = new Bslz4(resources, plan, map, strategy, slot.decodingTarget());
            } finally {
                handlers.restore();
            }
        }
        return bslz4;
    }

    @Override
    public void begin(MemorySegment frame, double monitor, Reduction into) {
        if (strategy == Strategy.SCATTER) { // the device is this processor: nothing to overlap with
            reduce(frame, monitor, into);
            return;
        }
        requireOpen();
        Reducer.requireArguments(plan, frame, monitor, into);
        if (begun == IN_FLIGHT) {
            finish();
        }
        ring[begun++].begin(frame, monitor, into);
        flush();
    }

    private void flush() {
        int code = CL.clFlush(queue);
        if (code != CL.CL_SUCCESS) {
            check("clFlush", code);
        }
    }

    @Override
    public void finish() {
        if (begun > 0) {
            int count = begun;
            begun = 0;
            check("clFinish", CL.clFinish(queue));
            for (int i = 0; i < count; i++) {
                ring[i].finish(constants, finisher);
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ReducerException("the reducer is closed");
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            // Nothing may be released that a command in the queue still uses; what went wrong there was said already.
            CL.clFinish(queue);
            for (InFlight slot : ring) {
                slot.close();
            }
            frames.close();
            if (bslz4 != null) {
                bslz4.close();
            }
            resources.close();
            crew.close();
        }
    }
}
