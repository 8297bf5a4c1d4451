package org.emberline.edge.service;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.emberline.edge.pipeline.Snapshot.MetricMapView;

/**
 * The map of a metric as CBOR: metric, definition, detector, frame, t, unit, rows, columns, factor (detector pixels per pixel of the map along
 * each axis) and {@code planes}, a map from the name of each to its values, row by row.
 */
final class MapDocument {
    /** RFC 8746 section 2.1: a typed array of IEEE 754 binary32 numbers, little end first. */
    private static final int TAG_FLOAT32_LE = 85;

    private static final int KEYS = 10;
    private static final int FRAME = 256;
    private static final CBORFactory CBOR = new CBORFactory();

    private MapDocument() {}

    static byte[] cbor(MetricMapView view) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Float.BYTES * view.values().length + FRAME);
        try (CBORGenerator cbor = CBOR.createGenerator(bytes)) {
            cbor.writeStartObject(view, KEYS);
            cbor.writeStringField("metric", view.metric().name());
            cbor.writeStringField("definition", view.metric().definition());
            cbor.writeStringField("detector", view.detector());
            cbor.writeNumberField("frame", view.frameIndex());
            cbor.writeNumberField("t", Documents.unixSeconds(view.midNanos()));
            cbor.writeStringField("unit", view.layout().unit());
            cbor.writeNumberField("rows", view.layout().shape().rows());
            cbor.writeNumberField("columns", view.layout().shape().columns());
            cbor.writeNumberField("factor", view.layout().factor());
            planes(cbor, view);
            cbor.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing into memory", e);
        }
        return bytes.toByteArray();
    }

    private static void planes(CBORGenerator cbor, MetricMapView view) throws IOException {
        int pixels = view.layout().shape().pixels();
        cbor.writeFieldName("planes");
        cbor.writeStartObject(view, view.layout().planes().size());
        for (int i = 0; i < view.layout().planes().size(); i++) {
            byte[] plane = new byte[Float.BYTES * pixels];
            ByteBuffer.wrap(plane)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .put(view.values(), i * pixels, pixels);
            cbor.writeFieldName(view.layout().planes().get(i));
            cbor.writeTag(TAG_FLOAT32_LE);
            cbor.writeBinary(plane);
        }
        cbor.writeEndObject();
    }
}
