package org.emberline.edge.metrics.grains;

import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.metrics.pattern.Optics;
import org.emberline.edge.metrics.phase.CrystalPhase;
import org.emberline.edge.metrics.phase.PhaseDescription;
import org.emberline.edge.metrics.phase.UnitCell;
import org.emberline.gpu.AzimuthalAxis;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Ring;
import org.emberline.gpu.RingFilter;
import org.emberline.gpu.Sectors;

/**
 * The narrow strips side by side in which the counts of one ring are taken sector by sector. A ring moves by several of its widths while
 * the sample is heated, and neighbours come near, so that which strips are peak and which background is decided frame by frame.
 */
public final class GrainStrips {
    /** How far a hot cell may move the ring inward, and a cold or lithium-poor one outward, relative. */
    private static final double INWARD = 0.03;

    private static final double OUTWARD = 0.01;
    /** Widths of the line from its centre to the end of its background. */
    static final double REACH = 3.5;
    /** Of an instrument whose width nobody knows, relative to q. */
    private static final double USUAL_WIDTH = 0.008;
    /** Share of the line's width that a strip takes. On its slopes a line changes by half across one of 0.4, and a sector has few pixels. */
    private static final double STRIP = 0.14;

    private static final double NANOMETRES = 10;

    private GrainStrips() {}

    /**
     * What of the azimuth is needed.
     *
     * @param phase the phase of interest, with a structure
     * @param axis radial bins, in q
     * @throws IllegalArgumentException when the axis does not hold the whole ring
     */
    public static Sectors of(GrainSettings settings, PhaseDescription phase, Optics optics, RadialAxis axis) {
        CrystalPhase crystal = phase.crystal();
        if (crystal == null) {
            throw new IllegalArgumentException(
                    "metrics of grains need symmetry and sites, which are not in the file of phase=" + phase.name());
        }
        double unit = axis.unit() == RadialUnit.Q_PER_NANOMETRE ? NANOMETRES : 1;
        UnitCell cell = crystal.structure().cell();
        double inverse = Math.sqrt(cell.inverseSquareSpacing(settings.h(), settings.k(), settings.l()));
        double q = 2 * Math.PI * inverse * unit;
        double width = width(optics, q / unit) * unit;
        double lower = q * (1 - INWARD) - REACH * width;
        double upper = q * (1 + OUTWARD) + REACH * width;
        if (!(q * (1 - INWARD) - width > axis.lower() && q * (1 + OUTWARD) + width < axis.upper())) {
            throw new IllegalArgumentException("the ring metrics.grains.reflection=[" + settings.h() + ", "
                    + settings.k() + ", " + settings.l() + "] at q=" + q + " is not inside the pattern reduce.range=["
                    + axis.lower() + ", " + axis.upper() + "]");
        }
        int first = (int) Math.max(0, Math.floor((lower - axis.lower()) / axis.binWidth()));
        int end = (int) Math.min(axis.bins(), Math.ceil((upper - axis.lower()) / axis.binWidth()));
        int each = (int) Math.max(1, Math.round(STRIP * width / axis.binWidth()));
        List<Ring> rings = new ArrayList<>();
        for (int bin = first; bin + each <= end; bin += each) {
            rings.add(new Ring("grains-" + rings.size(), edge(axis, bin), edge(axis, bin + each), 0));
        }
        return new Sectors(AzimuthalAxis.fullCircle(settings.sectors()), false, rings, RingFilter.NONE);
    }

    private static double width(Optics optics, double q) {
        double instrument = Math.toRadians(optics.gaussDegrees()) * 2 * Math.PI / optics.wavelengthAngstrom();
        return Double.isNaN(instrument) ? USUAL_WIDTH * q : instrument;
    }

    private static double edge(RadialAxis axis, int bin) {
        return axis.lower() + bin * axis.binWidth();
    }
}
