package org.emberline.edge.frame;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How a measured pattern lies in the pixels of a slot, for detectors that deliver patterns instead of images:
 *
 * <pre>
 *   | 0     | 8             | 16          | 24      | 32      | 40 ...
 *   | n i64 | x[0] f64      | I[0] f64    | s[0] f64| c[0] f64| x[1] ...
 * </pre>
 *
 * x is the place in the unit of the run's axis, rising; I the mean counts at that place; s its standard error; c how many pixels it is
 * the mean of, 1 where nobody has counted them, and 0 for a place that was not measured, whose I and s mean nothing. In the order of
 * bytes of this machine.
 */
public final class PatternPoints {
    private static final long HEADER_BYTES = Long.BYTES;
    private static final int NUMBERS = 4;
    private static final long POINT_BYTES = NUMBERS * (long) Double.BYTES;

    private PatternPoints() {}

    /** Bytes of a slot's pixels with room for so many points. */
    public static long bytes(int points) {
        return HEADER_BYTES + points * POINT_BYTES;
    }

    /** How many points there is room for. */
    public static int room(MemorySegment pixels) {
        return Math.toIntExact((pixels.byteSize() - HEADER_BYTES) / POINT_BYTES);
    }

    /** Points that the pixels hold. */
    public static int points(MemorySegment pixels) {
        return Math.toIntExact(pixels.get(ValueLayout.JAVA_LONG, 0));
    }

    /** Says how many points the pixels hold; at most {@link #room}. */
    public static void points(MemorySegment pixels, int points) {
        pixels.set(ValueLayout.JAVA_LONG, 0, points);
    }

    /** Writes a point. */
    public static void put(MemorySegment pixels, int point, double x, double intensity, double sigma, double count) {
        set(pixels, point, 0, x);
        set(pixels, point, 1, intensity);
        set(pixels, point, 2, sigma);
        set(pixels, point, 3, count);
    }

    public static double x(MemorySegment pixels, int point) {
        return get(pixels, point, 0);
    }

    public static double intensity(MemorySegment pixels, int point) {
        return get(pixels, point, 1);
    }

    public static double sigma(MemorySegment pixels, int point) {
        return get(pixels, point, 2);
    }

    public static double count(MemorySegment pixels, int point) {
        return get(pixels, point, 3);
    }

    private static void set(MemorySegment pixels, int point, int number, double value) {
        pixels.set(ValueLayout.JAVA_DOUBLE, place(point, number), value);
    }

    private static double get(MemorySegment pixels, int point, int number) {
        return pixels.get(ValueLayout.JAVA_DOUBLE, place(point, number));
    }

    private static long place(int point, int number) {
        return HEADER_BYTES + point * POINT_BYTES + number * (long) Double.BYTES;
    }
}
