package org.emberline.firmware.chip;

/** Fields of what a chip sends, and the reply of no chip at all. */
final class Bits {

    private Bits() {}

    /** Successive bytes as one number, the first byte the highest, without sign; at most four. */
    static int unsigned(byte[] bytes, int offset, int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << 8) | (bytes[offset + i] & 0xff);
        }
        return value;
    }

    /** The lowest {@code bits} bits of a number as a two's complement number. */
    static int signed(int value, int bits) {
        return value << (Integer.SIZE - bits) >> (Integer.SIZE - bits);
    }

    /** Whether nobody drove the bus: nothing but zeros, or nothing but ones. */
    static boolean silent(byte[] bytes, int offset, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[offset + i] != bytes[offset] || (bytes[offset] != 0 && bytes[offset] != -1)) {
                return false;
            }
        }
        return true;
    }
}
