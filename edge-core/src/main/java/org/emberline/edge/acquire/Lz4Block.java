package org.emberline.edge.acquire;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;

/** Decodes LZ4 blocks (lz4_Block_format.md): sequences of literals and of matches with what was decoded before. */
final class Lz4Block {
    private static final int SHORTEST_MATCH = 4;
    private static final int LONGER = 15;

    private final ByteBuffer from;
    private final byte[] into;
    private int at;

    private Lz4Block(ByteBuffer from, byte[] into) {
        this.from = from;
        this.into = into;
    }

    /**
     * Decodes one block.
     *
     * @param from exactly the block
     * @param into room for the decoded bytes
     * @return number of decoded bytes
     * @throws DataFormatException when the block is cut off, too long, or points before its begin
     */
    static int decode(ByteBuffer from, byte[] into) throws DataFormatException {
        Lz4Block block = new Lz4Block(from, into);
        block.decode();
        return block.at;
    }

    private void decode() throws DataFormatException {
        while (from.hasRemaining()) {
            int token = from.get() & 0xff;
            literals(length(token >> 4));
            if (from.hasRemaining()) {
                match(token & 15);
            }
        }
    }

    private int length(int nibble) throws DataFormatException {
        int length = nibble;
        int more = nibble == LONGER ? 255 : 0;
        while (more == 255) {
            need(1);
            more = from.get() & 0xff;
            length += more;
            if (length > into.length) {
                throw new DataFormatException("LZ4 run too long");
            }
        }
        return length;
    }

    private void literals(int length) throws DataFormatException {
        need(length);
        room(length);
        from.get(into, at, length);
        at += length;
    }

    private void match(int nibble) throws DataFormatException {
        need(2);
        int distance = (from.get() & 0xff) | ((from.get() & 0xff) << 8);
        int length = length(nibble) + SHORTEST_MATCH;
        if (distance == 0 || distance > at) {
            throw new DataFormatException("LZ4 match outside of the block");
        }
        room(length);
        if (distance >= length) {
            System.arraycopy(into, at - distance, into, at, length);
            at += length;
            return;
        }
        // A match may overlap what it writes: that is how a run is written.
        for (int end = at + length; at < end; at++) {
            into[at] = into[at - distance];
        }
    }

    private void need(int count) throws DataFormatException {
        if (from.remaining() < count) {
            throw new DataFormatException("LZ4 block is cut off");
        }
    }

    private void room(int count) throws DataFormatException {
        if (count > into.length - at) {
            throw new DataFormatException("LZ4 block is too long");
        }
    }
}
