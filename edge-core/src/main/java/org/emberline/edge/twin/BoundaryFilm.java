package org.emberline.edge.twin;

import java.util.Arrays;

/**
 * The film of barium on the boundaries between grains, as points spread evenly over every neck. The boundary of two grains is the
 * disc in which their balls cut each other, as far as it lies in the envelope and no third grain owns it. Coverage is patchy: each
 * boundary has a phase of its own, and is wetted when the coverage rises past it. One thread; allocates nothing per call.
 */
final class BoundaryFilm {
    private static final double GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));
    /** Range of coverage over which one boundary goes from dry to wet. */
    private static final double SOFTNESS = 0.1;
    /** Balls need not grow further than this to touch all around: larger necks would only be cut off again. */
    private static final double LARGEST_RADIUS_IN_SPACINGS = 1.0;

    private final int rows;
    private final int columns;
    private final double pixel;
    private final double areaPerPoint;
    private final int[] neighbour;
    private final double[] map;
    private final double[] axes = new double[6];
    private double area;
    private double wetted;

    BoundaryFilm(int rows, int columns, double pixelMicrometres, int most) {
        this.rows = rows;
        this.columns = columns;
        pixel = pixelMicrometres;
        areaPerPoint = pixel * pixel;
        neighbour = new int[most];
        map = new double[rows * columns];
    }

    /**
     * Spreads the film of the grains as they stand; the map then holds wetted area per pixel in um2.
     *
     * @param coverage share of the boundaries that is wetted, 0..1
     */
    void spread(Grains grains, double coverage) {
        clear();
        double largest = LARGEST_RADIUS_IN_SPACINGS * grains.spacing();
        double excess = Math.max(0, grains.growth() - largest * largest);
        for (int i = 0; i < grains.count(); i++) {
            int neighbours = neighbours(grains, i, excess);
            for (int n = 0; n < neighbours; n++) {
                if (neighbour[n] > i) {
                    disc(grains, i, neighbour[n], neighbours, excess, coverage);
                }
            }
        }
    }

    /** Takes all film away. */
    void clear() {
        Arrays.fill(map, 0);
        area = 0;
        wetted = 0;
    }

    /** Wetted area per pixel, um2. */
    double[] map() {
        return map;
    }

    /** Area of all boundaries, um2. */
    double areaMicrometres2() {
        return area;
    }

    /** Area of the wetted boundaries, um2, also outside the field. */
    double wettedMicrometres2() {
        return wetted;
    }

    /** Those whose balls overlap, nearest first: the nearest is the likeliest owner of a point that is not kept. */
    private int neighbours(Grains grains, int i, double excess) {
        double radius = Math.sqrt(Math.max(0, grains.squareRadius(i) - excess));
        int found = 0;
        for (int k = 0; k < grains.count(); k++) {
            double square = grains.squareRadius(k) - excess;
            double reach = radius + Math.sqrt(Math.max(0, square));
            if (k != i && square > 0 && radius > 0 && squareDistance(grains, i, k) < reach * reach) {
                int at = found++;
                while (at > 0 && squareDistance(grains, i, neighbour[at - 1]) > squareDistance(grains, i, k)) {
                    neighbour[at] = neighbour[at - 1];
                    at--;
                }
                neighbour[at] = k;
            }
        }
        return found;
    }

    private void disc(Grains grains, int i, int j, int neighbours, double excess, double coverage) {
        double square = squareDistance(grains, i, j);
        double distance = Math.sqrt(square);
        double along = (square + grains.weight(i) - grains.weight(j)) / (2 * distance);
        double neck = grains.squareRadius(i) - excess - along * along;
        if (neck <= 0) {
            return;
        }
        double dx = (grains.x(j) - grains.x(i)) / distance;
        double dy = (grains.y(j) - grains.y(i)) / distance;
        double dz = (grains.z(j) - grains.z(i)) / distance;
        across(dx, dy, dz);
        int points = (int) Math.ceil(Math.PI * neck / areaPerPoint);
        double each = Math.PI * neck / points;
        double wet = each * wetness(coverage, grains.pairPhase(i, j));
        for (int p = 0; p < points; p++) {
            double radius = Math.sqrt(neck * (p + 0.5) / points);
            double a = radius * Math.cos(p * GOLDEN_ANGLE);
            double b = radius * Math.sin(p * GOLDEN_ANGLE);
            double x = grains.x(i) + along * dx + a * axes[0] + b * axes[3];
            double y = grains.y(i) + along * dy + a * axes[1] + b * axes[4];
            double z = grains.z(i) + along * dz + a * axes[2] + b * axes[5];
            if (owned(grains, i, j, neighbours, x, y, z)) {
                area += each;
                wetted += wet;
                splat(x, y, wet);
            }
        }
    }

    /** 0 at no, 1 at full coverage for every phase; on average over the phases equal to the coverage. */
    static double wetness(double coverage, double phase) {
        double middle = SOFTNESS / 2 + (1 - SOFTNESS) * phase;
        return Math.max(0, Math.min(1, (coverage - middle) / SOFTNESS + 0.5));
    }

    /** Two unit vectors across a direction, into {@code axes}. */
    private void across(double dx, double dy, double dz) {
        double length = Math.hypot(dx, dy);
        // Turns with the sample about the beam, so that the points do.
        axes[0] = length > 1e-9 ? -dy / length : 1;
        axes[1] = length > 1e-9 ? dx / length : 0;
        axes[2] = 0;
        axes[3] = dy * axes[2] - dz * axes[1];
        axes[4] = dz * axes[0] - dx * axes[2];
        axes[5] = dx * axes[1] - dy * axes[0];
    }

    private boolean owned(Grains grains, int i, int j, int neighbours, double x, double y, double z) {
        double ex = x - grains.centreX();
        double ey = y - grains.centreY();
        if (ex * ex + ey * ey + z * z > grains.envelope() * grains.envelope()) {
            return false;
        }
        double own = power(grains, i, x, y, z);
        for (int n = 0; n < neighbours; n++) {
            int k = neighbour[n];
            if (k != j && power(grains, k, x, y, z) < own) {
                return false;
            }
        }
        return true;
    }

    private static double power(Grains grains, int i, double x, double y, double z) {
        double dx = x - grains.x(i);
        double dy = y - grains.y(i);
        double dz = z - grains.z(i);
        return dx * dx + dy * dy + dz * dz - grains.weight(i);
    }

    private static double squareDistance(Grains grains, int i, int j) {
        double dx = grains.x(i) - grains.x(j);
        double dy = grains.y(i) - grains.y(j);
        double dz = grains.z(i) - grains.z(j);
        return dx * dx + dy * dy + dz * dz;
    }

    /** Shares a point's amount between the four pixels whose centres surround it. */
    private void splat(double x, double y, double amount) {
        double column = x / pixel + columns / 2.0 - 0.5;
        double row = y / pixel + rows / 2.0 - 0.5;
        int c = (int) Math.floor(column);
        int r = (int) Math.floor(row);
        double right = column - c;
        double down = row - r;
        put(r, c, amount * (1 - right) * (1 - down));
        put(r, c + 1, amount * right * (1 - down));
        put(r + 1, c, amount * (1 - right) * down);
        put(r + 1, c + 1, amount * right * down);
    }

    private void put(int row, int column, double amount) {
        if (row >= 0 && row < rows && column >= 0 && column < columns) {
            map[row * columns + column] += amount;
        }
    }
}
