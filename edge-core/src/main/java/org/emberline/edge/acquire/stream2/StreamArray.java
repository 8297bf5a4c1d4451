package org.emberline.edge.acquire.stream2;

import org.emberline.edge.acquire.stream2.StreamImage.Encoding;
import org.emberline.gpu.PixelFormat;

/** Reads the arrays of Stream V2: rows and columns (tag 40), numbers (RFC 8746), and how these are compressed (tag 56500). */
final class StreamArray {
    static final long LARGEST_SIDE = 1 << 16;

    private static final long ROW_MAJOR = 40;
    private static final long COMPRESSED = 56500;

    private StreamArray() {}

    static StreamImage read(CborReader in, byte[] message) throws StreamException {
        if (in.tag() != ROW_MAJOR || in.count(CborReader.ARRAY) != 2) {
            throw in.wrong("no array of rows and columns (tag 40)");
        }
        if (in.count(CborReader.ARRAY) != 2) {
            throw in.wrong("an array that has not two dimensions");
        }
        int rows = side(in);
        int columns = side(in);
        PixelFormat format = format(in);
        Encoding encoding = Encoding.PLAIN;
        if (in.next() == CborReader.TAG) {
            encoding = compression(in, format);
        }
        int length = in.bytes();
        return new StreamImage(rows, columns, format, encoding, message, in.position() - length, length);
    }

    private static int side(CborReader in) throws StreamException {
        long side = in.integer();
        if (side < 1 || side > LARGEST_SIDE) {
            throw in.wrong("a side that is not within 1 and " + LARGEST_SIDE + ": " + side);
        }
        return (int) side;
    }

    /** RFC 8746, table 1; big-endian, 64-bit and half-precision numbers are no pixels. */
    private static PixelFormat format(CborReader in) throws StreamException {
        long tag = in.tag();
        return switch (Math.clamp(tag, -1, Integer.MAX_VALUE)) {
            case 64, 68 -> PixelFormat.U8;
            case 69 -> PixelFormat.U16;
            case 70 -> PixelFormat.U32;
            case 77 -> PixelFormat.I16;
            case 78 -> PixelFormat.I32;
            case 85 -> PixelFormat.F32;
            default -> throw in.wrong("numbers that are no pixels: tag=" + Long.toUnsignedString(tag));
        };
    }

    private static Encoding compression(CborReader in, PixelFormat format) throws StreamException {
        if (in.tag() != COMPRESSED || in.count(CborReader.ARRAY) != 3) {
            throw in.wrong("no compressed bytes (tag 56500)");
        }
        String algorithm = in.text();
        long bytes = in.integer();
        if (bytes != format.bytes()) {
            throw in.wrong("compressed as numbers of bytes=" + bytes + ", which are " + format);
        }
        return switch (algorithm) {
            case "lz4" -> Encoding.LZ4;
            case "bslz4" -> Encoding.BSLZ4;
            default -> throw in.wrong("compressed by " + algorithm.replaceAll("\\p{Cntrl}+", " "));
        };
    }
}
