package org.emberline.edge.acquire.stream2;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Reads CBOR (RFC 8949) item by item where it lies, so that the bytes of an image are not copied. Definite lengths only, as the detectors write;
 * every length is checked against what is left. One thread.
 */
final class CborReader {
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;
    static final int SIMPLE = 7;

    private static final int DEEPEST = 16;
    private static final int HALF = 25;
    private static final int SINGLE = 26;
    private static final int DOUBLE = 27;

    private final byte[] message;
    private int at;
    private int extra;

    CborReader(byte[] message) {
        this.message = message;
    }

    /** Where the next item begins, or after {@link #bytes} where its content does. */
    int position() {
        return at;
    }

    boolean atEnd() {
        return at == message.length;
    }

    /** The major type of the next item. */
    int next() throws StreamException {
        need(1);
        return (message[at] & 0xff) >> 5;
    }

    /** Whether the next item is that of the simple values (20 false, 21 true, 22 null, 23 undefined). */
    boolean nextIsSimple(int value) {
        return at < message.length && (message[at] & 0xff) == ((SIMPLE << 5) | value);
    }

    /** Number of entries of a map or array, which are not more than there are bytes left. */
    int count(int major) throws StreamException {
        long count = head(major);
        if (count < 0 || count > message.length - at) {
            throw wrong("more entries than there are bytes: " + Long.toUnsignedString(count));
        }
        return (int) count;
    }

    /** The number of a tag. */
    long tag() throws StreamException {
        return head(TAG);
    }

    /** An integer that fits 64 bits with sign. */
    long integer() throws StreamException {
        int major = next();
        if (major != UNSIGNED && major != NEGATIVE) {
            throw wrong("no integer");
        }
        long value = head(major);
        if (value < 0) {
            throw wrong("an integer of more than 63 bits");
        }
        return major == UNSIGNED ? value : -1 - value;
    }

    /** A float or an integer as a double. */
    double number() throws StreamException {
        int major = next();
        if (major == UNSIGNED || major == NEGATIVE) {
            return integer();
        }
        if (major != SIMPLE) {
            throw wrong("no number");
        }
        long bits = head(SIMPLE);
        return switch (extra) {
            case HALF -> Float.float16ToFloat((short) bits);
            case SINGLE -> Float.intBitsToFloat((int) bits);
            case DOUBLE -> Double.longBitsToDouble(bits);
            default -> throw wrong("no number");
        };
    }

    String text() throws StreamException {
        int length = length(TEXT);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(message, at, length))
                    .toString();
            at += length;
            return text;
        } catch (CharacterCodingException e) {
            throw wrong("text that is no UTF-8");
        }
    }

    /** Passes a byte string and says how long it is: its content ends at {@link #position}. */
    int bytes() throws StreamException {
        int length = length(BYTES);
        at += length;
        return length;
    }

    /** Passes one item with all that is in it. */
    void skip() throws StreamException {
        skip(0);
    }

    private void skip(int depth) throws StreamException {
        if (depth > DEEPEST) {
            throw wrong("items within items deeper than " + DEEPEST);
        }
        int major = next();
        switch (major) {
            case BYTES, TEXT -> {
                int length = length(major);
                at += length;
            }
            case ARRAY -> skip(count(ARRAY), depth);
            case MAP -> skip(2L * count(MAP), depth);
            case TAG -> {
                var _ = tag();
                skip(depth + 1);
            }
            default -> {
                var _ = head(major);
            }
        }
    }

    private void skip(long items, int depth) throws StreamException {
        for (long i = 0; i < items; i++) {
            skip(depth + 1);
        }
    }

    private int length(int major) throws StreamException {
        long length = head(major);
        if (length < 0 || length > message.length - at) {
            throw wrong("a length beyond the message: " + Long.toUnsignedString(length) + ", left "
                    + (message.length - at));
        }
        return (int) length;
    }

    /** The argument of the next item, which must be of that type; {@link #extra} tells how it is written. */
    private long head(int major) throws StreamException {
        int begin = at;
        if (next() != major) {
            throw wrong("an item of type " + next() + " instead of " + major);
        }
        extra = message[at++] & 31;
        if (extra < 24) {
            return extra;
        }
        if (extra > DOUBLE) {
            at = begin;
            throw wrong("an indefinite length, or what RFC 8949 leaves open");
        }
        int bytes = 1 << (extra - 24);
        need(bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = (value << 8) | (message[at++] & 0xff);
        }
        return value;
    }

    private void need(int bytes) throws StreamException {
        if (message.length - at < bytes) {
            throw wrong("the message ends");
        }
    }

    StreamException wrong(String what) {
        String here =
                at < message.length ? ", which begins with " + HexFormat.of().toHexDigits(message[at]) : "";
        return new StreamException("CBOR at byte " + at + here + ": " + what);
    }
}
