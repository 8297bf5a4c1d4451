package org.emberline.edge.app.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.emberline.gpu.PixelFormat;

/** Images as other programs read them without a library: {@code NAME.raw}, little-endian, row by row. */
final class RawFile {

    private RawFile() {}

    static void write(Path folder, String name, ByteBuffer bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(path(folder, name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                var _ = channel.write(bytes);
            }
        }
    }

    static void write(Path folder, String name, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        write(folder, name, bytes);
    }

    static float[] floats(Path folder, String name) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(path(folder, name))).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private static Path path(Path folder, String name) {
        return folder.resolve(name + ".raw");
    }

    /** NumPy's name of a format. */
    static String dtype(PixelFormat format) {
        return switch (format) {
            case U8 -> "u1";
            case U16 -> "<u2";
            case I16 -> "<i2";
            case U32 -> "<u4";
            case I32 -> "<i4";
            case F32 -> "<f4";
        };
    }
}
