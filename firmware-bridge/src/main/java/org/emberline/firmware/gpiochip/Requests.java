package org.emberline.firmware.gpiochip;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Puts what is asked of a line into the kernel's structure. */
final class Requests {
    /** Whom the kernel names as the line's user. */
    static final String CONSUMER = "emberline";

    private Requests() {}

    /** @param request {@link Abi#REQUEST_BYTES} zero bytes */
    static void fill(MemorySegment request, int offset, GpioTriggerSettings settings) {
        long flags = Abi.INPUT | polarity(settings.activeLow()) | settings.edge().flags | settings.bias().flags;
        head(request, offset, flags | settings.clock().flags);
        request.set(JAVA_INT, Abi.REQUEST_BUFFER, settings.bufferEdges());
        if (settings.debounceMicros() > 0) {
            request.set(JAVA_INT, Abi.REQUEST_ATTRIBUTES, 1);
            MemorySegment attribute = request.asSlice(Abi.REQUEST_ATTRIBUTE);
            attribute.set(JAVA_INT, Abi.ATTRIBUTE_ID, Abi.ATTRIBUTE_DEBOUNCE);
            attribute.set(JAVA_INT, Abi.ATTRIBUTE_VALUE, settings.debounceMicros());
            attribute.set(JAVA_LONG, Abi.ATTRIBUTE_MASK, 1L);
        }
    }

    /** @param request {@link Abi#REQUEST_BYTES} zero bytes; the line starts inactive */
    static void fill(MemorySegment request, int offset, GpioOutputSettings settings) {
        head(
                request,
                offset,
                Abi.OUTPUT | polarity(settings.activeLow()) | settings.drive().flags | settings.bias().flags);
    }

    static void requireName(String component, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(component + "=\"" + value + "\" must not be empty");
        }
    }

    private static void head(MemorySegment request, int offset, long flags) {
        request.set(JAVA_INT, Abi.REQUEST_OFFSETS, offset);
        request.set(JAVA_INT, Abi.REQUEST_LINES, 1);
        byte[] consumer = CONSUMER.getBytes(StandardCharsets.US_ASCII);
        MemorySegment.copy(consumer, 0, request, JAVA_BYTE, Abi.REQUEST_CONSUMER, consumer.length);
        request.set(JAVA_LONG, Abi.REQUEST_FLAGS, flags);
    }

    private static long polarity(boolean activeLow) {
        return activeLow ? Abi.ACTIVE_LOW : 0;
    }
}
