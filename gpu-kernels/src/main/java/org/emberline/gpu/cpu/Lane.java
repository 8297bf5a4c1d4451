package org.emberline.gpu.cpu;

import java.lang.foreign.MemorySegment;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.PixelRules;
import org.emberline.gpu.bslz4.CorruptChunkException;
import org.emberline.gpu.cells.CellConstants;
import org.emberline.gpu.cells.CellMap;

/**
 * One thread's part of the frames: a run of whole blocks. Most blocks hold nothing but ordinary pixels, which a quick look over the
 * block tells; the others are looked at in groups of 64, and only in a group with something odd each pixel for itself. Remembers which
 * pixels are invalid, and tells which became so or are so no more.
 */
final class Lane {
    private static final int GROUP = 64;

    private final CellMap map;
    private final PixelRules rules;
    private final boolean mustLook;
    private final PixelBlock block;
    private final LaneSums sums;
    private final int firstPixel;
    private final int endPixel;
    /** Bits of the invalid pixels, a word for each group of this lane. */
    private final long[] invalid;
    /** How many pixels of each block are invalid. */
    private final int[] invalidInBlock;

    private final int[] changedGroup;
    private final long[] changedBits;
    private int changes;
    private long saturated;

    Lane(IntegrationPlan plan, CellMap map, CellConstants constants, int firstPixel, int endPixel) {
        this.map = map;
        rules = plan.rules();
        mustLook = rules.canDrop(plan.format()) || rules.canSaturate(plan.format());
        block = PixelBlock.of(plan.format(), OrdinaryRange.of(rules, plan.format()));
        sums = LaneSums.of(plan, map, constants);
        this.firstPixel = firstPixel;
        this.endPixel = endPixel;
        int pixels = mustLook ? endPixel - firstPixel : 0;
        invalid = new long[Math.ceilDiv(pixels, GROUP)];
        invalidInBlock = new int[Math.ceilDiv(pixels, PixelBlock.SIZE)];
        changedGroup = new int[invalid.length];
        changedBits = new long[invalid.length];
    }

    LaneSums sums() {
        return sums;
    }

    /** Saturated pixels of the last frame. */
    long saturated() {
        return saturated;
    }

    /** Sums this lane's part of a frame. */
    void run(MemorySegment frame) {
        begin();
        for (int first = firstPixel; first < endPixel; first += PixelBlock.SIZE) {
            int count = Math.min(PixelBlock.SIZE, endPixel - first);
            block.read(frame, first, count);
            add(first, count);
        }
    }

    /** As {@link #run(MemorySegment)}, from a compressed frame; after a failure the sums are undefined, the rest as it should be. */
    void run(BlockReader frame) throws CorruptChunkException {
        begin();
        for (int first = firstPixel; first < endPixel; first += PixelBlock.SIZE) {
            int count = Math.min(PixelBlock.SIZE, endPixel - first);
            frame.read(block, first, count);
            add(first, count);
        }
    }

    private void begin() {
        sums.clear();
        saturated = 0;
        changes = 0;
    }

    private void add(int first, int count) {
        int number = (first - firstPixel) / PixelBlock.SIZE;
        if (!mustLook || (invalidInBlock[number] == 0 && block.ordinary(0, count))) {
            sums.add(block, first, 0, count);
        } else {
            groups(first, count, number);
        }
    }

    private void groups(int first, int count, int number) {
        for (int from = 0; from < count; from += GROUP) {
            int to = Math.min(from + GROUP, count);
            int group = (first + from - firstPixel) / GROUP;
            if (invalid[group] == 0 && block.ordinary(from, to)) {
                sums.add(block, first, from, to);
            } else {
                long now = pixels(first, from, to);
                long before = invalid[group];
                if (now != before) {
                    invalid[group] = now;
                    invalidInBlock[number] += Long.bitCount(now) - Long.bitCount(before);
                    changedGroup[changes] = group;
                    changedBits[changes++] = now ^ before;
                }
            }
        }
    }

    /** Adds the valid pixels of a group; returns the bits of the others, masked ones left out. */
    private long pixels(int first, int from, int to) {
        long bits = 0;
        for (long odd = block.odd(from, to); odd != 0; odd &= odd - 1) {
            int i = from + Long.numberOfTrailingZeros(odd);
            if (map.index().at(first + i) != map.masked()) {
                double raw = block.value(i);
                saturated += rules.saturated(raw) ? 1 : 0;
                bits |= rules.valid(raw) ? 0 : 1L << (i - from);
            }
        }
        addOthers(first, from, to, bits);
        return bits;
    }

    /** Adds the pixels of a group without a bit, run by run. */
    private void addOthers(int first, int from, int to, long bits) {
        int next = from;
        long left = bits;
        while (left != 0) {
            int gap = from + Long.numberOfTrailingZeros(left);
            if (gap > next) {
                sums.add(block, first, next, gap);
            }
            // Filled up below, the run of ones ends at the lowest zero.
            int length = Long.numberOfTrailingZeros(~(left >>> (gap - from)));
            next = gap + length;
            left = next - from < GROUP ? left & (-1L << (next - from)) : 0;
        }
        if (to > next) {
            sums.add(block, first, next, to);
        }
    }

    /** Tells of the pixels that changed with the last frame. */
    void tell(CellConstants constants) {
        for (int i = 0; i < changes; i++) {
            int group = changedGroup[i];
            constants.change(firstPixel + group * GROUP, changedBits[i], invalid[group]);
        }
    }
}
