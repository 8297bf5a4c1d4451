package org.emberline.gpu.imaging.blocks;

/**
 * Natural logarithms of many numbers. With {@code x = 2^e m}, m in [1, 2),
 *
 * <pre>
 * ln x = e ln 2 + ln sqrt(2) + 2 artanh r,   r = (m - sqrt(2)) / (m + sqrt(2)),   |r| < 0.172
 * artanh r = r + r^3/3 + r^5/5 + ... + r^19/19
 * </pre>
 *
 * What is left out is below {@code 2 |r|^21 / (21 (1 - r^2)) < 1e-17}. Several times as quick as {@link Math#log}, which is a call for every
 * number: without a table or a branch, and with m made of an integer, the compiler makes vector instructions of it. One thread at a time.
 */
public final class Logarithm {
    /** Numbers are taken up to two to the power of this and one, and down to its inverse. */
    private static final int LARGEST_EXPONENT = 500;

    /** Numbers that are done in one go. */
    private static final int STRETCH = 512;

    private static final int MANTISSA_BITS = 52;
    private static final int BIAS = 1023;
    private static final long ONE = 1L << MANTISSA_BITS;
    private static final long LEAST = (long) (BIAS - LARGEST_EXPONENT) << MANTISSA_BITS;
    private static final long MOST = ((long) (BIAS + LARGEST_EXPONENT + 1) << MANTISSA_BITS) - 1;
    private static final double LN_2 = Math.log(2);
    private static final double LN_ROOT_2 = LN_2 / 2;
    /** In units of the last bit of m, which then is an integer. */
    private static final double ROOT_2 = Math.sqrt(2) * ONE;

    private final long[] bits = new long[STRETCH];
    private final double[] stretch = new double[STRETCH];

    /**
     * Replaces the first numbers by their logarithms.
     *
     * @return whether all were between 2^-{@value #LARGEST_EXPONENT} and 2^{@value #LARGEST_EXPONENT}; otherwise {@link #isSound} tells
     *     which logarithms mean something
     */
    public boolean replace(double[] values, int count) {
        long outside = 0; // negative when one was
        for (int first = 0; first < count; first += STRETCH) {
            int length = Math.min(STRETCH, count - first);
            for (int i = 0; i < length; i++) {
                bits[i] = Double.doubleToRawLongBits(values[first + i]);
            }
            outside |= outside(bits, length);
            logarithms(bits, stretch, length);
            System.arraycopy(stretch, 0, values, first, length);
        }
        return outside >= 0;
    }

    /** Negative when a number is out of bounds; bits of positive numbers are in their order, and one difference passes the end for others. */
    private static long outside(long[] bits, int count) {
        long outside = 0;
        for (int i = 0; i < count; i++) {
            outside |= (bits[i] - LEAST) | (MOST - bits[i]);
        }
        return outside;
    }

    private static void logarithms(long[] bits, double[] into, int count) {
        for (int i = 0; i < count; i++) {
            double exponent = (bits[i] >>> MANTISSA_BITS) - BIAS; // the sign makes it large
            double m = (bits[i] & (ONE - 1)) | ONE;
            double r = (m - ROOT_2) / (m + ROOT_2);
            into[i] = Math.fma(exponent, LN_2, Math.fma(r, series(r * r), LN_ROOT_2));
        }
    }

    /** Of {@code 2 artanh(r) / r} in r^2. */
    private static double series(double s) {
        double tail = Math.fma(s, Math.fma(s, Math.fma(s, 2 / 19.0, 2 / 17.0), 2 / 15.0), 2 / 13.0);
        double middle = Math.fma(s, Math.fma(s, Math.fma(s, tail, 2 / 11.0), 2 / 9.0), 2 / 7.0);
        return Math.fma(s, Math.fma(s, Math.fma(s, middle, 2 / 5.0), 2 / 3.0), 2);
    }

    /** Whether a logarithm is that of a positive number that was not out of bounds. */
    public static boolean isSound(double logarithm) {
        return Math.abs(logarithm) < (LARGEST_EXPONENT + 1) * LN_2;
    }
}
