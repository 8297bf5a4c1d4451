package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameSlot;

/**
 * Optical porosity: 1 - V / V_envelope. V is the volume of all metal as dense layered oxide, V_envelope that of the ball with the area of
 * the outline's convex hull. Before the layered phase has formed this is not the share of empty space, since hydroxide and intermediate
 * oxide take other volumes for the same metal, but it is what the envelope leaves to be closed; from then on both are the same.
 *
 * <p>Sigma: 0.2 pixels at the outline, which counts three times over, and the noise of the mass. Not in it: the coefficients of
 * absorption (2 to 5 %), which scale V in every frame alike.
 */
final class Porosity extends ImageMetric {
    static final String NAME = "porosity";

    /** Standard uncertainty of the hull's radius, pixels: grains at the surface, blur, noise. */
    static final double OUTLINE_PIXELS = 0.2;

    private final ImageAnalysis analysis;

    Porosity(ImageAnalysis analysis) {
        super(NAME, "/");
        this.analysis = analysis;
    }

    @Override
    public String definition() {
        return "porosity.optical-hull/1";
    }

    @Override
    long look(FrameSlot slot) {
        return analysis.look(slot);
    }

    @Override
    void compute(FrameSlot slot, int index) {
        double pixel = analysis.pixelMicrometres();
        double radius = analysis.outline().equalRadius();
        double envelope = 4 * Math.PI / 3 * radius * radius * radius * pixel;
        double solid = analysis.mass() / envelope;
        double sigma = solid * Math.hypot(3 * OUTLINE_PIXELS / radius, analysis.massSigma() / analysis.mass());
        slot.metric(index, 1 - solid, sigma, analysis.remarks());
    }
}
