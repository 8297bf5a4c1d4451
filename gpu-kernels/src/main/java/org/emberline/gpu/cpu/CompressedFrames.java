package org.emberline.gpu.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.IntStream;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.bslz4.BlockTable;
import org.emberline.gpu.bslz4.CorruptChunkException;
import org.jspecify.annotations.Nullable;

/**
 * Compressed frames for the lanes: mostly each lane decodes what it is about to sum. Where the blocks do not suit the lanes, the whole
 * frame is decoded first.
 */
final class CompressedFrames {
    private final IntegrationPlan plan;
    private final Lane[] lanes;
    private final BlockTable table;
    private final BlockReader[] readers;
    private final @Nullable CorruptChunkException[] failures;
    private final Crew.Work summing = this::sum;
    private final Crew.Work decoding = this::decode;
    private MemorySegment frame = MemorySegment.NULL;

    CompressedFrames(IntegrationPlan plan, Lane[] lanes) {
        this.plan = plan;
        this.lanes = lanes;
        table = new BlockTable(plan.frameBytes(), plan.format().bytes());
        readers = IntStream.range(0, lanes.length)
                .mapToObj(i -> new BlockReader(table))
                .toArray(BlockReader[]::new);
        failures = new CorruptChunkException[lanes.length];
    }

    /** Finds the blocks of a frame. */
    void begin(MemorySegment chunk) throws CorruptChunkException {
        table.parse(chunk);
        for (int lane = 0; lane < lanes.length; lane++) {
            readers[lane].begin(chunk);
            failures[lane] = null;
        }
    }

    /** Whether to take {@link #summing}; otherwise {@link #decoding}, after which {@link #frame} is to be summed. */
    boolean suitsLanes() {
        return BlockReader.suits(table);
    }

    /** Decodes and sums, block by block. */
    Crew.Work summing() {
        return summing;
    }

    /** Decodes the whole frame. */
    Crew.Work decoding() {
        if (frame.byteSize() == 0) {
            frame = Arena.ofAuto().allocate(plan.frameBytes(), Long.BYTES);
        }
        return decoding;
    }

    /** The frame that was decoded. */
    MemorySegment frame() {
        return frame;
    }

    private void sum(int lane) {
        try {
            lanes[lane].run(readers[lane]);
        } catch (CorruptChunkException e) {
            failures[lane] = e;
        }
    }

    private void decode(int lane) {
        int end = (int) ((long) table.blocks() * (lane + 1) / lanes.length);
        try {
            for (int block = (int) ((long) table.blocks() * lane / lanes.length); block < end; block++) {
                readers[lane].decode(block, frame);
            }
        } catch (CorruptChunkException e) {
            failures[lane] = e;
        }
        if (lane == 0) {
            readers[lane].decodeTail(frame);
        }
    }

    /** Throws what went wrong first in the order of the frame, if anything did. */
    void requireSound() throws CorruptChunkException {
        for (CorruptChunkException failure : failures) {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
