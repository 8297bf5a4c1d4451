package org.emberline.edge.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/** Writes NumPy files, version 1.0. */
final class Npy {

    private Npy() {}

    /** Puts one number. */
    private interface Put {
        void into(ByteBuffer bytes, double value);
    }

    /** A stack of images of u16; {@code value} is asked for each pixel, counted through all images. */
    static Path u16(Path file, int images, int rows, int columns, IntToDoubleFunction value) throws IOException {
        return write(file, "<u2", new int[] {images, rows, columns}, value, (b, v) -> b.putShort((short) (int) v));
    }

    /** A stack of images of f64. */
    static Path f64(Path file, int images, int rows, int columns, IntToDoubleFunction value) throws IOException {
        return write(file, "<f8", new int[] {images, rows, columns}, value, ByteBuffer::putDouble);
    }

    private static Path write(Path file, String type, int[] shape, IntToDoubleFunction value, Put put)
            throws IOException {
        String sizes = shape[0] + ", " + shape[1] + ", " + shape[2];
        String text = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + sizes + "), }";
        byte[] header = String.format(Locale.ROOT, "%-117s\n", text).getBytes(StandardCharsets.US_ASCII);
        int pixels = shape[0] * shape[1] * shape[2];
        byte[] bytes = new byte[10 + header.length + pixels * (type.charAt(2) - '0')];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        buffer.put((byte) 1).put((byte) 0).putShort((short) header.length).put(header);
        for (int i = 0; i < pixels; i++) {
            put.into(buffer, value.applyAsDouble(i));
        }
        return Files.write(file, bytes);
    }
}
