package org.emberline.edge.acquire;

import java.nio.charset.StandardCharsets;

/** Decimal numbers out of bytes, correctly rounded, without garbage for those that people write. */
final class Decimals {
    /** Numbers of up to so many digits times or over a power of ten up to 10^22 are rounded once (Clinger, PLDI 1990). */
    private static final int EXACT_DIGITS = 15;

    private static final double[] POWERS = new double[23];
    private static final int LONGEST = 60;

    static {
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = Double.parseDouble("1e" + i);
        }
    }

    private Decimals() {}

    /** The number that all of {@code from} to {@code to} makes up, or NaN when that is no finite decimal number. */
    static double parse(byte[] bytes, int from, int to) {
        int at = from;
        boolean negative = at < to && bytes[at] == '-';
        if (at < to && (bytes[at] == '-' || bytes[at] == '+')) {
            at++;
        }
        long digits = 0;
        int significant = 0;
        int seen = 0;
        int scale = 0;
        boolean point = false;
        for (; at < to; at++) {
            byte c = bytes[at];
            if (c == '.' && !point) {
                point = true;
            } else if (c >= '0' && c <= '9') {
                seen++;
                significant += significant > 0 || c != '0' ? 1 : 0;
                if (significant <= EXACT_DIGITS) {
                    digits = 10 * digits + (c - '0');
                    scale -= point ? 1 : 0;
                }
            } else {
                break;
            }
        }
        if (seen == 0) {
            return Double.NaN;
        }
        int exponent = 0;
        if (at < to) {
            exponent = exponent(bytes, at, to);
            if (exponent == Integer.MIN_VALUE) {
                return Double.NaN;
            }
        }
        int power = scale + exponent;
        if (significant > EXACT_DIGITS || Math.abs(power) >= POWERS.length) {
            return slowly(bytes, from, to);
        }
        double value = power < 0 ? digits / POWERS[-power] : digits * POWERS[power];
        return negative ? -value : value;
    }

    /** What follows from an E on; {@code MIN_VALUE} when it is no exponent. */
    private static int exponent(byte[] bytes, int from, int to) {
        int at = from;
        if (bytes[at] != 'e' && bytes[at] != 'E') {
            return Integer.MIN_VALUE;
        }
        at++;
        boolean negative = at < to && bytes[at] == '-';
        if (at < to && (bytes[at] == '-' || bytes[at] == '+')) {
            at++;
        }
        if (at == to || to - at > 4) {
            return Integer.MIN_VALUE;
        }
        int exponent = 0;
        for (; at < to; at++) {
            if (bytes[at] < '0' || bytes[at] > '9') {
                return Integer.MIN_VALUE;
            }
            exponent = 10 * exponent + bytes[at] - '0';
        }
        return negative ? -exponent : exponent;
    }

    private static double slowly(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return Double.NaN;
        }
        double value = Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
        return Double.isFinite(value) ? value : Double.NaN;
    }
}
