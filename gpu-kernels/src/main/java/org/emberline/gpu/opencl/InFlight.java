package org.emberline.gpu.opencl;

import java.lang.foreign.MemorySegment;
import org.emberline.gpu.Reduction;
import org.emberline.gpu.cells.CellConstants;
import org.emberline.gpu.cells.CellSums;
import org.emberline.gpu.cells.Finisher;
import org.emberline.gpu.cpu.Crew;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;
import org.jspecify.annotations.Nullable;

/** One frame between the host and the device, and room for its results; used for many frames, one after the other. */
final class InFlight implements CellSums, AutoCloseable {
    private final cl_command_queue copying;
    private final cl_command_queue queue;
    private final FrameBuffers frames;
    private final SumKernel kernel;
    private final cl_mem copy;
    private final Pointer copyArgument;
    private final FrameResult result;
    private final @Nullable Launch[] launches = new Launch[FrameBuffers.PLACES];
    private @Nullable Launch decoded;
    private final Crew crew;
    private final Crew.Work finishing = this::part;
    private @Nullable Finisher finisher;
    private double monitor;
    private Reduction into = new Reduction(1);

    InFlight(cl_command_queue copying, cl_command_queue queue, FrameBuffers frames, SumKernel kernel, Crew crew) {
        this.crew = crew;
        this.copying = copying;
        this.queue = queue;
        this.frames = frames;
        this.kernel = kernel;
        copy = frames.copyTarget();
        copyArgument = Pointer.to(copy);
        result = kernel.newResult();
    }

    /** Queues a frame. */
    void enqueue(MemorySegment frame, double newMonitor, Reduction newInto) {
        monitor = newMonitor;
        into = newInto;
        launch(frame);
    }

    /** Device memory that a frame is decoded to, as a kernel's argument. */
    Pointer decodingTarget() {
        return copyArgument;
    }

    /** Queues the decoding of a frame to {@link #decodingTarget}, and the summing. */
    void enqueueDecoded(Bslz4 decoder, double newMonitor, Reduction newInto) {
        monitor = newMonitor;
        into = newInto;
        decoder.enqueue(queue);
        if (decoded == null) {
            decoded = kernel.bind(copyArgument, result);
        }
        decoded.enqueue(queue);
    }

    @SuppressWarnings("ReferenceEquality") // a place that is used anew has a new argument, whatever it points to
    private void launch(MemorySegment frame) {
        int place = frames.placeOf(frame);
        Pointer argument = frames.bring(copying, place, copy, copyArgument);
        Launch launch = launches[place];
        if (launch == null || launch.frame() != argument) {
            forget(place);
            launch = kernel.bind(argument, result);
            launches[place] = launch;
        }
        launch.enqueue(queue);
    }

    private void forget(int place) {
        Launch launch = launches[place];
        launches[place] = null;
        if (launch != null) {
            launch.close();
        }
    }

    @Override
    public void close() {
        for (int place = 0; place < launches.length; place++) {
            forget(place);
        }
        if (decoded != null) {
            decoded.close();
        }
    }

    /** Waits for what is queued, and reads the results. */
    void read() {
        result.read(queue);
    }

    /** Queues a frame and the reading of its results. */
    void begin(MemorySegment frame, double newMonitor, Reduction newInto) {
        monitor = newMonitor;
        into = newInto;
        launch(frame);
        result.enqueueRead(queue);
    }

    /** Tells of the pixels that changed, once the results are read; all there is to do when the frame turned out to be corrupt. */
    void tell(CellConstants constants) {
        result.tell(queue, constants);
    }

    /** Writes the reduction, once the results are read. */
    void finish(CellConstants constants, Finisher finisher) {
        tell(constants);
        this.finisher = finisher;
        crew.run(finishing);
        finisher.conclude(this, monitor, into);
    }

    private void part(int lane) {
        if (finisher != null) {
            finisher.part(lane, this, monitor, into);
        }
    }

    @Override
    public void sector(int sector, double[] raw, double[] second, double[] cross) {
        kernel.sector(result, sector, raw, second, cross);
    }

    @Override
    public double totalCounts(double inCells) {
        return kernel.totalCounts(result, inCells);
    }

    @Override
    public long saturatedPixels() {
        return result.saturated();
    }
}
