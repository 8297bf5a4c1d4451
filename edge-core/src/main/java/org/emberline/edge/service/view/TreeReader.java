package org.emberline.edge.service.view;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON or CBOR from a stranger as maps, lists, strings, booleans, doubles, longs, byte arrays and null. The floating-point typed
 * arrays of RFC 8746 become lists of doubles.
 */
final class TreeReader {
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(16)
            .maxDocumentLength(4 << 20)
            .maxStringLength(1 << 20)
            .maxNameLength(1024)
            .maxNumberLength(400)
            .build();

    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();
    private static final CBORFactory CBOR =
            CBORFactory.builder().streamReadConstraints(LIMITS).build();

    private TreeReader() {}

    static @Nullable Object json(byte[] bytes) throws IOException {
        return read("JSON", JSON, bytes);
    }

    static @Nullable Object cbor(byte[] bytes) throws IOException {
        return read("CBOR", CBOR, bytes);
    }

    private static @Nullable Object read(String kind, JsonFactory factory, byte[] bytes) throws IOException {
        try (JsonParser parser = factory.createParser(bytes)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new IOException("is empty");
            }
            Object tree = value(parser, first);
            if (parser.nextToken() != null) {
                throw new IOException("has bytes after its end");
            }
            return tree;
        } catch (JacksonException e) {
            throw new IOException("the answer is not " + kind + ": " + Cell.safe(e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new IOException("the answer is not " + kind + ": " + Cell.safe(String.valueOf(e.getMessage())), e);
        }
    }

    private static @Nullable Object value(JsonParser parser, @Nullable JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> map(parser);
            case START_ARRAY -> list(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_EMBEDDED_OBJECT -> bytes(parser);
            case null, default -> throw new IOException("ends early");
        };
    }

    private static Object integer(JsonParser parser) throws IOException {
        double approximate = parser.getDoubleValue();
        return Math.abs(approximate) < 0x1p62 ? (Object) parser.getLongValue() : (Object) approximate;
    }

    private static Map<String, @Nullable Object> map(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
            String key = parser.currentName();
            if (token != JsonToken.FIELD_NAME || key == null) {
                throw new IOException("ends early");
            }
            map.put(key, value(parser, parser.nextToken()));
        }
        return map;
    }

    private static List<@Nullable Object> list(JsonParser parser) throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(value(parser, token));
        }
        return list;
    }

    private static @Nullable Object bytes(JsonParser parser) throws IOException {
        if (!(parser instanceof CBORParser cbor)) {
            throw new IOException("has bytes");
        }
        int tag = cbor.getCurrentTag();
        Object embedded = parser.getEmbeddedObject();
        // Jackson shows CBOR's "undefined" and unknown simple values as embedded objects too.
        return embedded instanceof byte[] bytes ? typedArray(tag, bytes) : null;
    }

    /** RFC 8746 section 2.1: 80 to 82 big-endian and 84 to 86 little-endian float16, float32 and float64. */
    private static Object typedArray(int tag, byte[] bytes) throws IOException {
        return switch (tag) {
            case 80 -> halves(bytes, ByteOrder.BIG_ENDIAN);
            case 81 -> floats(bytes, ByteOrder.BIG_ENDIAN);
            case 82 -> doubles(bytes, ByteOrder.BIG_ENDIAN);
            case 84 -> halves(bytes, ByteOrder.LITTLE_ENDIAN);
            case 85 -> floats(bytes, ByteOrder.LITTLE_ENDIAN);
            case 86 -> doubles(bytes, ByteOrder.LITTLE_ENDIAN);
            default -> bytes;
        };
    }

    private static List<Object> halves(byte[] bytes, ByteOrder order) throws IOException {
        ByteBuffer buffer = whole(bytes, Short.BYTES, order);
        List<Object> list = new ArrayList<>(bytes.length / Short.BYTES);
        while (buffer.hasRemaining()) {
            list.add((double) Float.float16ToFloat(buffer.getShort()));
        }
        return list;
    }

    private static List<Object> floats(byte[] bytes, ByteOrder order) throws IOException {
        ByteBuffer buffer = whole(bytes, Float.BYTES, order);
        List<Object> list = new ArrayList<>(bytes.length / Float.BYTES);
        while (buffer.hasRemaining()) {
            // By way of decimal, so that 0.1f is shown as 0.1.
            list.add(Double.parseDouble(Float.toString(buffer.getFloat())));
        }
        return list;
    }

    private static List<Object> doubles(byte[] bytes, ByteOrder order) throws IOException {
        ByteBuffer buffer = whole(bytes, Double.BYTES, order);
        List<Object> list = new ArrayList<>(bytes.length / Double.BYTES);
        while (buffer.hasRemaining()) {
            list.add(buffer.getDouble());
        }
        return list;
    }

    private static ByteBuffer whole(byte[] bytes, int width, ByteOrder order) throws IOException {
        if (bytes.length % width != 0) {
            throw new IOException("has a typed array of bytes=" + bytes.length + ", no multiple of " + width);
        }
        return ByteBuffer.wrap(bytes).order(order);
    }
}
