package org.emberline.edge.twin;

/**
 * How far a straight ray along the beam runs through each grain. Along a ray the power of every grain is the same parabola plus a
 * line in z, so the grains that own a piece of it are the lower envelope of lines sorted by slope; each piece is then cut by its own
 * ball and by the envelope. Exact for one ray. One thread; allocates nothing after construction.
 */
final class RayCaster {
    private final Grains grains;
    private final int[] candidate;
    private final int[] owner;
    private final double[] from;
    private final double[] half;
    private final double[] offset;
    private int candidates;
    private int owners;
    private int longestOwner;
    private double longest;

    RayCaster(Grains grains, int most) {
        this.grains = grains;
        candidate = new int[most];
        owner = new int[most];
        from = new double[most];
        half = new double[most];
        offset = new double[most];
    }

    /** Restricts the following rays to a rectangle. */
    void select(double x0, double x1, double y0, double y1) {
        candidates = 0;
        for (int i = 0; i < grains.count(); i++) {
            double dx = Math.max(0, Math.max(x0 - grains.x(i), grains.x(i) - x1));
            double dy = Math.max(0, Math.max(y0 - grains.y(i), grains.y(i) - y1));
            if (dx * dx + dy * dy < grains.squareRadius(i)) {
                candidate[candidates++] = i;
            }
        }
    }

    /** Length of solid along the ray at (x, y); adds each grain's share to its place in {@code shares}. */
    double trace(double x, double y, double[] shares) {
        double ex = x - grains.centreX();
        double ey = y - grains.centreY();
        double square = grains.envelope() * grains.envelope() - ex * ex - ey * ey;
        longest = 0;
        if (square <= 0) {
            return 0;
        }
        lowerEnvelope(x, y);
        return lengths(Math.sqrt(square), shares);
    }

    /** The grain with the longest piece of the ray last traced; meaningless when there was no solid. */
    int longestOwner() {
        return longestOwner;
    }

    double longest() {
        return longest;
    }

    private void lowerEnvelope(double x, double y) {
        owners = 0;
        for (int c = 0; c < candidates; c++) {
            int i = candidate[c];
            double dx = x - grains.x(i);
            double dy = y - grains.y(i);
            double across = dx * dx + dy * dy;
            double square = grains.squareRadius(i) - across;
            if (square > 0) {
                double z = grains.z(i);
                push(i, across + z * z - grains.weight(i), square);
            }
        }
    }

    private void push(int i, double constant, double square) {
        double begin = Double.NEGATIVE_INFINITY;
        while (owners > 0) {
            int top = owners - 1;
            double gap = grains.z(i) - grains.z(owner[top]);
            begin = gap > 0
                    ? (constant - offset[top]) / (2 * gap)
                    : constant < offset[top] ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            if (begin > from[top]) {
                break;
            }
            owners--;
            begin = Double.NEGATIVE_INFINITY;
        }
        owner[owners] = i;
        from[owners] = begin;
        offset[owners] = constant;
        half[owners] = Math.sqrt(square);
        owners++;
    }

    private double lengths(double halfChord, double[] shares) {
        double total = 0;
        for (int k = 0; k < owners; k++) {
            int i = owner[k];
            double until = k + 1 < owners ? from[k + 1] : Double.POSITIVE_INFINITY;
            double begin = Math.max(Math.max(from[k], grains.z(i) - half[k]), -halfChord);
            double length = Math.min(Math.min(until, grains.z(i) + half[k]), halfChord) - begin;
            if (length > 0) {
                total += length;
                shares[grains.id(i)] += length;
                if (length > longest) {
                    longest = length;
                    longestOwner = grains.id(i);
                }
            }
        }
        return total;
    }
}
