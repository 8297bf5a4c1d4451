package org.emberline.edge.acquire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Decodes a strip of TIFF's LZW (TIFF 6.0, section 13): codes of 9 to 12 bits, most significant bit first, one bit longer as soon as the table has
 * room for one entry only.
 *
 * <p>An entry of the table is the string of the code before and the byte that follows it; both lie side by side in what has been decoded, so an
 * entry is a place and a length there, and there are no strings to keep.
 */
final class LzwStrip {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int FIRST = 258;
    private static final int SHORTEST_CODE = 9;
    private static final int LONGEST_CODE = 12;
    private static final int ENTRIES = 1 << LONGEST_CODE;

    private final MemorySegment stored;
    private final MemorySegment into;
    private final long[] begins = new long[ENTRIES];
    private final int[] lengths = new int[ENTRIES];
    private long from;
    private int bits;
    private int bitCount;

    private LzwStrip(MemorySegment stored, MemorySegment into) {
        this.stored = stored;
        this.into = into;
    }

    /**
     * Fills {@code into} from the beginning.
     *
     * @return bytes filled; fewer than there is room for when the strip ends early or has a code that means nothing
     */
    static long decode(MemorySegment stored, MemorySegment into) {
        return new LzwStrip(stored, into).decode();
    }

    private long decode() {
        long at = 0;
        int width = SHORTEST_CODE;
        int next = FIRST;
        long previous = -1;
        while (at < into.byteSize()) {
            int code = code(width);
            if (code < 0 || code == END) {
                return at;
            }
            if (code == CLEAR) {
                width = SHORTEST_CODE;
                next = FIRST;
                previous = -1;
                continue;
            }
            if (previous >= 0 && next < ENTRIES) {
                begins[next] = previous;
                lengths[next++] = (int) (at - previous) + 1;
            }
            if (code >= next) {
                return at;
            }
            previous = at;
            at = code < CLEAR ? literal(code, at) : copy(code, at);
            if (next == (1 << width) - 1 && width < LONGEST_CODE) {
                width++;
            }
        }
        return at;
    }

    private long literal(int code, long at) {
        into.set(ValueLayout.JAVA_BYTE, at, (byte) code);
        return at + 1;
    }

    /** Byte by byte from the left: the newest entry ends with the first byte of its own copy. */
    private long copy(int code, long at) {
        long end = Math.min(at + lengths[code], into.byteSize());
        for (long source = begins[code], target = at; target < end; source++, target++) {
            into.set(ValueLayout.JAVA_BYTE, target, into.get(ValueLayout.JAVA_BYTE, source));
        }
        return end;
    }

    /** The next code, or -1 at the end. */
    private int code(int width) {
        while (bitCount < width) {
            if (from == stored.byteSize()) {
                return -1;
            }
            bits = (bits << 8) | (stored.get(ValueLayout.JAVA_BYTE, from++) & 0xff);
            bitCount += 8;
        }
        bitCount -= width;
        return (bits >>> bitCount) & ((1 << width) - 1);
    }
}
