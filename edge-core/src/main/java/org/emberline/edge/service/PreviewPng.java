package org.emberline.edge.service;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A map of optical density as a picture: PNG (W3C, second edition) with 8 bits of grey. Dense is light, as on a radiograph's film and
 * in a reconstructed slice: {@code low} and less is grey 1, nearly black, {@code high} and more is white. A pixel without a value (NaN)
 * is grey 0, which the file declares transparent. The texts {@code quantity}, {@code low} and {@code high} say what the greys mean:
 *
 * <pre>
 * optical density = low + (grey - 1) / 254 (high - low)
 * </pre>
 *
 * Written here because the classes of the JDK that write pictures belong to a module that the bundle leaves out.
 */
final class PreviewPng {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int BIT_DEPTH = 8;
    private static final int GREY = 0;
    private static final int NO_VALUE = 0;
    private static final int DARKEST = 1;
    private static final int LIGHTEST = 255;
    /** Each row is told as its differences to the row above (filter type Up): smooth maps are then mostly small numbers. */
    private static final int FILTER_UP = 2;

    private PreviewPng() {}

    /**
     * @param opticalDensity row by row, {@code rows * columns} values; infinite ones count as below or above all others
     * @param low optical density of the darkest grey; finite
     * @param high optical density of white; finite, above {@code low}
     * @throws IllegalArgumentException when an argument is not as said
     */
    static byte[] of(int rows, int columns, float[] opticalDensity, float low, float high) {
        requireArguments(rows, columns, opticalDensity, low, high);
        ByteArrayOutputStream png = new ByteArrayOutputStream(rows * columns / 2 + 256);
        png.writeBytes(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(columns).putInt(rows).put((byte) BIT_DEPTH).put((byte) GREY);
        chunk(png, "IHDR", header.array()); // the rest are zeros: deflate, adaptive filters, not interlaced
        chunk(png, "tRNS", new byte[] {0, NO_VALUE});
        text(png, "quantity", "optical_density");
        text(png, "low", Float.toString(low));
        text(png, "high", Float.toString(high));
        chunk(png, "IDAT", deflated(filtered(rows, columns, greys(opticalDensity, low, high))));
        chunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void requireArguments(int rows, int columns, float[] values, float low, float high) {
        if (rows < 1 || columns < 1 || (long) rows * columns != values.length) {
            throw new IllegalArgumentException(
                    "not a map rows=" + rows + " columns=" + columns + " values=" + values.length);
        }
        if (!(low < high) || Float.isInfinite(low) || Float.isInfinite(high)) {
            throw new IllegalArgumentException(
                    "the range of greys must be finite and not empty low=" + low + " high=" + high);
        }
    }

    private static byte[] greys(float[] values, float low, float high) {
        double perGrey = ((double) high - low) / (LIGHTEST - DARKEST);
        byte[] greys = new byte[values.length];
        for (int i = 0; i < greys.length; i++) {
            if (!Float.isNaN(values[i])) {
                double step = Math.rint(((double) values[i] - low) / perGrey);
                greys[i] = (byte) (DARKEST + (int) Math.clamp(step, 0, LIGHTEST - DARKEST));
            }
        }
        return greys;
    }

    /** Rows with the type of their filter before each. The row above the first is all zeros. */
    private static byte[] filtered(int rows, int columns, byte[] greys) {
        byte[] lines = new byte[rows * (columns + 1)];
        int at = 0;
        for (int row = 0; row < rows; row++) {
            lines[at++] = FILTER_UP;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                lines[at++] = (byte) (greys[i] - (row == 0 ? 0 : greys[i - columns]));
            }
        }
        return lines;
    }

    private static byte[] deflated(byte[] bytes) {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream(bytes.length);
        byte[] piece = new byte[8192];
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
            deflater.setInput(bytes);
            deflater.finish();
            while (!deflater.finished()) {
                deflated.write(piece, 0, deflater.deflate(piece));
            }
        }
        return deflated.toByteArray();
    }

    private static void text(ByteArrayOutputStream png, String keyword, String text) {
        chunk(png, "tEXt", (keyword + '\0' + text).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Length, type, data, and the checksum over the latter two. */
    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length);
        chunk.putInt(data.length).put(name).put(data).putInt((int) checksum.getValue());
        png.writeBytes(chunk.array());
    }
}
