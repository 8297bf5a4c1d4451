package org.emberline.edge.twin;

/**
 * The true values of one simulated radiograph, all without noise and before blur.
 *
 * @param seconds middle of the exposure since the start of the run
 * @param movedFraction half the sum of |m - m0| over the sum of m0 of the metal's areal mass against frame 0, the sample's drift
 *     and turning taken out; 0..1
 * @param movedFractionAsSeen the same with the frame's drift and turning left in, against frame 0 at rest
 */
public record RadiographTruth(
        long frame,
        double seconds,
        double energyKev,
        Sample sample,
        Mass mass,
        double movedFraction,
        double movedFractionAsSeen,
        Segregation segregation,
        Instrument instrument) {

    /**
     * The agglomerate.
     *
     * @param porosity pore over envelope volume, as drawn
     * @param silhouettePorosity 1 - V_solid / V_sphere, the sphere of the area that the convex hull of the silhouette has
     * @param envelopeMicrometres radius of the envelope
     * @param grains number with any volume
     * @param meanGrainMicrometres mean diameter of the sphere of a grain's volume, by number; differs from the state's size while the
     *     grains are too many to be drawn
     * @param volumeWeightedGrainMicrometres the same, weighted by volume
     * @param halfCorrelationMicrometres where the autocorrelation of the thickness, less the envelope's own shape, falls to half; mean
     *     of four directions, within 0.8 of the envelope's radius; NaN when it does not fall so far
     * @param wettedShare share of the boundaries' area that carries barium
     */
    public record Sample(
            double porosity,
            double silhouettePorosity,
            double envelopeMicrometres,
            int grains,
            double meanGrainMicrometres,
            double volumeWeightedGrainMicrometres,
            double halfCorrelationMicrometres,
            double wettedShare) {}

    /**
     * What the field holds, in 1e-12 g.
     *
     * @param oxidePicograms metal as layered oxide
     * @param quadrature factor by which the traced volume was corrected, within 1e-3 of 1
     */
    public record Mass(double oxidePicograms, double bariumPicograms, double quadrature) {}

    /**
     * Indices of the barium's areal mass over the pixels that hold oxide; all NaN without barium.
     *
     * @param boundaryRatio mean within 2 pixels of a change of the dominant grain over mean elsewhere; NaN when there is no elsewhere
     * @param variation standard deviation over mean
     * @param gini 0 when even, towards 1 when in one pixel
     * @param hotSpots share of the barium in the top 5 % of the pixels
     * @param moran Moran's I with the eight neighbours, weight 1 each
     */
    public record Segregation(double boundaryRatio, double variation, double gini, double hotSpots, double moran) {}

    /**
     * What the instrument did.
     *
     * @param driftXMicrometres towards larger columns; likewise Y, rows
     * @param rotationDegrees from columns towards rows, about the field's centre before the drift
     * @param flatDrift relative rms change of the flat since the start
     */
    public record Instrument(
            double driftXMicrometres,
            double driftYMicrometres,
            double rotationDegrees,
            double flatDrift,
            int hotPixels) {}
}
