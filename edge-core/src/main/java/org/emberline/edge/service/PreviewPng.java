package org.emberline.edge.service;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A map of optical density as a PNG of 8 bits (ISO/IEC 15948): grey 1 to 255 from the lower to the upper end of a range, 0 where nothing is
 * known. Written by hand, because the JDK's own writer would bring its desktop module into every bundle.
 */
final class PreviewPng {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte BITS = 8;
    private static final byte GREY = 0;
    private static final int CHUNK_FRAME = 12;

    private PreviewPng() {}

    /**
     * @param opticalDensity row by row, NaN where nothing is known
     * @param low what becomes 1, as does everything below
     * @param high what becomes 255, as does everything above; above {@code low}
     */
    static byte[] of(int rows, int columns, float[] opticalDensity, double low, double high) {
        ByteBuffer header = ByteBuffer.allocate(13);
        header.putInt(columns).putInt(rows).put(BITS).put(GREY);
        String range = String.format(Locale.ROOT, "Description\0optical density %.6g (1) to %.6g (255)", low, high);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(SIGNATURE);
        png.writeBytes(chunk("IHDR", header.array()));
        png.writeBytes(chunk("tEXt", range.getBytes(StandardCharsets.ISO_8859_1)));
        png.writeBytes(chunk("IDAT", deflated(scanlines(rows, columns, opticalDensity, low, high))));
        png.writeBytes(chunk("IEND", new byte[0]));
        return png.toByteArray();
    }

    /** Every line begins with its filter, 0 for none. */
    private static byte[] scanlines(int rows, int columns, float[] opticalDensity, double low, double high) {
        byte[] lines = new byte[rows * (columns + 1)];
        double scale = 254 / (high - low);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                float density = opticalDensity[row * columns + column];
                long grey = Float.isNaN(density) ? 0 : 1 + Math.clamp(Math.round((density - low) * scale), 0, 254);
                lines[row * (columns + 1) + 1 + column] = (byte) grey;
            }
        }
        return lines;
    }

    private static byte[] deflated(byte[] bytes) {
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2);
            byte[] block = new byte[8192];
            while (!deflater.finished()) {
                out.write(block, 0, deflater.deflate(block));
            }
            return out.toByteArray();
        }
    }

    /** Length of the data, type, data, check sum over type and data. */
    private static byte[] chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        byte[] chunk = new byte[CHUNK_FRAME + data.length];
        ByteBuffer.wrap(chunk).putInt(data.length).put(name).put(data).putInt((int) sum.getValue());
        return chunk;
    }
}
