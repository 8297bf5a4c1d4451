package org.emberline.firmware.gpiochip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What the kernel is sent, byte by byte, against {@code linux/gpio.h}: all numbers here come from a C compiler's {@code sizeof},
 * {@code offsetof} and macros (x86-64; the structures are made to be the same everywhere).
 */
class AbiTest {
    @Test
    void requestsAreTheKernels() {
        assertEquals(0x8044b401L, Abi.GET_CHIPINFO);
        assertEquals(0xc100b405L, Abi.GET_LINEINFO);
        assertEquals(0xc250b407L, Abi.GET_LINE);
        assertEquals(0xc010b40fL, Abi.SET_VALUES);
    }

    @Test
    void structuresHaveTheKernelsSizes() {
        assertEquals(68, Abi.CHIP_BYTES);
        assertEquals(256, Abi.INFO_BYTES);
        assertEquals(592, Abi.REQUEST_BYTES);
        assertEquals(16, Abi.VALUES_BYTES);
        assertEquals(48, Abi.EVENT_BYTES);
    }

    @Test
    void aPlainTriggerIsAsked() {
        ByteBuffer sent = sent(17, GpioTriggerSettings.of("gpiochip0", "17"));
        assertEquals(17, sent.getInt(0));
        assertEquals("emberline", text(sent, 256));
        assertEquals(1 << 2 | 1 << 4, sent.getLong(288), "input, rising edges");
        assertEquals(0, sent.getInt(296), "no attributes");
        assertEquals(1, sent.getInt(560), "one line");
        assertEquals(1024, sent.getInt(564));
        assertOnly(sent, 0, 4, 256, 265, 288, 296, 560, 564, 564, 568);
    }

    @Test
    void everyWishHasItsBit() {
        GpioTriggerSettings settings = new GpioTriggerSettings(
                "gpiochip0", "3", Edge.BOTH, true, Bias.PULL_DOWN, 150, EventClock.REALTIME, 64);
        ByteBuffer sent = sent(3, settings);
        assertEquals(1 << 1 | 1 << 2 | 1 << 4 | 1 << 5 | 1 << 9 | 1 << 11, sent.getLong(288));
        assertEquals(1, sent.getInt(296), "one attribute");
        assertEquals(3, sent.getInt(320), "debounce");
        assertEquals(150, sent.getInt(328));
        assertEquals(1, sent.getLong(336), "of the first line asked for");
        assertEquals(64, sent.getInt(564));
        assertOnly(sent, 0, 4, 256, 265, 288, 300, 320, 324, 328, 332, 336, 344, 560, 568);
    }

    @Test
    void flagsOfEveryKind() {
        TreeMap<String, Long> flags = new TreeMap<>();
        for (Edge edge : Edge.values()) {
            flags.put("edge " + edge, edge.flags);
        }
        for (Bias bias : Bias.values()) {
            flags.put("bias " + bias, bias.flags);
        }
        for (EventClock clock : EventClock.values()) {
            flags.put("clock " + clock, clock.flags);
        }
        for (Drive drive : Drive.values()) {
            flags.put("drive " + drive, drive.flags);
        }
        assertEquals(
                "{bias AS_IS=0, bias DISABLED=1024, bias PULL_DOWN=512, bias PULL_UP=256, clock HARDWARE=4096, "
                        + "clock MONOTONIC=0, clock REALTIME=2048, drive OPEN_DRAIN=64, drive OPEN_SOURCE=128, "
                        + "drive PUSH_PULL=0, edge BOTH=48, edge FALLING=32, edge RISING=16}",
                flags.toString());
    }

    @Test
    void anOutputIsAsked() {
        GpioOutputSettings settings = new GpioOutputSettings("gpiochip0", "27", true, Drive.OPEN_DRAIN, Bias.PULL_UP);
        ByteBuffer sent = filled();
        Requests.fill(MemorySegment.ofBuffer(sent), 27, settings);
        assertEquals(27, sent.getInt(0));
        assertEquals(1 << 1 | 1 << 3 | 1 << 6 | 1 << 8, sent.getLong(288));
        assertEquals(1, sent.getInt(560));
        assertOnly(sent, 0, 4, 256, 265, 288, 296, 560, 564);
    }

    private static ByteBuffer sent(int offset, GpioTriggerSettings settings) {
        ByteBuffer bytes = filled();
        Requests.fill(MemorySegment.ofBuffer(bytes), offset, settings);
        return bytes;
    }

    private static ByteBuffer filled() {
        return Arena.ofAuto().allocate(592, 8).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    private static String text(ByteBuffer bytes, int at) {
        byte[] name = new byte[32];
        bytes.get(at, name);
        return new String(name, StandardCharsets.US_ASCII).replace("\0", "");
    }

    /** The kernel refuses a request in whose padding anything stands. */
    private static void assertOnly(ByteBuffer bytes, int... ranges) {
        for (int i = 0; i < bytes.capacity(); i++) {
            boolean allowed = false;
            for (int range = 0; range < ranges.length; range += 2) {
                allowed |= i >= ranges[range] && i < ranges[range + 1];
            }
            if (!allowed) {
                assertEquals(0, bytes.get(i), "byte " + i);
            }
        }
    }
}
