package org.emberline.edge.twin;

/** A two's complement bit field of a converter chip. */
final class SignedField {
    private SignedField() {}

    /** The value in steps, rounded to the nearest, stopped at the ends of the field; in the lowest {@code bits} bits of the result. */
    static int of(double steps, int bits) {
        long most = (1L << (bits - 1)) - 1;
        return (int) Math.clamp(Math.round(steps), -most - 1, most) & ((1 << bits) - 1);
    }
}
