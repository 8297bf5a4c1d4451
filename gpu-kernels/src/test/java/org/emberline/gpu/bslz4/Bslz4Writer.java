package org.emberline.gpu.bslz4;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/**
 * Writes bitshuffle-LZ4 chunks, bit by bit from the words of the format; LZ4 by another library.
 *
 * @param sampleBytes bytes of a sample
 * @param blockSamples samples of a block, a multiple of 8
 */
public record Bslz4Writer(int sampleBytes, int blockSamples) {
    private static final LZ4Compressor LZ4 = LZ4Factory.safeInstance().fastCompressor();

    /** With the block size that the filter takes by itself. */
    public static Bslz4Writer byDefault(int sampleBytes) {
        return new Bslz4Writer(sampleBytes, 8192 / sampleBytes);
    }

    /** The chunk of these samples. */
    public byte[] write(byte[] samples) {
        int blockBytes = blockSamples * sampleBytes;
        int shuffled = samples.length / (8 * sampleBytes) * (8 * sampleBytes);
        int blocks = Math.ceilDiv(shuffled, blockBytes);
        ByteBuffer chunk = ByteBuffer.allocate(12
                + blocks * (4 + LZ4.maxCompressedLength(Math.min(blockBytes, shuffled)))
                + samples.length
                - shuffled);
        chunk.putLong(samples.length).putInt(blockBytes);
        for (int at = 0; at < shuffled; at += blockBytes) {
            byte[] block = LZ4.compress(shuffle(samples, at, Math.min(blockBytes, shuffled - at)));
            chunk.putInt(block.length).put(block);
        }
        chunk.put(samples, shuffled, samples.length - shuffled);
        byte[] written = new byte[chunk.position()];
        chunk.flip().get(written);
        return written;
    }

    /** Bit b of byte k of sample i is bit i % 8 of byte i / 8 of plane 8 k + b. */
    byte[] shuffle(byte[] samples, int at, int bytes) {
        byte[] planes = new byte[bytes];
        int planeBytes = bytes / (8 * sampleBytes);
        for (int i = 0; i < bytes * 8; i++) {
            int sample = i / (8 * sampleBytes);
            int plane = i % (8 * sampleBytes);
            int bit = (samples[at + sample * sampleBytes + plane / 8] >> (plane % 8)) & 1;
            planes[plane * planeBytes + sample / 8] |= (byte) (bit << (sample % 8));
        }
        return planes;
    }
}
