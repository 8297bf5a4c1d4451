package org.emberline.gpu.bslz4;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Decodes LZ4 blocks (lz4_Block_format.md): sequences of literals and of matches with what was decoded before; the last has literals
 * only. Every length is checked before anything is copied. One thread at a time.
 */
final class Lz4Block {
    /** Bytes behind what is read and written that may be read and overwritten as well, so that short copies need no loop. */
    static final int SLACK = 16;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int SHORTEST_MATCH = 4;
    private static final int LONGER = 15;
    /** Beyond this the processor's own block copy is faster. */
    private static final int SHORT_MATCH = 64;

    private int in;
    private int end;
    private int out;
    private int needed;

    /** The most bytes to which LZ4 makes a block grow. */
    static int mostStoredBytes(int decodedBytes) {
        return (int) Math.min(Integer.MAX_VALUE - SLACK, decodedBytes + decodedBytes / 255L + 16);
    }

    /**
     * Decodes one block.
     *
     * @param from the block and {@link #SLACK} more
     * @param stored bytes of the block
     * @param into room for the decoded bytes and {@link #SLACK} more
     * @param decoded bytes that the block must decode to
     * @throws CorruptChunkException when the block is cut off, decodes to more or less, or points before its begin
     */
    void decode(byte[] from, int stored, byte[] into, int decoded) throws CorruptChunkException {
        in = 0;
        end = stored;
        out = 0;
        needed = decoded;
        while (true) {
            need(1);
            int token = from[in++] & 0xff;
            literals(from, into, length(from, token >> 4));
            if (in == end) {
                break;
            }
            match(from, into, token & 15);
        }
        if (out != needed) {
            throw new CorruptChunkException("LZ4 block decodes to bytes=" + out + ", needed=" + needed);
        }
    }

    private int length(byte[] from, int nibble) throws CorruptChunkException {
        int length = nibble;
        int more = nibble == LONGER ? 255 : 0;
        while (more == 255) {
            need(1);
            more = from[in++] & 0xff;
            length += more;
            room(length);
        }
        return length;
    }

    private void literals(byte[] from, byte[] into, int length) throws CorruptChunkException {
        need(length);
        room(length);
        if (length <= 2 * Long.BYTES) {
            LONG.set(into, out, (long) LONG.get(from, in));
            LONG.set(into, out + Long.BYTES, (long) LONG.get(from, in + Long.BYTES));
        } else {
            System.arraycopy(from, in, into, out, length);
        }
        in += length;
        out += length;
    }

    private void match(byte[] from, byte[] into, int nibble) throws CorruptChunkException {
        need(2);
        int distance = (from[in] & 0xff) | ((from[in + 1] & 0xff) << 8);
        in += 2;
        int length = length(from, nibble) + SHORTEST_MATCH;
        if (distance == 0 || distance > out) {
            throw new CorruptChunkException(
                    "LZ4 match begins outside of the block distance=" + distance + " at=" + out);
        }
        room(length);
        int at = out;
        int source = at - distance;
        if (length > SHORT_MATCH) {
            repeat(into, source, at, length);
        } else if (distance >= Long.BYTES) {
            for (int i = 0; i < length; i += Long.BYTES) {
                LONG.set(into, at + i, (long) LONG.get(into, source + i));
            }
        } else {
            for (int i = 0; i < length; i++) {
                into[at + i] = into[source + i];
            }
        }
        out = at + length;
    }

    /** A match may overlap what it writes: that is how a run is written. Each copy is as long as all that is known of the run. */
    private static void repeat(byte[] bytes, int source, int at, int length) {
        int distance = at - source;
        int done = Math.min(distance, length);
        if (distance < Long.BYTES) {
            done = SHORT_MATCH / distance * distance;
            for (int i = 0; i < done; i++) {
                bytes[at + i] = bytes[source + i];
            }
        } else {
            System.arraycopy(bytes, source, bytes, at, done);
        }
        while (done < length) {
            int count = Math.min(done, length - done);
            System.arraycopy(bytes, at, bytes, at + done, count);
            done += count;
        }
    }

    private void need(int count) throws CorruptChunkException {
        if (count > end - in) {
            throw new CorruptChunkException("LZ4 block is cut off stored=" + end);
        }
    }

    private void room(int count) throws CorruptChunkException {
        if (count > needed - out) {
            throw new CorruptChunkException("LZ4 block decodes to more than needed=" + needed);
        }
    }
}
