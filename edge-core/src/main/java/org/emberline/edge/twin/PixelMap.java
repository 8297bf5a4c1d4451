package org.emberline.edge.twin;

import org.emberline.gpu.Geometry;

/**
 * What every pixel of the simulated panel sees, worked out once: its place on the radial grid, the factor by which solid angle and
 * polarisation weaken it, and whether it is alive. Formulas as in pyFAI (Kieffer and Karkoulis, J. Phys. Conf. Ser. 425 (2013)
 * 202012), so that a reduction with these corrections gives back the pattern. Pixels are looked at in their centre.
 */
final class PixelMap {
    /** Value of a pixel between two modules. */
    static final int GAP = -1;
    /** Value of a pixel that does not count. */
    static final int DEAD = -2;

    private static final long DEAD_PIXELS = 3;

    private final int nodes;
    private final double stepRadians;
    private final float[] place;
    private final float[] weight;
    private final float[] azimuth;
    private final byte[] mark;

    PixelMap(Geometry geometry, SimulationSettings settings, int nodes) {
        this(geometry, settings.detector(), settings.beam().polarizationFactor(), settings.seed(), nodes);
    }

    /** @param nodes nodes of the radial grid, which runs evenly from 2theta = 0 to the outermost pixel */
    PixelMap(Geometry geometry, SimulationSettings.Panel panel, double polarization, long seed, int nodes) {
        this.nodes = nodes;
        int pixels = geometry.detector().pixels();
        place = new float[pixels];
        weight = new float[pixels];
        azimuth = new float[pixels];
        mark = new byte[pixels];
        double[] twoTheta = new double[pixels];
        double outermost = trace(geometry, polarization, twoTheta);
        stepRadians = outermost / (nodes - 1);
        for (int i = 0; i < pixels; i++) {
            // A float holds the place to a hundredth of a node or better; the last node is kept for interpolation.
            place[i] = (float) Math.min(twoTheta[i] / stepRadians, nodes - 1.001);
        }
        markGaps(panel);
        markDead(panel.deadFraction(), seed);
    }

    private double trace(Geometry geometry, double polarization, double[] twoTheta) {
        Rotation rotation = new Rotation(geometry);
        double distance = geometry.distanceMetres();
        double outermost = 0;
        int columns = geometry.detector().columns();
        for (int i = 0; i < twoTheta.length; i++) {
            int row = i / columns;
            double p1 = (row + 0.5) * geometry.detector().pixel1Metres() - geometry.poni1Metres();
            double p2 = (i % columns + 0.5) * geometry.detector().pixel2Metres() - geometry.poni2Metres();
            double up = rotation.up(p1, p2);
            double side = rotation.side(p1, p2);
            double across = Math.hypot(up, side);
            twoTheta[i] = Math.atan2(across, rotation.along(p1, p2));
            outermost = Math.max(outermost, twoTheta[i]);
            double incidence = distance / Math.sqrt(distance * distance + p1 * p1 + p2 * p2);
            double cosine = Math.cos(twoTheta[i]);
            // cos(2 chi) of the azimuth chi = atan2(up, side)
            double twice = across > 0 ? (side * side - up * up) / (across * across) : 1;
            double polarized = 0.5 * (1 + cosine * cosine - polarization * twice * (1 - cosine * cosine));
            double turn = Math.atan2(up, side) / (2 * Math.PI);
            azimuth[i] = (float) (turn < 0 ? turn + 1 : turn);
            weight[i] = (float) (incidence * incidence * incidence * polarized);
        }
        return outermost;
    }

    private void markGaps(SimulationSettings.Panel panel) {
        for (int i = 0; i < mark.length; i++) {
            int row = i / panel.columns() % (panel.moduleRows() + panel.gapRows());
            int column = i % panel.columns() % (panel.moduleColumns() + panel.gapColumns());
            if (row >= panel.moduleRows() || column >= panel.moduleColumns()) {
                mark[i] = GAP;
            }
        }
    }

    private void markDead(double deadFraction, long seed) {
        Noise noise = new Noise(seed);
        noise.restart(DEAD_PIXELS, 0);
        for (int i = 0; i < mark.length; i++) {
            boolean dies = noise.uniform() < deadFraction;
            if (dies && mark[i] == 0) {
                mark[i] = DEAD;
            }
        }
    }

    int pixels() {
        return mark.length;
    }

    /** Nodes of the radial grid. */
    int nodes() {
        return nodes;
    }

    /** 2theta between two nodes. */
    double stepRadians() {
        return stepRadians;
    }

    /** 0 for a live pixel, else {@link #GAP} or {@link #DEAD}. */
    int mark(int pixel) {
        return mark[pixel];
    }

    /** A pixel's place on the radial grid, in nodes. */
    float place(int pixel) {
        return place[pixel];
    }

    /** The factor of solid angle and polarisation. */
    float weight(int pixel) {
        return weight[pixel];
    }

    /** A pixel's azimuth from axis 2 towards axis 1, in turns, 0..1. */
    float azimuth(int pixel) {
        return azimuth[pixel];
    }

    /** Expected counts of a pixel under a pattern given on the nodes. */
    double expected(int pixel, double[] pattern) {
        int node = (int) place[pixel];
        double fraction = place[pixel] - node;
        return weight[pixel] * (pattern[node] + fraction * (pattern[node + 1] - pattern[node]));
    }

    /** The panel's axes in the laboratory, as pyFAI turns them: rot1, then rot2, then rot3. */
    private static final class Rotation {
        private final double distance;
        private final double s1;
        private final double c1;
        private final double s2;
        private final double c2;
        private final double s3;
        private final double c3;

        Rotation(Geometry geometry) {
            distance = geometry.distanceMetres();
            s1 = Math.sin(geometry.rot1Radians());
            c1 = Math.cos(geometry.rot1Radians());
            s2 = Math.sin(geometry.rot2Radians());
            c2 = Math.cos(geometry.rot2Radians());
            s3 = Math.sin(geometry.rot3Radians());
            c3 = Math.cos(geometry.rot3Radians());
        }

        double up(double p1, double p2) {
            return p1 * c2 * c3 + p2 * (c3 * s1 * s2 - c1 * s3) - distance * (c1 * c3 * s2 + s1 * s3);
        }

        double side(double p1, double p2) {
            return p1 * c2 * s3 + p2 * (c1 * c3 + s1 * s2 * s3) - distance * (c1 * s2 * s3 - c3 * s1);
        }

        double along(double p1, double p2) {
            return p1 * s2 - p2 * c2 * s1 + distance * c1 * c2;
        }
    }
}
