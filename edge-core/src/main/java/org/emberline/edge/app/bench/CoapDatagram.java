package org.emberline.edge.app.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * As much of CoAP's message format (RFC 7252 section 3) as a load generator needs: it is to cost little beside what it measures, and to share no
 * code with it.
 */
final class CoapDatagram {
    static final int CONFIRMABLE = 0;
    static final int ACKNOWLEDGEMENT = 2;
    private static final int GET = 1;
    private static final int TOKEN_BYTES = 4;
    private static final int OBSERVE = 6;
    private static final int URI_PATH = 11;
    private static final int ACCEPT = 17;
    private static final int PAYLOAD_MARKER = 0xff;
    private static final int EXTENDED = 13;
    private static final int EXTENDED_TWICE = 14;
    private static final int EXTENDED_TWICE_BASE = 269;

    private CoapDatagram() {}

    /** What a GET says about observing (RFC 7641 section 2). */
    enum Observe {
        SILENT,
        REGISTER,
        DEREGISTER
    }

    /** A confirmable GET; {@code accept} below 0 for none. */
    static ByteBuffer get(int messageId, int token, String path, int accept, Observe observe) {
        ByteBuffer out = ByteBuffer.allocate(256);
        out.put((byte) (0x40 | TOKEN_BYTES)).put((byte) GET).putShort((short) messageId);
        out.putInt(token);
        int last = 0;
        if (observe != Observe.SILENT) {
            option(out, OBSERVE, observe == Observe.REGISTER ? new byte[0] : new byte[] {1});
            last = OBSERVE;
        }
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                option(out, URI_PATH - last, segment.getBytes(StandardCharsets.UTF_8));
                last = URI_PATH;
            }
        }
        if (accept >= 0) {
            option(out, ACCEPT - last, new byte[] {(byte) accept});
        }
        return out.flip();
    }

    /** Short ones only: a delta below 13 and fewer than 13 bytes. */
    private static void option(ByteBuffer out, int delta, byte[] value) {
        if (delta >= EXTENDED || value.length >= EXTENDED) {
            throw new IllegalArgumentException("the load generator knows short options only");
        }
        out.put((byte) (delta << 4 | value.length)).put(value);
    }

    /** The empty acknowledgement of a message. */
    static ByteBuffer acknowledgement(ByteBuffer message) {
        return ByteBuffer.allocate(4)
                .put((byte) (0x40 | ACKNOWLEDGEMENT << 4))
                .put((byte) 0)
                .putShort(message.getShort(message.position() + 2))
                .flip();
    }

    static int type(ByteBuffer message) {
        return message.get(message.position()) >> 4 & 3;
    }

    /** Class and detail in one, 0x45 for 2.05. */
    static int code(ByteBuffer message) {
        return message.get(message.position() + 1) & 0xff;
    }

    /** What follows the payload marker, a view; empty when nothing does. */
    static ByteBuffer payload(ByteBuffer message) {
        ByteBuffer rest = message.slice();
        rest.position(4 + (message.get(message.position()) & 0xf));
        while (rest.hasRemaining()) {
            int first = rest.get() & 0xff;
            if (first == PAYLOAD_MARKER) {
                return rest.slice();
            }
            extended(rest, first >> 4);
            int length = extended(rest, first & 0xf);
            rest.position(rest.position() + length);
        }
        return rest.slice();
    }

    private static int extended(ByteBuffer rest, int nibble) {
        return switch (nibble) {
            case EXTENDED -> EXTENDED + (rest.get() & 0xff);
            case EXTENDED_TWICE -> EXTENDED_TWICE_BASE + (rest.getShort() & 0xffff);
            default -> nibble;
        };
    }
}
