package org.emberline.edge.metrics.imaging;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.MapLayout;
import org.emberline.edge.frame.MetricMap;

/**
 * Mean magnitude over the field of the least flux that explains how the metal has moved since the set before, in <b>mg/cm/s</b> (SenML has no
 * unit for it): {@code dm/dt = -div J}, {@code J = -grad phi}. A lower bound. Noise makes a flux as well; its square is taken off.
 *
 * <p>NaN with REFERENCE_MISSING without a set before, with NOISE_LIMITED when the flux is not clearly above that of noise, and with
 * MASS_NOT_CONSERVED when metal came or went. With every value comes a coarse map of the flux.
 */
final class TransportFlux extends ImageMetric {
    static final String NAME = "transport_flux";

    /** How well the flux of noise is known: its outline differs from the disc for which it was found. */
    private static final double FLOOR_KNOWN = 0.2;
    /** Excess, in standard deviations, that is more than noise. */
    private static final double DETECTED = 3;

    /** What squares of four pixels leave open. */
    private static final double OF_VALUE = 0.03;

    private final ImageAnalysis analysis;
    private final FluxMap fluxMap;
    private final MetricMap latest;

    /** @param factor detector pixels per pixel of the metal map */
    TransportFlux(ImageAnalysis analysis, int factor) {
        super(NAME, "");
        this.analysis = analysis;
        Reference reference = analysis.reference();
        fluxMap = new FluxMap(reference.fluxShape(), factor * reference.fluxFactor());
        latest = new MetricMap(0, fluxMap.layout());
    }

    @Override
    public MapLayout map() {
        return fluxMap.layout();
    }

    @Override
    public void measure(FrameSlot slot, int index) {
        super.measure(slot, index);
        if (!Double.isNaN(slot.metricValue(index))) {
            fluxMap.write(analysis.reference().leastFlux(), latest);
            latest.frameIndex = slot.frameIndex;
            latest.midNanos = slot.midNanos();
        }
        MetricMap shown = slot.metricMap(index);
        if (shown != null) {
            shown.take(latest);
        }
    }

    @Override
    public String definition() {
        return "transport_flux.minimum-energy/1";
    }

    @Override
    long look(FrameSlot slot) {
        return MovedFraction.lookForReference(analysis, slot);
    }

    @Override
    void compute(FrameSlot slot, int index) {
        double flux = analysis.reference().flux();
        double floor = analysis.reference().fluxFloor();
        if (Double.isNaN(flux)) {
            slot.metric(index, Double.NaN, Double.NaN, FrameFlag.REFERENCE_MISSING.bit());
            return;
        }
        double excess = flux * flux - floor * floor;
        double sigmaOfSquare = 2 * FLOOR_KNOWN * floor * floor;
        if (!(excess > DETECTED * sigmaOfSquare)) {
            slot.metric(index, Double.NaN, Double.NaN, FrameFlag.NOISE_LIMITED.bit() | analysis.remarks());
            return;
        }
        double value = Math.sqrt(excess);
        double sigma = Math.hypot(sigmaOfSquare / (2 * value), OF_VALUE * value);
        slot.metric(index, value, sigma, analysis.remarks());
    }
}
