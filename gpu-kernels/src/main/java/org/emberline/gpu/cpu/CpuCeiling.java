package org.emberline.gpu.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.emberline.gpu.Ceiling;
import org.emberline.gpu.PixelFormat;

/** Plain loops over a frame, with equal parts of it on each of several threads. */
public final class CpuCeiling implements Ceiling {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;
    /** Pixels whose sum fits into an int, at 16 bits. */
    private static final int BLOCK = 4096;

    /** Results lie a cache line apart, so that threads do not wait for each other. */
    private static final int APART = 8;

    private static final Set<Measure> MEASURES = Collections.unmodifiableSet(EnumSet.of(Measure.SUM, Measure.READ));

    private final PixelFormat format;
    private final long pixels;
    private final Crew crew;
    private final Crew.Work summing = this::sum;
    private final Crew.Work reading = this::read;
    private final double[] results;
    private MemorySegment frame = MemorySegment.NULL;

    /** For frames of so many pixels, with so many threads, the caller's included. */
    public CpuCeiling(PixelFormat format, long pixels, int threads) {
        this.format = format;
        this.pixels = pixels;
        crew = new Crew(threads, "ceiling");
        results = new double[threads * APART];
    }

    @Override
    public Set<Measure> measures() {
        return MEASURES;
    }

    @Override
    public String device() {
        return "cpu, " + (crew.lanes() == 1 ? "1 thread" : crew.lanes() + " threads");
    }

    @Override
    public double run(Measure measure, MemorySegment newFrame) {
        frame = newFrame;
        switch (measure) {
            case SUM -> crew.run(summing);
            case READ -> crew.run(reading);
            case TRANSFER -> throw new IllegalArgumentException("the CPU needs no transfer");
        }
        double total = 0;
        for (int lane = 0; lane < crew.lanes(); lane++) {
            total += results[lane * APART];
        }
        return total;
    }

    private long part(long whole, int lane) {
        return whole * lane / crew.lanes();
    }

    private void read(int lane) {
        long words = pixels * format.bytes() / Long.BYTES;
        results[lane * APART] = (double) words(frame, part(words, lane), part(words, lane + 1));
    }

    private void sum(int lane) {
        long first = part(pixels, lane);
        long end = part(pixels, lane + 1);
        results[lane * APART] = switch (format) {
            case U8 -> (double) bytes(frame, first, end);
            case U16 -> (double) shorts(frame, first, end, 0xffff);
            case I16 -> (double) shorts(frame, first, end, -1);
            case U32 -> (double) ints(frame, first, end, 0xffff_ffffL);
            case I32 -> (double) ints(frame, first, end, -1L);
            case F32 -> floats(frame, first, end);
        };
    }

    private static long words(MemorySegment frame, long first, long end) {
        long sum = 0;
        for (long i = first; i < end; i++) {
            sum += frame.get(WORD, i * Long.BYTES);
        }
        return sum;
    }

    private static long bytes(MemorySegment frame, long first, long end) {
        long sum = 0;
        for (long block = first; block < end; block += BLOCK) {
            int count = (int) Math.min(BLOCK, end - block);
            int part = 0;
            for (int i = 0; i < count; i++) {
                part += frame.get(ValueLayout.JAVA_BYTE, block + i) & 0xff;
            }
            sum += part;
        }
        return sum;
    }

    private static long shorts(MemorySegment frame, long first, long end, int mask) {
        long sum = 0;
        for (long block = first; block < end; block += BLOCK) {
            int count = (int) Math.min(BLOCK, end - block);
            int part = 0;
            for (int i = 0; i < count; i++) {
                part += frame.get(SHORT, (block + i) * Short.BYTES) & mask;
            }
            sum += part;
        }
        return sum;
    }

    private static long ints(MemorySegment frame, long first, long end, long mask) {
        long sum = 0;
        for (long i = first; i < end; i++) {
            sum += frame.get(INT, i * Integer.BYTES) & mask;
        }
        return sum;
    }

    /** Four sums side by side: one alone would wait for its last addition, not for the memory. */
    private static double floats(MemorySegment frame, long first, long end) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        long i = first;
        for (; i + 4 <= end; i += 4) {
            a += frame.get(FLOAT, i * Float.BYTES);
            b += frame.get(FLOAT, (i + 1) * Float.BYTES);
            c += frame.get(FLOAT, (i + 2) * Float.BYTES);
            d += frame.get(FLOAT, (i + 3) * Float.BYTES);
        }
        for (; i < end; i++) {
            a += frame.get(FLOAT, i * Float.BYTES);
        }
        return a + b + c + d;
    }

    @Override
    public void close() {
        crew.close();
    }
}
