package org.emberline.gpu.bslz4;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Puts samples together from their bit planes: n samples of s bytes, n a multiple of 8, lie as 8 s planes of n bits, the lowest bit
 * first. Samples come out little-endian. One thread at a time.
 *
 * <p>Works on tiles of 64 samples: a tile is one long of each plane, so a bit is known by the bits of its plane's number and the six bits
 * of its sample's. In the tile put together, a long holds the bits of few samples: its number and the place in it are the same bits in
 * another order. Six exchanges between a bit of the long's number and a bit of the place in it bring that order about; an exchange is
 * the swap with shift and mask of Hacker's Delight, 7-3, on pairs of longs. Every exchange runs over many tiles in a loop that the
 * compiler turns into vectors.
 */
final class Unshuffle {
    /** Bytes behind the planes that may be read as well. */
    static final int SLACK = 8;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int PLACE_BITS = 6;
    private static final int TILES = 128;
    private static final long[] MASKS = {
        0x5555_5555_5555_5555L,
        0x3333_3333_3333_3333L,
        0x0f0f_0f0f_0f0f_0f0fL,
        0x00ff_00ff_00ff_00ffL,
        0x0000_ffff_0000_ffffL,
        0x0000_0000_ffff_ffffL
    };

    private final int planes;
    private final int planeBits;
    /** By plane and by tile; what a plane's entry becomes is the long {@link #place} of the tile put together. */
    private final long[][] tiles;

    private final int[] place;

    /** @throws IllegalArgumentException when there are no samples of that size */
    Unshuffle(int sampleBytes) {
        if (sampleBytes < 1 || sampleBytes > Long.BYTES || Integer.bitCount(sampleBytes) != 1) {
            throw new IllegalArgumentException("samples have 1, 2, 4 or 8 bytes bytes=" + sampleBytes);
        }
        planes = 8 * sampleBytes;
        planeBits = Integer.numberOfTrailingZeros(planes);
        tiles = new long[planes][TILES];
        place = new int[planes];
        // The bits that the later exchanges brought into the number are its upper ones.
        int late = PLACE_BITS - planeBits;
        for (int entry = 0; entry < planes; entry++) {
            place[entry] = (entry >> late) | ((entry & ((1 << late) - 1)) << (planeBits - late));
        }
    }

    /**
     * Puts one block together.
     *
     * @param block the bit planes and {@link #SLACK} more
     * @param bytes of the block, a multiple of 8 samples
     * @param into where the samples go, from {@code at} on
     */
    void block(byte[] block, int bytes, byte[] into, int at) {
        int planeBytes = bytes / planes;
        int strip = TILES * Long.BYTES;
        for (int from = 0; from < planeBytes; from += strip) {
            int count = Math.min(strip, planeBytes - from);
            for (int plane = 0; plane < planes; plane++) {
                load(block, plane * planeBytes + from, tiles[plane], Math.ceilDiv(count, Long.BYTES));
            }
            exchange(Math.ceilDiv(count, Long.BYTES));
            for (int entry = 0; entry < planes; entry++) {
                // Of a tile that is not full, the first longs are.
                int full = (count * planes / Long.BYTES - place[entry] + planes - 1) / planes;
                store(tiles[entry], into, at + from * planes + Long.BYTES * place[entry], Long.BYTES * planes, full);
            }
        }
    }

    private void exchange(int count) {
        for (int low = 0; low < PLACE_BITS; low += 2) {
            int first = 1 << (low % planeBits);
            int second = 1 << ((low + 1) % planeBits);
            for (int a = 0; a < planes; a++) {
                if ((a & (first | second)) == 0) {
                    exchange(tiles[a], tiles[a | first], tiles[a | second], tiles[a | first | second], low, count);
                }
            }
        }
    }

    /** Two exchanges at once: a with b and c with d at place bit {@code low}, then a with c and b with d at the next. */
    private static void exchange(long[] a, long[] b, long[] c, long[] d, int low, int count) {
        int shift = 1 << low;
        int nextShift = 2 << low;
        long mask = MASKS[low];
        long nextMask = MASKS[low + 1];
        for (int i = 0; i < count; i++) {
            long w = a[i];
            long x = b[i];
            long y = c[i];
            long z = d[i];
            long t = ((w >>> shift) ^ x) & mask;
            w ^= t << shift;
            x ^= t;
            t = ((y >>> shift) ^ z) & mask;
            y ^= t << shift;
            z ^= t;
            t = ((w >>> nextShift) ^ y) & nextMask;
            a[i] = w ^ (t << nextShift);
            c[i] = y ^ t;
            t = ((x >>> nextShift) ^ z) & nextMask;
            b[i] = x ^ (t << nextShift);
            d[i] = z ^ t;
        }
    }

    private static void load(byte[] from, int at, long[] into, int count) {
        for (int i = 0; i < count; i++) {
            into[i] = (long) LONG.get(from, at + Long.BYTES * i);
        }
    }

    private static void store(long[] from, byte[] into, int at, int stride, int count) {
        for (int i = 0; i < count; i++) {
            LONG.set(into, at + stride * i, from[i]);
        }
    }
}
