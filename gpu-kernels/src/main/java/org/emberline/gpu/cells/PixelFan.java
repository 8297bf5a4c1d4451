package org.emberline.gpu.cells;

/**
 * A pixel as four triangles of equal area between its centre and its sides, over each of which a coordinate is linear. Filled anew
 * for each pixel; for one thread.
 */
final class PixelFan {
    private double centre;
    private double a;
    private double b;
    private double c;
    private double d;

    /** Takes the coordinate at the centre and, on the way round, at the corners. */
    void set(double atCentre, double atA, double atB, double atC, double atD) {
        centre = atCentre;
        a = atA;
        b = atB;
        c = atC;
        d = atD;
    }

    double lowest() {
        return Math.min(centre, Math.min(Math.min(a, b), Math.min(c, d)));
    }

    double highest() {
        return Math.max(centre, Math.max(Math.max(a, b), Math.max(c, d)));
    }

    /** The fraction of the pixel's area where the coordinate is below the level: 0 at {@link #lowest}, 1 at {@link #highest}. */
    double areaBelow(double level) {
        return 0.25
                * (triangleBelow(level, centre, a, b)
                        + triangleBelow(level, centre, b, c)
                        + triangleBelow(level, centre, c, d)
                        + triangleBelow(level, centre, d, a));
    }

    /**
     * The fraction of a triangle where a coordinate that is linear in it is below the level. With the corners' values in order,
     * low, middle, high, the line through the middle corner parts the triangle as (middle - low) to (high - middle), and the cut
     * at the level is similar to one of the parts, its area as the square of the distance to that part's corner. Whichever part
     * the level lies within is not empty, so that equal values divide nothing by 0.
     */
    static double triangleBelow(double level, double p, double q, double r) {
        double low = Math.min(p, Math.min(q, r));
        double high = Math.max(p, Math.max(q, r));
        if (level <= low) {
            return 0;
        }
        if (level >= high) {
            return 1;
        }
        double middle = Math.max(Math.min(p, q), Math.min(Math.max(p, q), r));
        if (level < middle) {
            double above = level - low;
            return above / (middle - low) * (above / (high - low));
        }
        double rest = high - level;
        return 1 - rest / (high - middle) * (rest / (high - low));
    }
}
