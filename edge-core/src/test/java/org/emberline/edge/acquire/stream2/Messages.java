package org.emberline.edge.acquire.stream2;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes CBOR item by item, right or wrong. */
final class Messages {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] bytes() {
        return out.toByteArray();
    }

    Messages head(int major, long value) {
        ByteBuffer bytes = ByteBuffer.allocate(9);
        if (value >= 0 && value < 24) {
            bytes.put((byte) ((major << 5) | value));
        } else if (value >= 0 && value < 256) {
            bytes.put((byte) ((major << 5) | 24)).put((byte) value);
        } else {
            bytes.put((byte) ((major << 5) | 27)).putLong(value);
        }
        out.write(bytes.array(), 0, bytes.position());
        return this;
    }

    Messages map(long entries) {
        return head(CborReader.MAP, entries);
    }

    Messages array(long entries) {
        return head(CborReader.ARRAY, entries);
    }

    Messages tag(long number) {
        return head(CborReader.TAG, number);
    }

    Messages integer(long value) {
        return value >= 0 ? head(CborReader.UNSIGNED, value) : head(CborReader.NEGATIVE, -1 - value);
    }

    Messages text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return head(CborReader.TEXT, bytes.length).raw(bytes);
    }

    Messages bytes(byte[] bytes) {
        return head(CborReader.BYTES, bytes.length).raw(bytes);
    }

    Messages raw(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
        return this;
    }

    Messages raw(int... bytes) {
        for (int each : bytes) {
            out.write(each);
        }
        return this;
    }

    Messages number(double value) {
        return raw(ByteBuffer.allocate(9).put((byte) 0xfb).putDouble(value).array());
    }

    Messages series(String type) {
        return text("type")
                .text(type)
                .text("series_unique_id")
                .text("01AB")
                .text("series_id")
                .integer(7);
    }

    Messages time(String key, long ticks, long perSecond) {
        return text(key).array(2).integer(ticks).integer(perSecond);
    }

    Messages pixels(int rows, int columns, int tag, byte[] stored) {
        return tag(40).array(2).array(2).integer(rows).integer(columns).tag(tag).bytes(stored);
    }
}
