package org.emberline.edge.acquire;

import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Judges one directory: a page that can be read exactly, or an error that names the tag. */
final class TiffPageReader {
    private static final long LARGEST_SIDE = 1 << 20;
    private static final int PALETTE = 3;

    private final MappedFile file;
    private final ByteOrder order;
    private final TiffDirectory directory;

    TiffPageReader(MappedFile file, ByteOrder order, TiffDirectory directory) {
        this.file = file;
        this.order = order;
        this.directory = directory;
    }

    /** @param stripsLeft strips that this page may have at most */
    TiffPage read(long stripsLeft) throws InputException {
        refuseWhatIsNoPlainImage();
        int columns = side(TiffDirectory.WIDTH);
        int rows = side(TiffDirectory.LENGTH);
        ImageStack.Shape shape = new ImageStack.Shape(1, rows, columns, type());
        TiffCompression compression = compression();
        boolean differenced = differenced(shape.type());
        long rowsPerStrip = Math.min(directory.value(TiffDirectory.ROWS_PER_STRIP, rows), rows);
        if (rowsPerStrip == 0) {
            throw refusal("RowsPerStrip=0");
        }
        int strips = Math.toIntExact((rows + rowsPerStrip - 1) / rowsPerStrip);
        if (strips > stripsLeft) {
            throw refusal("more strips than the reader accepts: strips=" + strips + " left=" + stripsLeft);
        }
        long[] offsets = directory.values(TiffDirectory.STRIP_OFFSETS, strips);
        long[] lengths = directory.values(TiffDirectory.STRIP_BYTE_COUNTS, strips);
        TiffPage page = new TiffPage(shape, order, compression, differenced, rowsPerStrip, offsets, lengths);
        checkStrips(page);
        return page;
    }

    private void refuseWhatIsNoPlainImage() throws InputException {
        if (directory.has(TiffDirectory.TILE_WIDTH) || directory.has(TiffDirectory.TILE_OFFSETS)) {
            throw refusal("tiled, only strips are read");
        }
        only(TiffDirectory.SAMPLES_PER_PIXEL, 1, "SamplesPerPixel");
        only(TiffDirectory.FILL_ORDER, 1, "FillOrder");
        if (directory.value(TiffDirectory.PHOTOMETRIC, 1) == PALETTE) {
            throw refusal("a palette image, its numbers are colours and no counts: PhotometricInterpretation=3");
        }
    }

    private void only(int tag, long accepted, String name) throws InputException {
        long value = directory.value(tag, accepted);
        if (value != accepted) {
            throw refusal("only " + name + "=" + accepted + " is read: " + name + "=" + value);
        }
    }

    private int side(int tag) throws InputException {
        long value = directory.value(tag);
        if (value < 1 || value > LARGEST_SIDE) {
            String name = tag == TiffDirectory.WIDTH ? "ImageWidth" : "ImageLength";
            throw refusal("must lie in 1.." + LARGEST_SIDE + ": " + name + "=" + value);
        }
        return (int) value;
    }

    private SampleType type() throws InputException {
        long bits = directory.value(TiffDirectory.BITS_PER_SAMPLE, 1);
        long format = directory.value(TiffDirectory.SAMPLE_FORMAT, 1);
        int bytes = bits % 8 == 0 && bits <= 64 ? (int) bits / 8 : 0;
        @Nullable
        SampleType type = switch ((int) Math.min(format, 4)) {
            case 1 -> SampleType.integer(bytes, false);
            case 2 -> SampleType.integer(bytes, true);
            case 3 -> SampleType.floating(bytes);
            default -> null;
        };
        if (type == null) {
            throw refusal("unread sample type: BitsPerSample=" + bits + " SampleFormat=" + format);
        }
        return type;
    }

    private TiffCompression compression() throws InputException {
        long value = directory.value(TiffDirectory.COMPRESSION, 1);
        TiffCompression compression = TiffCompression.of(value);
        if (compression == null) {
            throw refusal("compressed by " + TiffCompression.nameOf(value)
                    + ", which is not read; save it uncompressed: Compression=" + value);
        }
        return compression;
    }

    private boolean differenced(SampleType type) throws InputException {
        long predictor = directory.value(TiffDirectory.PREDICTOR, 1);
        if (predictor == 2 && !type.isFloating()) {
            return true;
        }
        if (predictor != 1) {
            throw refusal("unread predictor for " + type + " samples: Predictor=" + predictor);
        }
        return false;
    }

    /** Everything that a page claims to hold must be there: otherwise a small file could make the caller allocate a big frame. */
    private void checkStrips(TiffPage page) throws InputException {
        for (int strip = 0; strip < page.strips(); strip++) {
            long decoded = page.decodedBytes(strip);
            long stored = page.lengths()[strip];
            if (stored * page.compression().largestExpansion() < decoded) {
                throw refusal("strip " + strip + " cannot hold its pixels: bytes=" + stored + " needed=" + decoded);
            }
            boolean plain = page.compression() == TiffCompression.NONE;
            if (!plain && Math.max(stored, decoded) > Integer.MAX_VALUE) {
                throw refusal("compressed strip " + strip + " is too long: bytes=" + stored + " decoded=" + decoded);
            }
            file.require(page.offsets()[strip], plain ? decoded : stored, "strip " + strip);
        }
    }

    private InputException refusal(String what) {
        return new InputException(file.path(), what);
    }
}
