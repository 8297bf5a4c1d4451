package org.emberline.edge.acquire;

import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * One image file directory of a classic TIFF (TIFF 6.0, section 2): the entries that say where and how pixels lie. All other tags,
 * known or private, are passed over unread, whatever their type and count say.
 */
final class TiffDirectory {
    static final int WIDTH = 256;
    static final int LENGTH = 257;
    static final int BITS_PER_SAMPLE = 258;
    static final int COMPRESSION = 259;
    static final int PHOTOMETRIC = 262;
    static final int FILL_ORDER = 266;
    static final int STRIP_OFFSETS = 273;
    static final int SAMPLES_PER_PIXEL = 277;
    static final int ROWS_PER_STRIP = 278;
    static final int STRIP_BYTE_COUNTS = 279;
    static final int PREDICTOR = 317;
    static final int TILE_WIDTH = 322;
    static final int TILE_OFFSETS = 324;
    static final int SAMPLE_FORMAT = 339;

    private static final int ENTRY_BYTES = 12;

    private final MappedFile file;
    private final ByteOrder order;
    private final Map<Integer, Entry> entries = new HashMap<>();
    private final long nextOffset;

    private record Entry(int type, long count, long at) {}

    TiffDirectory(MappedFile file, ByteOrder order, long offset) throws InputException {
        this.file = file;
        this.order = order;
        int count = file.u16(offset, order);
        long end = offset + 2 + (long) count * ENTRY_BYTES;
        file.require(offset, end + 4 - offset, "the directory at " + offset);
        for (long at = offset + 2; at < end; at += ENTRY_BYTES) {
            read(at);
        }
        nextOffset = file.u32(end, order);
    }

    private void read(long at) throws InputException {
        int tag = file.u16(at, order);
        if (!wanted(tag)) {
            return;
        }
        Entry entry = new Entry(file.u16(at + 2, order), file.u32(at + 4, order), at);
        if (entries.put(tag, entry) != null) {
            throw new InputException(file.path(), "tag appears twice in the directory: tag=" + tag);
        }
    }

    private static boolean wanted(int tag) {
        return switch (tag) {
            case WIDTH, LENGTH, BITS_PER_SAMPLE, COMPRESSION, PHOTOMETRIC, FILL_ORDER, STRIP_OFFSETS -> true;
            case SAMPLES_PER_PIXEL, ROWS_PER_STRIP, STRIP_BYTE_COUNTS, PREDICTOR -> true;
            case TILE_WIDTH, TILE_OFFSETS, SAMPLE_FORMAT -> true;
            default -> false;
        };
    }

    /** Place of the next directory, 0 after the last. */
    long nextOffset() {
        return nextOffset;
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** The only value of a tag. */
    long value(int tag) throws InputException {
        long[] values = values(tag, 1);
        return values[0];
    }

    long value(int tag, long absent) throws InputException {
        return has(tag) ? value(tag) : absent;
    }

    /** All values of a tag that must have so many. */
    long[] values(int tag, int expected) throws InputException {
        Entry entry = entries.get(tag);
        if (entry == null) {
            throw new InputException(file.path(), "missing tag: tag=" + tag);
        }
        if (entry.count != expected) {
            throw new InputException(
                    file.path(), "tag has " + entry.count + " values instead of " + expected + ": tag=" + tag);
        }
        int bytes = valueBytes(tag, entry.type);
        long total = entry.count * bytes;
        long at = total <= 4 ? entry.at + 8 : file.u32(entry.at + 8, order);
        file.require(at, total, "the values of tag " + tag);
        long[] values = new long[expected];
        for (int i = 0; i < expected; i++) {
            values[i] = number(at + (long) i * bytes, bytes);
        }
        return values;
    }

    /** BYTE, SHORT and LONG are the types of unsigned integers. */
    private int valueBytes(int tag, int type) throws InputException {
        return switch (type) {
            case 1 -> 1;
            case 3 -> 2;
            case 4 -> 4;
            default ->
                throw new InputException(file.path(), "tag is no unsigned integer: tag=" + tag + " type=" + type);
        };
    }

    private long number(long at, int bytes) throws InputException {
        return switch (bytes) {
            case 1 -> file.u8(at);
            case 2 -> file.u16(at, order);
            default -> file.u32(at, order);
        };
    }
}
