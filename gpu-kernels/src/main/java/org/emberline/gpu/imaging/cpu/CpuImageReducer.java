package org.emberline.gpu.imaging.cpu;

import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.emberline.gpu.cpu.Crew;
import org.emberline.gpu.imaging.ImageReducer;
import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.blocks.FlatLogarithms;
import org.emberline.gpu.imaging.blocks.ImageFinisher;
import org.emberline.gpu.imaging.blocks.UsablePixels;

/** Reduces radiographs on the calling thread and threads of its own, each with a run of the frame's rows. */
public final class CpuImageReducer implements ImageReducer {
    /** Below this, waking a thread costs more than it saves. */
    private static final int PIXELS_PER_LANE = 1 << 16;

    private static final int MOST_LANES = 16;

    private final ImagingPlan plan;
    private final BlockRows[] lanes;
    private final ImageFinisher finisher;
    private final Crew crew;
    private final Crew.Work summing = this::sum;
    private final Crew.Work finishing = this::finish;
    private final Crew.Work both = this::sumAndFinish;
    private MemorySegment frame = MemorySegment.NULL;
    private double flatFraction;
    private ImageReduction into;

    /**
     * With as many threads as there are processors.
     *
     * @throws IllegalArgumentException when no pixel can be used
     */
    public CpuImageReducer(ImagingPlan plan) {
        this(plan, Runtime.getRuntime().availableProcessors());
    }

    /** With at most so many threads, the caller's included. */
    public CpuImageReducer(ImagingPlan plan, int threads) {
        this.plan = plan;
        UsablePixels usable = new UsablePixels(plan);
        FlatLogarithms flats = new FlatLogarithms(plan, usable);
        int most = Math.clamp(plan.shape().pixels() / PIXELS_PER_LANE, 1, Math.clamp(threads, 1, MOST_LANES));
        finisher = new ImageFinisher(plan, most);
        lanes = IntStream.range(0, finisher.parts())
                .mapToObj(i -> new BlockRows(plan, usable, flats, finisher.firstRow(i), finisher.firstRow(i + 1)))
                .toArray(BlockRows[]::new);
        into = ImageReduction.of(plan);
        crew = new Crew(lanes.length, "image");
    }

    @Override
    public ImagingPlan plan() {
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
    public void reduce(MemorySegment newFrame, double newFlatFraction, ImageReduction newInto) {
        ImageReducer.requireArguments(plan, newFrame, newFlatFraction, newInto);
        frame = accessible(newFrame);
        flatFraction = newFlatFraction;
        into = newInto;
        if (finisher.scales()) {
            crew.run(summing);
            finisher.begin(into);
            crew.run(finishing);
        } else {
            finisher.begin(into);
            crew.run(both);
        }
        finisher.conclude(into);
        long valid = 0;
        long saturated = 0;
        long unlit = 0;
        for (BlockRows lane : lanes) {
            valid += lane.valid();
            saturated += lane.saturated();
            unlit += lane.unlit();
        }
        into.pixelTotals(valid, saturated, unlit);
    }

    /**
     * A frame in memory that only its owner's thread may touch is handed to the other threads by its address: the owner, who alone
     * can give it back, is inside this call. Costs a small object.
     */
    @SuppressWarnings("restricted")
    private MemorySegment accessible(MemorySegment newFrame) {
        return crew.canAccess(newFrame)
                ? newFrame
                : MemorySegment.ofAddress(newFrame.address()).reinterpret(plan.frameBytes());
    }

    private void sum(int lane) {
        lanes[lane].run(frame, flatFraction, into);
    }

    private void finish(int lane) {
        finisher.part(lane, into);
    }

    private void sumAndFinish(int lane) {
        sum(lane);
        finish(lane);
    }

    @Override
    public void close() {
        crew.close();
    }
}
