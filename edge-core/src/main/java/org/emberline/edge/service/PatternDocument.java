package org.emberline.edge.service;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.emberline.edge.pipeline.Snapshot.PatternView;

/** A pattern as bytes. Keys: detector, frame, t, unit, and the arrays radial, I, sigma, count, one entry per bin. */
final class PatternDocument {
    /** RFC 8746 section 2.1: typed arrays of IEEE 754 numbers, little end first. */
    private static final int TAG_FLOAT32_LE = 85;

    private static final int TAG_FLOAT64_LE = 86;
    private static final int KEYS = 8;

    private static final JsonFactory JSON = new JsonFactory();
    private static final CBORFactory CBOR = new CBORFactory();

    private PatternDocument() {}

    /** Arrays as typed arrays, bit for bit; an empty bin has NaN intensity. */
    static byte[] cbor(PatternView pattern) {
        return write(CBOR, pattern);
    }

    /** Arrays of numbers; null for NaN. */
    static byte[] json(PatternView pattern) {
        return write(JSON, pattern);
    }

    private static byte[] write(JsonFactory factory, PatternView pattern) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(32 * pattern.radial().length);
        try (JsonGenerator generator = factory.createGenerator(bytes)) {
            generator.writeStartObject(pattern, KEYS);
            generator.writeStringField("detector", pattern.detector());
            generator.writeNumberField("frame", pattern.frameIndex());
            generator.writeNumberField("t", Documents.unixSeconds(pattern.midNanos()));
            generator.writeStringField("unit", pattern.radialUnit());
            generator.writeFieldName("radial");
            doubles(generator, pattern.radial());
            generator.writeFieldName("I");
            floats(generator, pattern.intensity());
            generator.writeFieldName("sigma");
            floats(generator, pattern.sigma());
            generator.writeFieldName("count");
            floats(generator, pattern.count());
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory", e);
        }
        return bytes.toByteArray();
    }

    private static void doubles(JsonGenerator generator, double[] values) throws IOException {
        if (generator instanceof CBORGenerator cbor) {
            byte[] bytes = new byte[Double.BYTES * values.length];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer()
                    .put(values);
            cbor.writeTag(TAG_FLOAT64_LE);
            cbor.writeBinary(bytes);
            return;
        }
        generator.writeStartArray();
        for (double value : values) {
            if (Double.isFinite(value)) {
                generator.writeNumber(value);
            } else {
                generator.writeNull();
            }
        }
        generator.writeEndArray();
    }

    private static void floats(JsonGenerator generator, float[] values) throws IOException {
        if (generator instanceof CBORGenerator cbor) {
            byte[] bytes = new byte[Float.BYTES * values.length];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .put(values);
            cbor.writeTag(TAG_FLOAT32_LE);
            cbor.writeBinary(bytes);
            return;
        }
        generator.writeStartArray();
        for (float value : values) {
            if (Float.isFinite(value)) {
                generator.writeNumber(value);
            } else {
                generator.writeNull();
            }
        }
        generator.writeEndArray();
    }
}
