package org.emberline.edge.archive;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emberline.edge.archive.ImageOutput.Contents;

/**
 * The header of a TIFF file and of each of its pages. A page is: directory, values too long to stand in it, pixels, padding.
 *
 * <pre>
 *             file header                  directory                                  entry
 * TIFF 6.0    II 42 first:4                entries:2 entry... next:4                  tag:2 type:2 count:4 value:4
 * BigTIFF     II 43 8:2 0:2 first:8        entries:8 entry... next:8                  tag:2 type:2 count:8 value:8
 * </pre>
 */
final class TiffPageHeader {
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int ASCII = 2;
    private static final int RATIONAL = 5;
    private static final int LONG8 = 16;
    private static final int ALIGNMENT = 8;

    private final boolean big;
    private final Contents contents;
    private final long pixelBytes;
    private final int headerBytes;
    private final long pageBytes;

    TiffPageHeader(Contents contents, boolean big) {
        this.big = big;
        this.contents = contents;
        pixelBytes = Float.BYTES * (long) contents.rows() * contents.columns();
        List<Entry> entries = entries(0);
        long outside = entries.stream().mapToLong(this::bytesOutside).sum();
        headerBytes = (int) aligned(directoryBytes(entries.size()) + outside);
        pageBytes = aligned(headerBytes + pixelBytes);
    }

    /** @param value the bytes of all values, little end first */
    private record Entry(int tag, int type, long count, byte[] value) {}

    private static long aligned(long bytes) {
        return Math.ceilDiv(bytes, ALIGNMENT) * ALIGNMENT;
    }

    /** Length of the whole file. */
    long fileBytes() {
        return place(contents.images());
    }

    /** Zeros behind the pixels of a page. */
    int padding() {
        return (int) (pageBytes - headerBytes - pixelBytes);
    }

    private long place(long page) {
        return (big ? 16 : 8) + page * pageBytes;
    }

    private static ByteBuffer over(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What the file begins with. */
    byte[] fileHeader() {
        byte[] bytes = new byte[(int) place(0)];
        ByteBuffer header = over(bytes).put((byte) 'I').put((byte) 'I');
        if (big) {
            header.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(place(0));
        } else {
            header.putShort((short) 42).putInt((int) place(0));
        }
        return bytes;
    }

    /** What stands before the pixels of a page. */
    byte[] header(int page) {
        List<Entry> entries = entries(place(page) + headerBytes);
        byte[] bytes = new byte[headerBytes];
        ByteBuffer header = over(bytes);
        if (big) {
            header.putLong(entries.size());
        } else {
            header.putShort((short) entries.size());
        }
        int outside = directoryBytes(entries.size());
        for (Entry entry : entries) {
            header.putShort((short) entry.tag).putShort((short) entry.type);
            offset(header, entry.count);
            if (bytesOutside(entry) == 0) {
                header.put(entry.value).position(header.position() + inside() - entry.value.length);
            } else {
                offset(header, place(page) + outside);
                header.put(outside, entry.value);
                outside += bytesOutside(entry);
            }
        }
        offset(header, page + 1 < contents.images() ? place(page + 1L) : 0);
        return bytes;
    }

    private void offset(ByteBuffer buffer, long value) {
        if (big) {
            buffer.putLong(value);
        } else {
            buffer.putInt((int) value);
        }
    }

    private int inside() {
        return big ? 8 : 4;
    }

    private int directoryBytes(int entries) {
        return big ? 16 + 20 * entries : 6 + 12 * entries;
    }

    /** Values begin at even places. */
    private int bytesOutside(Entry entry) {
        int bytes = entry.value.length;
        return bytes <= inside() ? 0 : bytes + bytes % 2;
    }

    /** In ascending order of their tags, as the standard wants. */
    private List<Entry> entries(long pixelPlace) {
        List<Entry> entries = new ArrayList<>();
        entries.add(whole(256, LONG, contents.columns())); // ImageWidth
        entries.add(whole(257, LONG, contents.rows())); // ImageLength
        entries.add(whole(258, SHORT, Float.SIZE)); // BitsPerSample
        entries.add(whole(259, SHORT, 1)); // Compression: none
        entries.add(whole(262, SHORT, 1)); // PhotometricInterpretation: large is light
        entries.add(text(270, contents.quantity() + ": " + contents.definition())); // ImageDescription
        entries.add(whole(273, big ? LONG8 : LONG, pixelPlace)); // StripOffsets
        entries.add(whole(277, SHORT, 1)); // SamplesPerPixel
        entries.add(whole(278, LONG, contents.rows())); // RowsPerStrip: one strip is read, and mapped, in one piece
        entries.add(whole(279, big ? LONG8 : LONG, pixelBytes)); // StripByteCounts
        entries.add(one(282)); // XResolution
        entries.add(one(283)); // YResolution
        entries.add(whole(296, SHORT, 1)); // ResolutionUnit: none
        entries.add(text(305, "emberline " + contents.version())); // Software
        entries.add(whole(339, SHORT, 3)); // SampleFormat: IEEE floating point
        return entries;
    }

    private static Entry whole(int tag, int type, long value) {
        int bytes = switch (type) {
            case SHORT -> 2;
            case LONG -> 4;
            default -> 8;
        };
        byte[] all = new byte[Long.BYTES];
        over(all).putLong(value);
        return new Entry(tag, type, 1, Arrays.copyOf(all, bytes));
    }

    private static Entry one(int tag) {
        byte[] rational = new byte[2 * Integer.BYTES];
        over(rational).putInt(1).putInt(1);
        return new Entry(tag, RATIONAL, 1, rational);
    }

    private static Entry text(int tag, String text) {
        byte[] bytes = (text + '\0').getBytes(StandardCharsets.US_ASCII);
        return new Entry(tag, ASCII, bytes.length, bytes);
    }
}
