package org.emberline.edge.twin;

/**
 * March's texture of the 001 axis (Dollase, J. Appl. Cryst. 19 (1986) 267): directions at an angle a to the fibre axis carry
 * w(a) = (r^2 cos^2 a + sin^2 a / r)^(-3/2) times the mean number of 001 normals. Immutable.
 */
final class Texture {
    private static final int TURNS = 180;

    private final double r;
    private final boolean fibre;

    Texture(double marchDollase, boolean fibre) {
        r = marchDollase;
        this.fibre = fibre;
    }

    /**
     * Fills the factor on a ring's intensity at evenly spaced azimuths, the first at 0, towards the panel's axis 2.
     *
     * @param cosineToAxis cosine of the angle between the reflection's normal and 001
     * @param theta half of the scattering angle
     * @return its mean
     */
    double around(double cosineToAxis, double theta, float[] factor) {
        double sum = 0;
        for (int i = 0; i < factor.length; i++) {
            double upright = fibre ? Math.cos(theta) * Math.sin(2 * Math.PI * i / factor.length) : 1;
            factor[i] = (float) density(cosineToAxis, upright);
            sum += factor[i];
        }
        return sum / factor.length;
    }

    /** Mean of w over all 001 axes that put the reflection's normal at an angle to the fibre axis, both given by their cosines. */
    private double density(double cosineToAxis, double cosineToFibre) {
        double along = cosineToAxis * cosineToFibre;
        double across = Math.sqrt(Math.max(0, (1 - cosineToAxis * cosineToAxis) * (1 - cosineToFibre * cosineToFibre)));
        double sum = 0;
        int turns = r == 1 || across == 0 ? 1 : TURNS;
        for (int i = 0; i < turns; i++) {
            double cosine = along + across * Math.cos(2 * Math.PI * i / turns);
            double square = Math.min(1, cosine * cosine);
            sum += Math.pow(r * r * square + (1 - square) / r, -1.5);
        }
        return sum / turns;
    }
}
