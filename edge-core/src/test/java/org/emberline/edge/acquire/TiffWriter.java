package org.emberline.edge.acquire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Writes classic TIFF for tests: header, then for each page its strips, its directory and the directory's long values. */
final class TiffWriter {
    private final ByteOrder order;
    private final List<Page> pages = new ArrayList<>();

    TiffWriter(ByteOrder order) {
        this.order = order;
    }

    /** A page whose tags may be changed before writing. */
    static final class Page {
        final TreeMap<Integer, long[]> tags = new TreeMap<>();
        final List<byte[]> strips;

        Page(List<byte[]> strips) {
            this.strips = strips;
        }

        Page tag(int tag, long... values) {
            tags.put(tag, values);
            return this;
        }
    }

    /** @param strips as they are stored */
    Page page(int rows, int columns, SampleType type, int rowsPerStrip, List<byte[]> strips) {
        int format = type.isFloating() ? 3 : type.name().startsWith("I") ? 2 : 1;
        Page page = new Page(strips)
                .tag(256, columns)
                .tag(257, rows)
                .tag(258, type.bytes() * 8L)
                .tag(259, 1)
                .tag(262, 1)
                .tag(277, 1)
                .tag(278, rowsPerStrip)
                .tag(339, format);
        pages.add(page);
        return page;
    }

    byte[] write() {
        ByteBuffer out = ByteBuffer.allocate(1 << 20).order(order);
        out.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M')).put(out.get(0));
        out.putShort((short) 42).putInt(0);
        int link = 4;
        for (Page page : pages) {
            long[] offsets = new long[page.strips.size()];
            long[] lengths = new long[offsets.length];
            for (int i = 0; i < offsets.length; i++) {
                offsets[i] = out.position();
                lengths[i] = page.strips.get(i).length;
                out.put(page.strips.get(i));
            }
            page.tags.putIfAbsent(273, offsets);
            page.tags.putIfAbsent(279, lengths);
            out.putInt(link, out.position());
            link = directory(out, page);
        }
        byte[] bytes = new byte[out.position()];
        out.get(0, bytes);
        return bytes;
    }

    /** Tags below 65000 as LONG but for one-valued SHORTs of the image's description; returns the place of the next link. */
    private static int directory(ByteBuffer out, Page page) {
        int values = out.position() + 2 + 12 * page.tags.size() + 4;
        out.putShort((short) page.tags.size());
        for (var entry : page.tags.entrySet()) {
            int tag = entry.getKey();
            long[] numbers = entry.getValue();
            boolean isShort = tag == 258 || tag == 259 || tag == 262 || tag == 277 || tag == 339;
            out.putShort((short) tag).putShort((short) (tag >= 65000 ? 12 : isShort ? 3 : 4));
            out.putInt(numbers.length);
            if (numbers.length == 1 && isShort) {
                out.putShort((short) numbers[0]).putShort((short) 0);
            } else if (numbers.length == 1) {
                out.putInt((int) numbers[0]);
            } else {
                out.putInt(values);
                for (long number : numbers) {
                    out.putInt(values, (int) number);
                    values += 4;
                }
            }
        }
        int link = out.position();
        out.putInt(0);
        out.position(values);
        return link;
    }
}
