package org.emberline.edge.acquire;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Classic TIFF 6.0 with one sample per pixel in strips: uncompressed, PackBits, LZW or deflate; several pages are several images of one
 * shape. The orientation tag is passed over, as the beamlines' own programs do: rows and columns stay as they are in the file.
 * Reading an uncompressed page allocates nothing.
 */
final class TiffFile implements ImageStack {
    private static final int HEADER_BYTES = 8;
    /** Bounds the memory of the strip tables of a hostile file; a series of 10 000 Pilatus frames in one-row strips has 10 million. */
    private static final long MOST_STRIPS = 1 << 24;

    private final MappedFile file;
    private final List<TiffPage> pages;
    private final Shape shape;

    TiffFile(MappedFile file) throws InputException {
        this.file = file;
        pages = pages(file);
        Shape first = pages.getFirst().shape();
        for (int page = 1; page < pages.size(); page++) {
            Shape other = pages.get(page).shape();
            if (!other.equals(first)) {
                throw new InputException(
                        file.path(), "pages differ: page 0 is " + first + ", page " + page + " is " + other);
            }
        }
        shape = new Shape(pages.size(), first.rows(), first.columns(), first.type());
    }

    private static List<TiffPage> pages(MappedFile file) throws InputException {
        ByteOrder order = file.u8(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        file.require(0, HEADER_BYTES, "the header");
        List<TiffPage> pages = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        long stripsLeft = MOST_STRIPS;
        long storedLeft = file.length();
        for (long offset = file.u32(4, order); offset != 0; ) {
            if (!seen.add(offset)) {
                throw new InputException(file.path(), "the directories form a ring: offset=" + offset);
            }
            TiffDirectory directory = new TiffDirectory(file, order, offset);
            TiffPage page = new TiffPageReader(file, order, directory).read(stripsLeft);
            stripsLeft -= page.strips();
            storedLeft -= storedBytes(page);
            if (storedLeft < 0) {
                throw new InputException(file.path(), "strips overlap: page=" + pages.size());
            }
            pages.add(page);
            offset = directory.nextOffset();
        }
        if (pages.isEmpty()) {
            throw new InputException(file.path(), "holds no page");
        }
        return List.copyOf(pages);
    }

    private static long storedBytes(TiffPage page) {
        long sum = 0;
        for (int strip = 0; strip < page.strips(); strip++) {
            sum += page.compression() == TiffCompression.NONE ? page.decodedBytes(strip) : page.lengths()[strip];
        }
        return sum;
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public void read(int frame, MemorySegment into) throws InputException {
        shape.check(frame, into);
        TiffPage page = pages.get(frame);
        long at = 0;
        for (int strip = 0; strip < page.strips(); strip++) {
            long decoded = page.decodedBytes(strip);
            if (page.compression() == TiffCompression.NONE) {
                file.copy(page.offsets()[strip], into, at, decoded);
            } else {
                TiffStrips.decode(file, page, strip, into.asSlice(at, decoded));
            }
            at += decoded;
        }
        file.checkLength();
        ByteSwap.toLittleEndian(page.order(), into, at, shape.type().bytes());
        if (page.differenced()) {
            TiffStrips.sumRows(shape, into);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
