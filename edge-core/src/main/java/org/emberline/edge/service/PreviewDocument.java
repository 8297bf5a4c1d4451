package org.emberline.edge.service;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import org.emberline.edge.pipeline.Snapshot.MapView;
import org.emberline.edge.pipeline.Snapshot.PreviewView;

/**
 * A radiograph as a CBOR map of at most {@value #LIMIT} bytes: detector, frame, t, energy_kev (null when unknown), rows, columns, factor
 * (detector pixels per pixel along each axis) and optical_density, row by row, NaN where nothing is known.
 */
final class PreviewDocument {
    static final int LIMIT = 65_536;

    /** RFC 8746 section 2.1: a typed array of IEEE 754 binary16 numbers, little end first. */
    private static final int TAG_FLOAT16_LE = 84;

    private static final int KEYS = 8;
    /** The map without its array and the detector's name, which comes twice a character at most. */
    private static final int FRAME = 160;

    private static final CBORFactory CBOR = new CBORFactory();

    private PreviewDocument() {}

    /** The largest map of the preview that fits; its smallest, should none fit. */
    static MapView fitting(PreviewView preview) {
        for (MapView map : preview.maps()) {
            if (map.opticalDensity().length * Short.BYTES
                            + FRAME
                            + 2 * preview.detector().length()
                    <= LIMIT) {
                return map;
            }
        }
        return preview.maps().getLast();
    }

    static byte[] cbor(PreviewView preview) {
        MapView map = fitting(preview);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Short.BYTES * map.opticalDensity().length + FRAME);
        try (CBORGenerator cbor = CBOR.createGenerator(bytes)) {
            cbor.writeStartObject(preview, KEYS);
            cbor.writeStringField("detector", preview.detector());
            cbor.writeNumberField("frame", preview.frameIndex());
            cbor.writeNumberField("t", Documents.unixSeconds(preview.midNanos()));
            cbor.writeFieldName("energy_kev");
            if (Double.isNaN(preview.energyKev())) {
                cbor.writeNull();
            } else {
                cbor.writeNumber(preview.energyKev());
            }
            cbor.writeNumberField("rows", map.rows());
            cbor.writeNumberField("columns", map.columns());
            cbor.writeNumberField("factor", map.factor());
            cbor.writeFieldName("optical_density");
            cbor.writeTag(TAG_FLOAT16_LE);
            cbor.writeBinary(halves(map.opticalDensity()));
            cbor.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory", e);
        }
        return bytes.toByteArray();
    }

    /** Half precision is 5e-4 of the value, far below the noise of a pixel. */
    private static byte[] halves(float[] values) {
        byte[] bytes = new byte[Short.BYTES * values.length];
        ShortBuffer halves =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        for (float value : values) {
            halves.put(Float.floatToFloat16(value));
        }
        return bytes;
    }
}
