package org.emberline.edge.acquire;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Turns big-endian samples into little-endian ones in place. */
final class ByteSwap {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private ByteSwap() {}

    /** @param byteCount a multiple of the sample size */
    static void toLittleEndian(ByteOrder from, MemorySegment samples, long byteCount, int sampleBytes) {
        if (from == ByteOrder.LITTLE_ENDIAN || sampleBytes == 1) {
            return;
        }
        for (long at = 0; at < byteCount; at += sampleBytes) {
            switch (sampleBytes) {
                case 2 -> samples.set(SHORT, at, Short.reverseBytes(samples.get(SHORT, at)));
                case 4 -> samples.set(INT, at, Integer.reverseBytes(samples.get(INT, at)));
                default -> samples.set(LONG, at, Long.reverseBytes(samples.get(LONG, at)));
            }
        }
    }
}
