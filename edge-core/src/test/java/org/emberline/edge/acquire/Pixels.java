package org.emberline.edge.acquire;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Pixel values that tests can compute, and the bytes of them. */
final class Pixels {
    static final int ROWS = 5;
    static final int COLUMNS = 7;

    private Pixels() {}

    /** Pixel of the generated fixtures: see src/test/python/make_hdf5_fixtures.py. */
    static double fixture(SampleType type, int frame, int row, int column) {
        int value = 100 * frame + 10 * row + column;
        return switch (type) {
            case U8 -> value % 256;
            case I8 -> value % 128;
            default -> value + 1000;
        };
    }

    /** A pixel that uses all bytes of the type, and its sign where it has one. */
    static double rich(SampleType type, int index) {
        long bits = index * 0x9E3779B97F4A7C15L;
        return switch (type) {
            case U8 -> bits >>> 56;
            case I8 -> bits >> 56;
            case U16 -> bits >>> 48;
            case I16 -> bits >> 48;
            case U32 -> bits >>> 32;
            case I32 -> bits >> 32;
            case U64 -> bits >>> 12;
            case I64 -> bits >> 12;
            case F32 -> (float) (bits * 1e-9);
            case F64 -> bits * 1e-9;
        };
    }

    static byte[] encode(SampleType type, ByteOrder order, double[] values) {
        ByteBuffer out = ByteBuffer.allocate(values.length * type.bytes()).order(order);
        for (double value : values) {
            switch (type) {
                case U8, I8 -> out.put((byte) (long) value);
                case U16, I16 -> out.putShort((short) (long) value);
                case U32, I32 -> out.putInt((int) (long) value);
                case U64, I64 -> out.putLong((long) value);
                case F32 -> out.putFloat((float) value);
                case F64 -> out.putDouble(value);
            }
        }
        return out.array();
    }

    static double[] rich(SampleType type, int first, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = rich(type, first + i);
        }
        return values;
    }

    /** Cuts an image into strips of so many rows. */
    static List<byte[]> strips(byte[] image, int bytesPerStrip) {
        List<byte[]> strips = new ArrayList<>();
        for (int at = 0; at < image.length; at += bytesPerStrip) {
            ByteArrayOutputStream strip = new ByteArrayOutputStream();
            strip.write(image, at, Math.min(bytesPerStrip, image.length - at));
            strips.add(strip.toByteArray());
        }
        return strips;
    }

    static double[] read(ImageStack stack, int frame) throws InputException {
        ImageStack.Shape shape = stack.shape();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment into = arena.allocate(shape.frameBytes(), 8);
            stack.read(frame, into);
            double[] values = new double[shape.rows() * shape.columns()];
            for (int i = 0; i < values.length; i++) {
                values[i] = shape.type().read(into, i);
            }
            return values;
        }
    }

    static Path resource(String name) {
        URL url = Objects.requireNonNull(Pixels.class.getResource("/acquire/" + name), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
