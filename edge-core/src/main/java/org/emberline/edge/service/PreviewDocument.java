package org.emberline.edge.service;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A map of optical density as CBOR. Keys: detector, frame, t (Unix seconds), quantity ({@code "optical_density"}), energy_kev, rows,
 * columns, pixel_nanometres, and the map itself, bit for bit: a multi-dimensional array in row-major order (tag 40) over a typed array
 * of float32, little end first (tag 85), both of RFC 8746. A pixel without a value is NaN. What is not known is null.
 */
final class PreviewDocument {
    /** No document is longer than this, whatever the map says. */
    static final int MOST_BYTES = 65_536;

    /** As many pixels as a square of 126 x 126 has, which leaves 2032 bytes for the rest. */
    static final int MOST_PIXELS = 126 * 126;

    private static final int TAG_ROW_MAJOR = 40;
    private static final int TAG_FLOAT32_LE = 85;
    private static final int KEYS = 9;
    private static final int MOST_NAME_CHARACTERS = 255;
    private static final CBORFactory CBOR = new CBORFactory();

    private PreviewDocument() {}

    /**
     * What a document is made of.
     *
     * @param detector name of the detector, at most 255 characters
     * @param frameIndex index of the frame in its run
     * @param midNanos middle of the exposure, nanoseconds since the Unix epoch
     * @param energyKev photon energy, NaN when it is not known
     * @param rows rows of the map
     * @param columns its columns; {@code rows * columns} is at most 126 * 126
     * @param pixelNanometres side of a pixel of the map in the sample, NaN when it is not known
     * @param opticalDensity row by row, NaN where there is no value; not copied
     */
    record Preview(
            String detector,
            long frameIndex,
            long midNanos,
            double energyKev,
            int rows,
            int columns,
            double pixelNanometres,
            float[] opticalDensity) {}

    /**
     * The document, at most {@link #MOST_BYTES} long.
     *
     * @throws IllegalArgumentException when the map has too many pixels or not as many as its rows and columns say, or the name is too long
     */
    static byte[] cbor(Preview preview) {
        requireSmall(preview);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Float.BYTES * preview.opticalDensity.length + 512);
        try (CBORGenerator generator = CBOR.createGenerator(bytes)) {
            generator.writeStartObject(preview, KEYS);
            generator.writeStringField("detector", preview.detector);
            generator.writeNumberField("frame", preview.frameIndex);
            generator.writeNumberField("t", Documents.unixSeconds(preview.midNanos));
            generator.writeStringField("quantity", "optical_density");
            known(generator, "energy_kev", preview.energyKev);
            generator.writeNumberField("rows", preview.rows);
            generator.writeNumberField("columns", preview.columns);
            known(generator, "pixel_nanometres", preview.pixelNanometres);
            generator.writeFieldName("map");
            map(generator, preview);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory", e);
        }
        return bytes.toByteArray();
    }

    private static void requireSmall(Preview preview) {
        long pixels = (long) preview.rows * preview.columns;
        if (preview.rows < 1 || preview.columns < 1 || pixels != preview.opticalDensity.length) {
            throw new IllegalArgumentException("not a map rows=" + preview.rows + " columns=" + preview.columns
                    + " values=" + preview.opticalDensity.length);
        }
        if (pixels > MOST_PIXELS) {
            throw new IllegalArgumentException("a preview has at most " + MOST_PIXELS + " pixels rows=" + preview.rows
                    + " columns=" + preview.columns);
        }
        if (preview.detector.length() > MOST_NAME_CHARACTERS) {
            throw new IllegalArgumentException("the detector's name must have at most " + MOST_NAME_CHARACTERS
                    + " characters, has " + preview.detector.length());
        }
    }

    private static void known(CBORGenerator generator, String key, double value) throws IOException {
        if (Double.isFinite(value)) {
            generator.writeNumberField(key, value);
        } else {
            generator.writeNullField(key);
        }
    }

    private static void map(CBORGenerator generator, Preview preview) throws IOException {
        byte[] values = new byte[Float.BYTES * preview.opticalDensity.length];
        ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(preview.opticalDensity);
        generator.writeTag(TAG_ROW_MAJOR);
        generator.writeStartArray(preview, 2);
        generator.writeStartArray(preview, 2);
        generator.writeNumber(preview.rows);
        generator.writeNumber(preview.columns);
        generator.writeEndArray();
        generator.writeTag(TAG_FLOAT32_LE);
        generator.writeBinary(values);
        generator.writeEndArray();
    }
}
