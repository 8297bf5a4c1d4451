package org.emberline.gpu.bslz4;

import java.nio.ByteBuffer;

/**
 * Decodes whole chunks of the LZ4 filter of HDF5 (number 32004): decoded bytes as a 64-bit and block bytes as a 32-bit number, big-endian, then each
 * block behind its stored bytes, 32 bits; a block that takes as many bytes stored as decoded is not compressed. Source: HDF Group, registered filter
 * plugins, LZ4 (H5Zlz4.c).
 */
public final class Lz4Chunk {
    private static final int HEADER_BYTES = 12;
    /** A byte of an LZ4 block stands for 255 at most. */
    private static final long LARGEST_EXPANSION = 255;

    private Lz4Chunk() {}

    /**
     * Decodes one chunk.
     *
     * @param chunk exactly the stored bytes
     * @throws CorruptChunkException also when the header claims more than the bytes can hold
     */
    public static byte[] decode(byte[] chunk) throws CorruptChunkException {
        if (chunk.length < HEADER_BYTES) {
            throw new CorruptChunkException("LZ4 chunk has bytes=" + chunk.length + ", needed=" + HEADER_BYTES);
        }
        ByteBuffer in = ByteBuffer.wrap(chunk);
        long decoded = in.getLong();
        long block = in.getInt();
        if (decoded < 0 || decoded > Math.min(LARGEST_EXPANSION * chunk.length, Integer.MAX_VALUE - Lz4Block.SLACK)) {
            throw new CorruptChunkException("LZ4 chunk of bytes=" + chunk.length + " claims to hold " + decoded);
        }
        if (block < 1) {
            throw new CorruptChunkException("impossible LZ4 block size bytes=" + block);
        }
        byte[] into = new byte[(int) decoded];
        Lz4Block decoder = new Lz4Block();
        for (int at = 0; at < into.length; ) {
            int bytes = (int) Math.min(block, into.length - at);
            int stored = stored(in, at);
            block(chunk, in.position(), stored, decoder, into, at, bytes);
            in.position(in.position() + stored);
            at += bytes;
        }
        return into;
    }

    private static int stored(ByteBuffer in, int at) throws CorruptChunkException {
        int stored = in.remaining() < Integer.BYTES ? -1 : in.getInt();
        if (stored < 0 || stored > in.remaining()) {
            throw new CorruptChunkException("LZ4 block at decoded byte " + at + " is cut off: stored=" + stored);
        }
        return stored;
    }

    private static void block(byte[] chunk, int from, int stored, Lz4Block decoder, byte[] into, int at, int bytes)
            throws CorruptChunkException {
        if (stored == bytes) {
            System.arraycopy(chunk, from, into, at, bytes);
            return;
        }
        byte[] padded = new byte[stored + Lz4Block.SLACK];
        System.arraycopy(chunk, from, padded, 0, stored);
        byte[] decoded = new byte[bytes + Lz4Block.SLACK];
        decoder.decode(padded, stored, decoded, bytes);
        System.arraycopy(decoded, 0, into, at, bytes);
    }
}
