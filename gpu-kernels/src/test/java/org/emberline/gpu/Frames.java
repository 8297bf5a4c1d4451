package org.emberline.gpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.IntToDoubleFunction;

/** Makes frames in native memory. */
final class Frames {

    private Frames() {}

    /** A frame of the plan's shape and format; its address is odd, because any alignment is allowed. */
    static MemorySegment of(Arena arena, IntegrationPlan plan, IntToDoubleFunction ofPixel) {
        MemorySegment frame = arena.allocate(plan.frameBytes() + 1, 8).asSlice(1);
        for (int pixel = 0; pixel < plan.geometry().detector().pixels(); pixel++) {
            write(frame, plan.format(), pixel, ofPixel.applyAsDouble(pixel));
        }
        return frame;
    }

    static void write(MemorySegment frame, PixelFormat format, int pixel, double value) {
        long offset = (long) pixel * format.bytes();
        switch (format) {
            case U8 -> frame.set(ValueLayout.JAVA_BYTE, offset, (byte) (int) value);
            case U16, I16 ->
                frame.set(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), offset, (short)
                        (int) value);
            case U32, I32 ->
                frame.set(
                        ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), offset, (int) (long) value);
            case F32 ->
                frame.set(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), offset, (float) value);
        }
    }
}
