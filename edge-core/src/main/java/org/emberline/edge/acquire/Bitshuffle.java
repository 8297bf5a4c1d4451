package org.emberline.edge.acquire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;

/**
 * Decodes chunks of the bitshuffle filter (HDF5 filter 32008), alone or with LZ4, as DECTRIS detectors write them. jHDF 0.13.0 garbles
 * the last block of every chunk that is no multiple of the block size, so its decoder is not used.
 *
 * <p>A block of n samples of s bytes, n a multiple of 8, is stored as 8 s bit planes of n bits, the lowest bit first. The last block of a
 * chunk may be smaller; up to 7 samples behind it are stored as they are.
 */
final class Bitshuffle {
    private static final int TARGET_BLOCK_BYTES = 8192;
    private static final int SMALLEST_DEFAULT_BLOCK = 128;
    private static final int LZ4_HEADER_BYTES = 12;

    private final int sampleBytes;
    private final int blockBytes;
    private final boolean lz4;

    /**
     * @param blockSamples samples per block of uncompressed chunks; 0 for the filter's default
     * @param lz4 whether each block is compressed; the block size then stands in the chunk
     */
    Bitshuffle(int sampleBytes, int blockSamples, boolean lz4) {
        int byDefault = Math.max(SMALLEST_DEFAULT_BLOCK, TARGET_BLOCK_BYTES / sampleBytes / 8 * 8);
        this.sampleBytes = sampleBytes;
        this.blockBytes = (blockSamples == 0 ? byDefault : blockSamples) * sampleBytes;
        this.lz4 = lz4;
    }

    /**
     * Decodes one chunk.
     *
     * @param chunk the stored bytes
     * @param decodedBytes what the chunk must hold
     */
    byte[] decode(ByteBuffer chunk, int decodedBytes) throws DataFormatException {
        ByteBuffer from = chunk.slice().order(ByteOrder.BIG_ENDIAN);
        int bytesPerBlock = lz4 ? lz4Header(from, decodedBytes) : blockBytes;
        if (bytesPerBlock <= 0 || bytesPerBlock % (8 * sampleBytes) != 0) {
            throw new DataFormatException("impossible bitshuffle block size bytes=" + bytesPerBlock);
        }
        byte[] decoded = new byte[decodedBytes];
        int shuffled = decodedBytes / (8 * sampleBytes) * (8 * sampleBytes);
        byte[] planes = new byte[Math.min(bytesPerBlock, shuffled)];
        for (int at = 0; at < shuffled; at += planes.length) {
            int length = Math.min(planes.length, shuffled - at);
            readBlock(from, planes, length);
            unshuffle(planes, length, decoded, at);
        }
        take(from, decodedBytes - shuffled).get(decoded, shuffled, decodedBytes - shuffled);
        return decoded;
    }

    private static int lz4Header(ByteBuffer from, int decodedBytes) throws DataFormatException {
        ByteBuffer header = take(from, LZ4_HEADER_BYTES).order(ByteOrder.BIG_ENDIAN);
        long claimed = header.getLong();
        if (claimed != decodedBytes) {
            throw new DataFormatException("chunk holds bytes=" + claimed + " needed=" + decodedBytes);
        }
        return header.getInt();
    }

    private void readBlock(ByteBuffer from, byte[] planes, int length) throws DataFormatException {
        if (!lz4) {
            take(from, length).get(planes, 0, length);
            return;
        }
        int stored = take(from, Integer.BYTES).order(ByteOrder.BIG_ENDIAN).getInt();
        int decoded = Lz4Block.decode(take(from, stored), planes);
        if (decoded != length) {
            throw new DataFormatException("block holds bytes=" + decoded + " needed=" + length);
        }
    }

    private static ByteBuffer take(ByteBuffer from, int count) throws DataFormatException {
        if (count < 0 || count > from.remaining()) {
            throw new DataFormatException("chunk is cut off needed=" + count + " left=" + from.remaining());
        }
        ByteBuffer taken = from.slice(from.position(), count);
        from.position(from.position() + count);
        return taken;
    }

    /** Eight samples at a time: their byte {@code k} lies in bit planes 8 k to 8 k + 7. */
    private void unshuffle(byte[] planes, int length, byte[] into, int at) {
        int planeBytes = length / (8 * sampleBytes);
        for (int k = 0; k < sampleBytes; k++) {
            for (int group = 0; group < planeBytes; group++) {
                long bits = 0;
                for (int plane = 7; plane >= 0; plane--) {
                    bits = (bits << 8) | (planes[(8 * k + plane) * planeBytes + group] & 0xff);
                }
                long samples = transpose(bits);
                for (int sample = 0; sample < 8; sample++) {
                    into[at + (8 * group + sample) * sampleBytes + k] = (byte) (samples >>> (8 * sample));
                }
            }
        }
    }

    /** Bit j of byte i becomes bit i of byte j: swaps of 1, 2 and 4 bits across the diagonal (Hacker's Delight, 7-3). */
    private static long transpose(long bits) {
        long x = bits;
        long t = (x ^ (x >>> 7)) & 0x00AA_00AA_00AA_00AAL;
        x ^= t ^ (t << 7);
        t = (x ^ (x >>> 14)) & 0x0000_CCCC_0000_CCCCL;
        x ^= t ^ (t << 14);
        t = (x ^ (x >>> 28)) & 0x0000_0000_F0F0_F0F0L;
        return x ^ t ^ (t << 28);
    }
}
