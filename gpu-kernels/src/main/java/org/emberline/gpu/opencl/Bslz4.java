package org.emberline.gpu.opencl;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.bslz4.BlockDecoder;
import org.emberline.gpu.bslz4.BlockTable;
import org.emberline.gpu.bslz4.CorruptChunkException;
import org.emberline.gpu.cells.CellMap;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jspecify.annotations.Nullable;

/**
 * Host side of {@code bslz4.cl}: brings a compressed frame to the device, where it is decoded. The host only finds the blocks.
 *
 * <pre>
 * arg  buffer  type   entries      written      meaning
 * 0    stored  uchar  see below    every frame  the chunk, and some room behind it
 * 1    table   int    5 + blocks   every frame  status, blocks, decoded bytes of a block, decoded bytes of all blocks, first
 *                                               stored byte of each block and of the one that would follow
 * 2    frame   RAW    pixels       by the device  the decoded frame
 * </pre>
 *
 * The status is {@link #SOUND}, or 8 times the number of the first corrupt block and what is wrong with it. Blocks that are too large
 * for a work-group's local memory, or so small that the table would outgrow the frame, are decoded on the host.
 */
final class Bslz4 implements AutoCloseable {
    private static final int SOUND = Integer.MAX_VALUE;
    private static final int HEADER = 4;
    private static final int LARGEST_BLOCK = 8192;
    private static final int SMALLEST_BLOCK = 1024;
    /** Work-items that share a block. */
    private static final int LANES = 32;

    private static final int GROUPS_PER_UNIT = 16;
    /** What kernels read and write at once beyond the end, at most. */
    private static final int SLACK = 16;

    private static final String[] FAULTS = {
        "LZ4 block is cut off",
        "LZ4 block decodes to more than needed",
        "LZ4 block decodes to less than needed",
        "LZ4 match begins outside of the block"
    };

    private final ClResources resources;
    private final IntegrationPlan plan;
    private final BlockTable blocks;
    private final HostBuffer stored;
    private final HostBuffer table;
    private final long mostStoredBytes;
    private final Kernel.Bound kernel;
    private long storedBytes;
    private @Nullable BlockDecoder hostDecoder;
    private MemorySegment hostFrame = MemorySegment.NULL;
    private boolean onDevice;

    /**
     * Compiles the kernel.
     *
     * @param frame the kernel argument that stands for the memory of the decoded frame
     * @throws IllegalArgumentException when frames have 2 GiB or more
     */
    Bslz4(ClResources resources, IntegrationPlan plan, CellMap map, OpenClReducer.Strategy strategy, Pointer frame) {
        this.resources = resources;
        this.plan = plan;
        blocks = new BlockTable(plan.frameBytes(), plan.format().bytes());
        int mostBlocks = Math.ceilDiv(blocks.decodedBytes(), SMALLEST_BLOCK);
        // Four bytes of length and LZ4's own growth for each block.
        mostStoredBytes = blocks.decodedBytes() + mostBlocks * 32L + SMALLEST_BLOCK;
        stored = new HostBuffer(resources, "stored", mostStoredBytes + SLACK);
        table = new HostBuffer(resources, "table", (HEADER + mostBlocks + 1L) * Integer.BYTES);
        int lanes = strategy == OpenClReducer.Strategy.GATHER ? LANES : 1;
        int units = resources.context().device().info().computeUnits();
        int groups = Math.clamp((long) units * GROUPS_PER_UNIT, 1, Math.max(1, mostBlocks));
        KernelOptions options = new KernelOptions(plan, map)
                .with("LANES", lanes)
                .with("HEADER", HEADER)
                .with("SAMPLE_BYTES", plan.format().bytes())
                .with("LOCAL_BYTES", LARGEST_BLOCK + SLACK);
        Kernel source = new Kernel(resources, Bslz4.class, "bslz4", options, (long) groups * lanes, lanes);
        kernel = source.bind(Map.of(0, stored.argument(), 1, table.argument(), 2, frame));
    }

    /**
     * Finds the blocks of a chunk and takes a copy of it for the device.
     *
     * @return false when it has to be {@link #decodedOnHost} instead
     * @throws CorruptChunkException when the blocks do not fill the chunk
     */
    boolean bring(MemorySegment chunk) throws CorruptChunkException {
        onDevice = false;
        blocks.parse(chunk);
        storedBytes = chunk.byteSize();
        if (blocks.largestBlockBytes() > LARGEST_BLOCK
                || blocks.blockBytes() < SMALLEST_BLOCK
                || storedBytes > mostStoredBytes) {
            return false;
        }
        MemorySegment.copy(chunk, 0, stored.host(), 0, storedBytes);
        MemorySegment words = table.host();
        words.setAtIndex(ValueLayout.JAVA_INT, 0, SOUND);
        words.setAtIndex(ValueLayout.JAVA_INT, 1, blocks.blocks());
        words.setAtIndex(ValueLayout.JAVA_INT, 2, blocks.blockBytes());
        words.setAtIndex(ValueLayout.JAVA_INT, 3, blocks.shuffledBytes());
        for (int block = 0; block < blocks.blocks(); block++) {
            words.setAtIndex(ValueLayout.JAVA_INT, HEADER + block, blocks.storedStart(block));
        }
        words.setAtIndex(ValueLayout.JAVA_INT, HEADER + blocks.blocks(), blocks.tailStart() + Integer.BYTES);
        onDevice = true;
        return true;
    }

    /** Hands over what was brought and queues its decoding. */
    void enqueue(cl_command_queue queue) {
        stored.write(queue, storedBytes);
        table.write(queue, (HEADER + blocks.blocks() + 1L) * Integer.BYTES);
        kernel.enqueue(queue);
    }

    /** Decodes what was refused for the device. */
    MemorySegment decodedOnHost(MemorySegment chunk) throws CorruptChunkException {
        if (hostDecoder == null) {
            hostDecoder = new BlockDecoder(plan.format().bytes());
            hostFrame = resources.hostMemory(plan.frameBytes());
        }
        for (int block = 0; block < blocks.blocks(); block++) {
            hostDecoder.decode(chunk, blocks, block, hostFrame);
        }
        BlockDecoder.decodeTail(chunk, blocks, hostFrame);
        return hostFrame;
    }

    /** Waits for what is queued and tells whether the frame was decoded without a fault. */
    boolean isSound(cl_command_queue queue) {
        if (!onDevice) {
            return true;
        }
        table.read(queue, Integer.BYTES);
        return status() == SOUND;
    }

    private int status() {
        return table.host().getAtIndex(ValueLayout.JAVA_INT, 0);
    }

    /** What is wrong with a frame that is not sound. */
    CorruptChunkException failure() {
        int block = status() / 8;
        return new CorruptChunkException("block=" + block + ": " + FAULTS[status() % 8] + " stored="
                + blocks.storedBytes(block) + " needed=" + blocks.decodedBytes(block));
    }

    @Override
    public void close() {
        kernel.close();
    }
}
