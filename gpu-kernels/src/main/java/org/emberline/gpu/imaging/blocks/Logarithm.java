package org.emberline.gpu.imaging.blocks;

/**
 * Natural logarithms of many numbers. With {@code x = 2^e m}, m in [1, 2), and c the middle of the 128th of [1, 2) that m lies in,
 *
 * <pre>
 * ln x = e ln 2 + ln c + ln(1 + r),   r = m/c - 1,   |r| < 2^-8
 * ln(1 + r) = r - r^2/2 + r^3/3 - r^4/4 + r^5/5 + ...
 * </pre>
 *
 * What is left out is below {@code r^6/6 < 6e-16}. Several times as quick as {@link Math#log}, which is a call for every number.
 */
public final class Logarithm {
    /** Numbers are taken up to two to the power of this and one, and down to its inverse. */
    private static final int LARGEST_EXPONENT = 500;

    private static final int INTERVALS = 128;
    private static final int MANTISSA_BITS = 52;
    private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
    private static final int BIAS = 1023;
    private static final long ONE = (long) BIAS << MANTISSA_BITS;
    private static final int INTERVAL_SHIFT = MANTISSA_BITS - Integer.numberOfTrailingZeros(INTERVALS);
    private static final double LN_2 = Math.log(2);
    private static final double[] INVERSE = new double[INTERVALS];
    /** Of the number that the inverse, as it is rounded, is the inverse of. */
    private static final double[] LOGARITHM = new double[INTERVALS];

    static {
        for (int i = 0; i < INTERVALS; i++) {
            INVERSE[i] = 1 / (1 + (i + 0.5) / INTERVALS);
            LOGARITHM[i] = -Math.log(INVERSE[i]);
        }
    }

    private Logarithm() {}

    /**
     * Replaces the first numbers by their logarithms.
     *
     * @return whether all were between 2^-{@value #LARGEST_EXPONENT} and 2^{@value #LARGEST_EXPONENT}; otherwise {@link #isSound} tells
     *     which logarithms mean something
     */
    public static boolean replace(double[] values, int count) {
        int outside = 0; // negative when one was
        for (int i = 0; i < count; i++) {
            long bits = Double.doubleToRawLongBits(values[i]);
            int exponent = (int) (bits >>> MANTISSA_BITS) - BIAS; // the sign makes it large
            outside |= (LARGEST_EXPONENT + exponent) | (LARGEST_EXPONENT - exponent);
            values[i] = logarithm(bits, exponent);
        }
        return outside >= 0;
    }

    private static double logarithm(long bits, int exponent) {
        int interval = (int) (bits >>> INTERVAL_SHIFT) & (INTERVALS - 1);
        double m = Double.longBitsToDouble((bits & MANTISSA) | ONE);
        double r = Math.fma(m, INVERSE[interval], -1);
        double tail = Math.fma(r, Math.fma(r, Math.fma(r, 1 / 5.0, -1 / 4.0), 1 / 3.0), -1 / 2.0);
        double series = Math.fma(r * r, tail, r);
        return Math.fma(exponent, LN_2, LOGARITHM[interval] + series);
    }

    /** Whether a logarithm is that of a positive number that was not out of bounds. */
    public static boolean isSound(double logarithm) {
        return Math.abs(logarithm) < (LARGEST_EXPONENT + 1) * LN_2;
    }
}
