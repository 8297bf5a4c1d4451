package org.emberline.gpu.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.emberline.gpu.BinMap;
import org.emberline.gpu.DeviceInfo;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.Reducer;
import org.emberline.gpu.ReducerException;
import org.emberline.gpu.Reduction;
import org.emberline.gpu.Splitting;
import org.jocl.Pointer;

/** Integrates on an OpenCL device: copies the frame there, sums by {@code integrate.cl}, adds up the segments on the host. */
public final class OpenClReducer implements Reducer {
    private static final int SEGMENT_LENGTH = 4096;

    private final IntegrationPlan plan;
    private final DeviceInfo device;
    private final ClResources resources;
    private final Integrate integrate;
    private final FramePointers frames;
    private final int[] rowSegment;
    private final boolean exactSums;
    private boolean closed;

    /**
     * Opens the device and loads the bin map onto it.
     *
     * @throws ReducerException when the device refuses
     * @throws IllegalArgumentException when every pixel is masked
     */
    public OpenClReducer(DeviceInfo device, IntegrationPlan plan) {
        this.plan = plan;
        this.device = device;
        CsrMatrix matrix = CsrMatrix.of(BinMap.of(plan), SEGMENT_LENGTH);
        rowSegment = matrix.rowSegment();
        exactSums = plan.format() != PixelFormat.F32 && !isSplit(plan);
        frames = new FramePointers(plan.frameBytes());
        resources = new ClResources(ClContext.of(device));
        SignalHandlers handlers = SignalHandlers.now();
        boolean opened = false;
        try (Arena arena = Arena.ofConfined()) {
            integrate = new Integrate(resources, plan, matrix);
            // Some drivers compile only at the first launch: here it delays no frame, and their compiler does its harm
            // to the
            // signal handlers while no other thread is at work.
            integrate.run(
                    Pointer.to(arena.allocate(plan.frameBytes(), Long.BYTES).asByteBuffer()));
            opened = true;
        } finally {
            handlers.restore();
            if (!opened) {
                resources.close();
            }
        }
    }

    static boolean isSplit(IntegrationPlan plan) {
        return plan.splitting() != Splitting.NO;
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

    @Override
    public void reduce(MemorySegment frame, Reduction into) {
        into.requireBins(plan.axis().bins());
        if (closed) {
            throw new ReducerException("the reducer is closed");
        }
        integrate.run(frames.of(frame));
        boolean poisson = plan.errorModel() == ErrorModel.POISSON;
        for (int bin = 0; bin < plan.axis().bins(); bin++) {
            double variance = poisson ? sum(bin, 1) + real(bin, 5) : Double.NaN;
            into.setBin(bin, sum(bin, 0) - real(bin, 4), variance, real(bin, 2), real(bin, 3));
        }
        double total = plan.format() == PixelFormat.F32 ? realTotal() : integerTotal(6);
        into.frameTotals(total, integerTotal(7), integerTotal(8));
    }

    /** A word that is an integer where sums are exact, summed over a bin's segments. */
    private double sum(int bin, int word) {
        return exactSums ? integer(bin, word) : real(bin, word);
    }

    private long integer(int row, int word) {
        long sum = 0;
        for (int segment = rowSegment[row]; segment < rowSegment[row + 1]; segment++) {
            sum += integrate.integer(segment, word);
        }
        return sum;
    }

    private double real(int row, int word) {
        double sum = 0;
        for (int segment = rowSegment[row]; segment < rowSegment[row + 1]; segment++) {
            sum += integrate.real(segment, word);
        }
        return sum;
    }

    private long integerTotal(int word) {
        long total = 0;
        for (int row = 0; row < rowSegment.length - 1; row++) {
            total += integer(row, word);
        }
        return total;
    }

    private double realTotal() {
        double total = 0;
        for (int row = 0; row < rowSegment.length - 1; row++) {
            total += real(row, 6);
        }
        return total;
    }

    @Override
    public void close() {
        closed = true;
        resources.close();
    }
}
