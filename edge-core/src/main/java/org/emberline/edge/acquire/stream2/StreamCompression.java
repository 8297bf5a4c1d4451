package org.emberline.edge.acquire.stream2;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/** Compresses images as detectors do; LZ4 itself by a library. One thread. */
final class StreamCompression {
    private static final int BLOCK_BYTES = 8192;
    /** Blocks of the frames of LZ4 alone are large: a detector makes one of a whole image. */
    private static final int LARGE_BLOCK_BYTES = 1 << 30;

    private static final int GROUP = 8;
    private static final int HEADER_BYTES = 12;

    private final LZ4Compressor lz4 = LZ4Factory.fastestInstance().fastCompressor();
    private final byte[] planes = new byte[BLOCK_BYTES];
    private ByteBuffer chunk = ByteBuffer.allocate(0);

    /** The frames of HDF5's filter 32004: bytes of all, bytes of a block, and each block after its length. */
    byte[] lz4(byte[] image) {
        begin(image.length, Math.min(image.length, LARGE_BLOCK_BYTES), LARGE_BLOCK_BYTES);
        for (int at = 0; at < image.length; at += LARGE_BLOCK_BYTES) {
            block(image, at, Math.min(LARGE_BLOCK_BYTES, image.length - at));
        }
        return end();
    }

    /**
     * The chunks of HDF5's filter 32008, see {@link org.emberline.gpu.bslz4.BlockTable}: the bits of eight samples side by side, plane by plane.
     *
     * @param sampleBytes 1, 2 or 4
     */
    byte[] bslz4(byte[] image, int sampleBytes) {
        begin(image.length, BLOCK_BYTES, BLOCK_BYTES);
        int shuffled = image.length - image.length % (GROUP * sampleBytes);
        for (int at = 0; at < shuffled; at += BLOCK_BYTES) {
            int bytes = Math.min(BLOCK_BYTES, shuffled - at);
            shuffle(image, at, bytes, sampleBytes);
            block(planes, 0, bytes);
        }
        chunk.put(image, shuffled, image.length - shuffled);
        return end();
    }

    private void shuffle(byte[] image, int at, int bytes, int sampleBytes) {
        int planeBytes = bytes / (GROUP * sampleBytes);
        for (int group = 0; group < planeBytes; group++) {
            int from = at + group * GROUP * sampleBytes;
            for (int k = 0; k < sampleBytes; k++) {
                long rows = 0;
                for (int j = 0; j < GROUP; j++) {
                    rows |= (image[from + j * sampleBytes + k] & 0xffL) << (j * Byte.SIZE);
                }
                long columns = transposed(rows);
                for (int b = 0; b < GROUP; b++) {
                    planes[(GROUP * k + b) * planeBytes + group] = (byte) (columns >>> (b * Byte.SIZE));
                }
            }
        }
    }

    /** Bit j of byte b of the result is bit b of byte j: the off-diagonal halves are exchanged, then the quarters, then the single bits. */
    private static long transposed(long rows) {
        long x = rows;
        long t = (x ^ (x >>> 7)) & 0x00AA_00AA_00AA_00AAL;
        x ^= t ^ (t << 7);
        t = (x ^ (x >>> 14)) & 0x0000_CCCC_0000_CCCCL;
        x ^= t ^ (t << 14);
        t = (x ^ (x >>> 28)) & 0x0000_0000_F0F0_F0F0L;
        return x ^ t ^ (t << 28);
    }

    private void begin(int bytes, int blockBytes, int largest) {
        long blocks = Math.ceilDiv((long) bytes, largest);
        long most = HEADER_BYTES + bytes + blocks * (Integer.BYTES + lz4.maxCompressedLength(Math.min(bytes, largest)));
        if (chunk.capacity() < most) {
            chunk = ByteBuffer.allocate(Math.toIntExact(most));
        }
        chunk.clear();
        chunk.putLong(bytes).putInt(blockBytes);
    }

    private void block(byte[] from, int at, int bytes) {
        int begin = chunk.position() + Integer.BYTES;
        int length = lz4.compress(from, at, bytes, chunk.array(), begin, chunk.capacity() - begin);
        chunk.putInt(length).position(begin + length);
    }

    private byte[] end() {
        byte[] written = new byte[chunk.position()];
        chunk.flip().get(written);
        return written;
    }
}
