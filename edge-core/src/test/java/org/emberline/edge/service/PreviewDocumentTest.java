package org.emberline.edge.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.upokecenter.cbor.CBORObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.emberline.edge.service.PreviewDocument.Preview;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another CBOR library decodes what we write. */
class PreviewDocumentTest {

    private static float[] noise(int values) {
        Random random = new Random(values);
        float[] noise = new float[values];
        for (int i = 0; i < values; i++) {
            noise[i] = i % 7 == 3 ? Float.NaN : (float) random.nextGaussian();
        }
        return noise;
    }

    private static Preview preview(String detector, int rows, int columns, int values) {
        return new Preview(detector, 7, 1_500_000_000L, 8.4, rows, columns, 34.4, noise(values));
    }

    /** The map as RFC 8746 says it: tag 40 over the sizes and a typed array with tag 85. */
    private static float[] map(CBORObject map, int rows, int columns) {
        assertEquals(40, map.getMostOuterTag().ToInt32Checked());
        assertEquals(2, map.size());
        assertEquals(CBORObject.FromObject(new int[] {rows, columns}), map.get(0));
        CBORObject values = map.get(1);
        assertEquals(85, values.getMostOuterTag().ToInt32Checked());
        float[] floats = new float[rows * columns];
        ByteBuffer bytes = ByteBuffer.wrap(values.GetByteString()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().get(floats);
        assertEquals(Float.BYTES * floats.length, bytes.capacity());
        return floats;
    }

    @Test
    void everyKeyIsThere() {
        CBORObject document = CBORObject.DecodeFromBytes(PreviewDocument.cbor(preview("camera", 3, 5, 15)));
        Set<String> keys = document.getKeys().stream().map(CBORObject::AsString).collect(Collectors.toSet());
        assertEquals(
                Set.of(
                        "detector",
                        "frame",
                        "t",
                        "quantity",
                        "energy_kev",
                        "rows",
                        "columns",
                        "pixel_nanometres",
                        "map"),
                keys);
        assertEquals("camera", document.get("detector").AsString());
        assertEquals(7, document.get("frame").AsInt64Value());
        assertEquals(1.5, document.get("t").AsDoubleValue());
        assertEquals("optical_density", document.get("quantity").AsString());
        assertEquals(8.4, document.get("energy_kev").AsDoubleValue());
        assertEquals(3, document.get("rows").AsInt32());
        assertEquals(5, document.get("columns").AsInt32());
        assertEquals(34.4, document.get("pixel_nanometres").AsDoubleValue());
        assertArrayEquals(noise(15), map(document.get("map"), 3, 5));
    }

    @Test
    void whatIsNotKnownIsNull() {
        Preview unknown = new Preview("camera", 0, 0, Double.NaN, 1, 2, Double.NaN, new float[2]);
        CBORObject document = CBORObject.DecodeFromBytes(PreviewDocument.cbor(unknown));
        assertTrue(document.get("energy_kev").isNull());
        assertTrue(document.get("pixel_nanometres").isNull());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "64, 64", "126, 126", "15876, 1"})
    void nothingThatFitsExceeds64KiB(int rows, int columns) {
        String longest = "\u9f8d".repeat(255);
        Preview worst =
                new Preview(longest, Long.MIN_VALUE, Long.MIN_VALUE, 0.1, rows, columns, 0.1, noise(rows * columns));
        byte[] bytes = PreviewDocument.cbor(worst);
        assertTrue(bytes.length <= 65_536, "bytes=" + bytes.length);
        CBORObject document = CBORObject.DecodeFromBytes(bytes);
        assertEquals(longest, document.get("detector").AsString());
        assertArrayEquals(noise(rows * columns), map(document.get("map"), rows, columns));
    }

    @ParameterizedTest
    @CsvSource({
        "126, 127, 16002, 3, 'a preview has at most 15876 pixels rows=126 columns=127'",
        "70000, 70000, 16, 3, 'not a map rows=70000 columns=70000 values=16'",
        "4, 5, 19, 3, 'not a map rows=4 columns=5 values=19'",
        "0, 5, 0, 3, 'not a map rows=0 columns=5 values=0'",
        "4, 5, 20, 256, 'the detector''s name must have at most 255 characters, has 256'"
    })
    void refusesWhatDoesNotFit(int rows, int columns, int values, int nameLength, String message) {
        Preview preview = preview("x".repeat(nameLength), rows, columns, values);
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> PreviewDocument.cbor(preview));
        assertEquals(message, e.getMessage());
    }
}
