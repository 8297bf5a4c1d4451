package org.emberline.edge.twin;

/**
 * The grains of an agglomerate at one moment: the solid is the part of the envelope's ball that lies in any grain's ball, and each
 * point of it belongs to the grain of least power |r - r_i|^2 - w_i (a power diagram). A grain's squared radius is w_i + growth, so
 * that growing all balls together widens the necks and closes the pores, while the boundaries stay where they are. Lengths in um.
 * One thread; allocates nothing after construction.
 */
final class Grains {
    /** Median radius over the mean distance of grains; only differences of weights between grains matter. */
    private static final double RADIUS_OVER_SPACING = 0.6;
    /** A dying grain has lost its last volume when its weight is this many spacings squared lower. */
    private static final double DEATH_IN_SPACINGS = 1.6;
    /** Share of the living grains that are shrinking at a time. */
    private static final double DYING = 0.1;

    private final GrainPacking packing;
    private final int[] id;
    private final double[] x;
    private final double[] y;
    private final double[] z;
    private final double[] weight;
    private int count;
    private double envelope;
    private double spacing;
    private double growth;
    private double centreX;
    private double centreY;

    Grains(GrainPacking packing) {
        this.packing = packing;
        int most = packing.grains();
        id = new int[most];
        x = new double[most];
        y = new double[most];
        z = new double[most];
        weight = new double[most];
    }

    /**
     * Chooses the living grains and their weights, and puts them upright into the origin.
     *
     * @param number mean number of grains, also a fraction and also above the number that can be drawn
     * @param envelopeMicrometres radius of the envelope
     */
    void settle(double number, double envelopeMicrometres) {
        envelope = envelopeMicrometres;
        double drawn = Math.min(number, packing.grains());
        spacing = envelope * Math.cbrt(4 * Math.PI / 3 / drawn);
        double dying = DYING * number + 1;
        // The lives add up to the number.
        double living = number + dying / 2;
        count = 0;
        for (int i = 0; i < packing.grains(); i++) {
            double life = Math.min((living - packing.rank(i) - 0.5) / dying, 1);
            if (life > 0) {
                double radius = RADIUS_OVER_SPACING * spacing * packing.relativeRadius(i);
                double loss = (1 - life) * DEATH_IN_SPACINGS * spacing;
                id[count] = i;
                z[count] = envelope * packing.z(i);
                weight[count] = radius * radius - loss * loss;
                count++;
            }
        }
        place(0, 0, 0);
    }

    /** Turns the agglomerate about the beam and moves its centre. */
    void place(double x0, double y0, double radians) {
        centreX = x0;
        centreY = y0;
        double cosine = Math.cos(radians) * envelope;
        double sine = Math.sin(radians) * envelope;
        for (int i = 0; i < count; i++) {
            double u = packing.x(id[i]);
            double v = packing.y(id[i]);
            x[i] = x0 + cosine * u - sine * v;
            y[i] = y0 + sine * u + cosine * v;
        }
    }

    void grow(double squareMicrometres) {
        growth = squareMicrometres;
    }

    int count() {
        return count;
    }

    /** Which grain of the packing this is. */
    int id(int i) {
        return id[i];
    }

    double x(int i) {
        return x[i];
    }

    double y(int i) {
        return y[i];
    }

    /** Ascends with i. */
    double z(int i) {
        return z[i];
    }

    double weight(int i) {
        return weight[i];
    }

    /** Squared radius; negative for a grain that has no volume. */
    double squareRadius(int i) {
        return weight[i] + growth;
    }

    double growth() {
        return growth;
    }

    double envelope() {
        return envelope;
    }

    /** Edge of the cube that is a grain's share of the envelope. */
    double spacing() {
        return spacing;
    }

    double centreX() {
        return centreX;
    }

    double centreY() {
        return centreY;
    }

    /** Uniform in [0, 1) for each pair of grains. */
    double pairPhase(int i, int j) {
        double sum = packing.phase(id[i]) + packing.phase(id[j]);
        return sum < 1 ? sum : sum - 1;
    }
}
