package org.emberline.edge.acquire.stream2;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.emberline.edge.acquire.stream2.StreamImage.Encoding;
import org.emberline.gpu.PixelFormat;

/** Writes the messages of one series as an Eiger does, CBOR by a library. One thread. */
public final class StreamWriter {
    private static final CBORFactory CBOR = new CBORFactory();
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSxxx").withZone(ZoneOffset.UTC);
    private static final int SELF_DESCRIBED = 55799;
    private static final int DATE_TAG = 0;
    private static final int ROW_MAJOR = 40;
    private static final int COMPRESSED = 56500;
    private static final int USUAL_BYTES = 2000;
    private static final long NANOS = 1_000_000_000;

    private final Series series;
    private final StreamCompression compression = new StreamCompression();

    /**
     * What holds for a whole series.
     *
     * @param uniqueId of letters and digits
     * @param number running number
     * @param begun the zero of the exposures' times
     * @param channel name of the only image of each message
     */
    public record Series(
            String uniqueId,
            long number,
            Instant begun,
            String channel,
            int rows,
            int columns,
            PixelFormat format,
            Encoding encoding) {}

    private interface Entries {
        void write(CBORGenerator out) throws IOException;
    }

    public StreamWriter(Series series) {
        this.series = series;
    }

    /**
     * The start message.
     *
     * @param images that will follow
     * @param frameSeconds from one exposure to the next
     * @param beam what the detector is told of beam and place; NaN for what it is not told
     * @param saturation counts from which a pixel is saturated; infinity to leave it out
     */
    public byte[] start(long images, double frameSeconds, StreamExpectation.Beam beam, double saturation) {
        return message("start", 20, 0, out -> {
            date(out, "arm_date");
            out.writeFieldName("channels");
            out.writeStartArray(null, 1);
            out.writeString(series.channel());
            out.writeEndArray();
            number(out, "count_time", frameSeconds);
            number(out, "frame_time", frameSeconds);
            out.writeStringField("detector_description", "emberline simulate");
            out.writeFieldName("detector_translation");
            out.writeStartArray(null, 3);
            out.writeNumber(0.0);
            out.writeNumber(0.0);
            out.writeNumber(beam.distanceMetres());
            out.writeEndArray();
            out.writeStringField("image_dtype", dtype());
            out.writeNumberField("image_size_x", series.columns());
            out.writeNumberField("image_size_y", series.rows());
            number(out, "incident_wavelength", beam.wavelengthAngstrom());
            out.writeNumberField("number_of_images", images);
            number(out, "pixel_size_x", beam.pixelMetresX());
            number(out, "pixel_size_y", beam.pixelMetresY());
            number(out, "saturation_value", saturation);
            out.writeBooleanField("pixel_mask_enabled", false);
            out.writeBooleanField("flatfield_enabled", false);
            out.writeBooleanField("countrate_correction_enabled", false);
        });
    }

    /** The pixels of an image as they are sent. */
    public record Stored(byte[] bytes) {}

    /**
     * Compresses an image as the series wants it.
     *
     * @param pixels little-endian, row by row; at least as many as the series has
     */
    public Stored store(MemorySegment pixels) {
        byte[] plain =
                new byte[series.rows() * series.columns() * series.format().bytes()];
        MemorySegment.copy(pixels, ValueLayout.JAVA_BYTE, 0, plain, 0, plain.length);
        return new Stored(
                switch (series.encoding()) {
                    case PLAIN -> plain;
                    case LZ4 -> compression.lz4(plain);
                    case BSLZ4 -> compression.bslz4(plain, series.format().bytes());
                });
    }

    /**
     * The message of one image.
     *
     * @param startNanos begin of the exposure after the begin of the series
     */
    public byte[] image(long imageId, long startNanos, long stopNanos, MemorySegment pixels) {
        return image(imageId, startNanos, stopNanos, store(pixels));
    }

    /** The same of an image that was stored before. */
    public byte[] image(long imageId, long startNanos, long stopNanos, Stored pixels) {
        return message("image", 9, pixels.bytes().length, out -> {
            out.writeNumberField("image_id", imageId);
            time(out, "real_time", stopNanos - startNanos);
            date(out, "series_date");
            time(out, "start_time", startNanos);
            time(out, "stop_time", stopNanos);
            out.writeFieldName("data");
            out.writeStartObject(null, 1);
            out.writeFieldName(series.channel());
            array(out, pixels);
            out.writeEndObject();
        });
    }

    /** The end message. */
    public byte[] end() {
        return message("end", 3, 0, _ -> {});
    }

    private byte[] message(String type, int entries, int imageBytes, Entries rest) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(imageBytes + USUAL_BYTES);
        try (CBORGenerator out = CBOR.createGenerator(bytes)) {
            out.writeTag(SELF_DESCRIBED);
            out.writeStartObject(null, entries);
            out.writeStringField("type", type);
            out.writeNumberField("series_id", series.number());
            out.writeStringField("series_unique_id", series.uniqueId());
            rest.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private void date(CBORGenerator out, String key) throws IOException {
        out.writeFieldName(key);
        out.writeTag(DATE_TAG);
        out.writeString(DATE.format(series.begun()));
    }

    private static void time(CBORGenerator out, String key, long nanos) throws IOException {
        out.writeFieldName(key);
        out.writeStartArray(null, 2);
        out.writeNumber(nanos);
        out.writeNumber(NANOS);
        out.writeEndArray();
    }

    private static void number(CBORGenerator out, String key, double value) throws IOException {
        out.writeFieldName(key);
        if (Double.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeNull();
        }
    }

    private void array(CBORGenerator out, Stored pixels) throws IOException {
        out.writeTag(ROW_MAJOR);
        out.writeStartArray(null, 2);
        out.writeStartArray(null, 2);
        out.writeNumber(series.rows());
        out.writeNumber(series.columns());
        out.writeEndArray();
        out.writeTag(tag());
        switch (series.encoding()) {
            case PLAIN -> out.writeBinary(pixels.bytes());
            case LZ4 -> compressed(out, "lz4", pixels.bytes());
            case BSLZ4 -> compressed(out, "bslz4", pixels.bytes());
        }
        out.writeEndArray();
    }

    private void compressed(CBORGenerator out, String algorithm, byte[] stored) throws IOException {
        out.writeTag(COMPRESSED);
        out.writeStartArray(null, 3);
        out.writeString(algorithm);
        out.writeNumber(series.format().bytes());
        out.writeBinary(stored);
        out.writeEndArray();
    }

    /** RFC 8746, table 1. */
    private int tag() {
        return switch (series.format()) {
            case U8 -> 64;
            case U16 -> 69;
            case U32 -> 70;
            case I16 -> 77;
            case I32 -> 78;
            case F32 -> 85;
        };
    }

    private String dtype() {
        return StreamExpectation.dtype(series.format());
    }
}
