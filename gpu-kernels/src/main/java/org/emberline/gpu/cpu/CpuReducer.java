package org.emberline.gpu.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.Reducer;
import org.emberline.gpu.Reduction;
import org.emberline.gpu.bslz4.CorruptChunkException;
import org.emberline.gpu.cells.CellConstants;
import org.emberline.gpu.cells.CellMap;
import org.emberline.gpu.cells.CellSums;
import org.emberline.gpu.cells.Finisher;
import org.jspecify.annotations.Nullable;

/**
 * Integrates on the calling thread and threads of its own, each with a run of the frame's pixels and sums of its own. Integer formats
 * without splitting are summed in 64-bit integers, exactly; everything else in double precision, always in the same order.
 */
public final class CpuReducer implements Reducer {
    /** Below this, waking a thread costs more than it saves. */
    private static final int PIXELS_PER_LANE = 1 << 18;

    private static final int MOST_LANES = 16;

    private final IntegrationPlan plan;
    private final CellConstants constants;
    private final Finisher finisher;
    private final Lane[] lanes;
    private final CellSums sums;
    private final Crew crew;
    private final Crew.Work summing = this::sum;
    private final Crew.Work finishing = this::finishPart;
    private final boolean manyCells;
    private MemorySegment frame = MemorySegment.NULL;
    private double monitor;
    private Reduction into;
    private @Nullable CompressedFrames compressed;

    /**
     * Makes the map, with as many threads as there are processors.
     *
     * @throws IllegalArgumentException when every pixel is masked
     */
    public CpuReducer(IntegrationPlan plan) {
        this(plan, CellMap.of(plan), Runtime.getRuntime().availableProcessors());
    }

    /** With a map made before, and at most so many threads, the caller's included. */
    public CpuReducer(IntegrationPlan plan, CellMap map, int threads) {
        this.plan = plan;
        constants = new CellConstants(plan, map);
        int blocks = Math.ceilDiv(map.pixels(), PixelBlock.SIZE);
        int useful = Math.clamp(map.pixels() / PIXELS_PER_LANE, 1, Math.min(threads, MOST_LANES));
        lanes = IntStream.range(0, useful)
                .mapToObj(i -> lane(map, blocks, i, useful))
                .toArray(Lane[]::new);
        sums = new AllLanes(lanes);
        crew = new Crew(useful, "reduce");
        manyCells = map.sectors() > 1;
        finisher = new Finisher(plan, map, constants, manyCells ? useful : 1);
        into = new Reduction(1);
    }

    private Lane lane(CellMap map, int blocks, int i, int count) {
        int first = (int) ((long) blocks * i / count) * PixelBlock.SIZE;
        int end = Math.min((int) ((long) blocks * (i + 1) / count) * PixelBlock.SIZE, map.pixels());
        return new Lane(plan, map, constants, first, end);
    }

    @Override
    public IntegrationPlan plan() {
        return plan;
    }

    @Override
    public String backend() {
        return "cpu";
    }

    @Override
    public String device() {
        String threads = lanes.length == 1 ? "1 thread" : lanes.length + " threads";
        return System.getProperty("os.arch") + ", " + threads + ", Java " + System.getProperty("java.version");
    }

    @Override
    public void reduce(MemorySegment newFrame, double newMonitor, Reduction newInto) {
        Reducer.requireArguments(plan, newFrame, newMonitor, newInto);
        frame = accessible(newFrame);
        monitor = newMonitor;
        into = newInto;
        crew.run(summing);
        tell();
        conclude();
    }

    @Override
    public void reduceCompressed(MemorySegment chunk, double newMonitor, Reduction newInto)
            throws CorruptChunkException {
        Reducer.requireCompressedArguments(plan, chunk, newMonitor, newInto);
        if (compressed == null) {
            compressed = new CompressedFrames(plan, lanes);
        }
        monitor = newMonitor;
        into = newInto;
        compressed.begin(accessible(chunk));
        if (compressed.suitsLanes()) {
            crew.run(compressed.summing());
        } else {
            crew.run(compressed.decoding());
            compressed.requireSound();
            frame = compressed.frame();
            crew.run(summing);
        }
        tell();
        compressed.requireSound();
        conclude();
    }

    private void tell() {
        for (Lane lane : lanes) {
            lane.tell(constants);
        }
    }

    private void conclude() {
        if (manyCells) {
            crew.run(finishing);
        } else {
            finishPart(0);
        }
        finisher.conclude(sums, monitor, into);
    }

    /**
     * A frame in memory that only its owner's thread may touch is handed to the other threads by its address: the owner, who alone
     * can give it back, is inside this call. Costs a small object.
     */
    @SuppressWarnings("restricted")
    private MemorySegment accessible(MemorySegment newFrame) {
        return crew.canAccess(newFrame)
                ? newFrame
                : MemorySegment.ofAddress(newFrame.address()).reinterpret(newFrame.byteSize());
    }

    private void sum(int lane) {
        lanes[lane].run(frame);
    }

    private void finishPart(int part) {
        finisher.part(part, sums, monitor, into);
    }

    @Override
    public void close() {
        crew.close();
    }

    /** The sums of all lanes together. */
    private record AllLanes(Lane[] lanes, LaneSums[] all) implements CellSums {
        AllLanes(Lane[] lanes) {
            this(lanes, Arrays.stream(lanes).map(Lane::sums).toArray(LaneSums[]::new));
        }

        @Override
        public void sector(int sector, double[] raw, double[] second, double[] cross) {
            all[0].sector(all, sector, raw, second, cross);
        }

        @Override
        public double totalCounts(double inCells) {
            return all[0].total(all, inCells);
        }

        @Override
        public long saturatedPixels() {
            long saturated = 0;
            for (Lane lane : lanes) {
                saturated += lane.saturated();
            }
            return saturated;
        }
    }
}
