package org.emberline.edge.metrics.grains;

import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.metrics.pattern.FitResult;
import org.emberline.edge.metrics.pattern.Optics;
import org.emberline.edge.metrics.phase.CrystalPhase;
import org.emberline.edge.metrics.phase.PhaseDescription;
import org.emberline.edge.metrics.phase.StructureLines;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Reduction;
import org.emberline.gpu.Sectors;

/**
 * The grains of the phase of interest in one frame, from the ring that {@link GrainSettings} name: graininess, size and whether they stay.
 * One thread; allocates nothing per frame.
 */
public final class GrainAnalysis {
    /** What is not known of the share that the places of pixels have in a graininess, and least. */
    private static final double UNSURE_PLACES = 0.3;

    private static final double LEAST = 1e-6;
    /** Of so many sigmas and less there are too many grains to tell. */
    private static final double NOTICEABLE = 3;
    /** Of so few grains in a degree the ring is one of spots. */
    private static final double FEW_GRAINS = 5;

    private static final double NANOMETRES = 10;

    private final GrainSettings settings;
    private final FitResult fit;
    private final Optics optics;
    private final StructureLines lines;
    private final int line;
    private final RingSectors sectors;
    private final RingScatter scatter;
    private final GrainCorrelation correlation;
    private final GrainSampling sampling;
    private final GrainSize size;
    private final FormedShare formed;
    private final double[] covariance;

    private long flags;
    private long notes;
    private long correlationFlags;
    private double areaVariance;

    /**
     * @param others the other phases of the fit, in its order
     * @param axis of the patterns, whose plan has the {@link GrainStrips} of these settings and this phase
     * @throws IllegalArgumentException when the phase does not have the line, or the axis does not hold it
     */
    public GrainAnalysis(
            GrainSettings settings,
            PhaseDescription phase,
            List<CrystalPhase> others,
            StructureLines lines,
            FitResult fit,
            Optics optics,
            RadialAxis axis) {
        this.settings = settings;
        this.fit = fit;
        this.optics = optics;
        this.lines = lines;
        line = lines.lineOf(settings.h(), settings.k(), settings.l());
        if (line < 0) {
            throw new IllegalArgumentException("phase=" + phase.name() + " has no line metrics.grains.reflection=["
                    + settings.h() + ", " + settings.k() + ", " + settings.l() + "] on the axis");
        }
        Sectors strips = GrainStrips.of(settings, phase, optics, axis);
        double unit = axis.unit() == RadialUnit.Q_PER_NANOMETRE ? NANOMETRES : 1;
        sectors = new RingSectors(strips.rings(), settings.sectors(), axis, unit);
        scatter = new RingScatter(settings.sectors(), settings.volumeSigma());
        correlation = new GrainCorrelation(settings.sectors());
        sampling = new GrainSampling(lines, optics);
        size = new GrainSize(settings);
        List<CrystalPhase> all = new ArrayList<>(others);
        all.addFirst(lines.phase());
        formed = new FormedShare(all);
        covariance = new double[lines.size()];
    }

    /** Says that the frame tells nothing, and why. */
    public void none(long why) {
        flags = why;
        correlationFlags = why;
        notes = 0;
        sampling.none();
    }

    /** Looks at a frame whose pattern has been fitted, with areas for the lines of the phase of interest. */
    public void look(Reduction reduction) {
        none(0);
        int area = fit.areaOf(line);
        double q = fit.q(line);
        if (area < 0
                || !(fit.area(area) > 0)
                || !sectors.read(reduction, fit, area, q)
                || !scatter.look(sectors.intensity(), sectors.variance())) {
            none(FrameFlag.REFLECTIONS_MISSING.bit());
            return;
        }
        fit.areaCovariance(area, covariance);
        areaVariance = covariance[area] / (fit.area(area) * fit.area(area));
        double around = 1 + 2 * scatter.shared();
        sampling.set(scatter.graininess() * around, scatter.sectors(), line, q);
        notes = (isSpotty() ? FrameFlag.SPOTTY.bit() : 0) | (scatter.isTextured() ? FrameFlag.TEXTURED.bit() : 0);
        compare();
    }

    private boolean isSpotty() {
        double kappa = Math.exp(settings.volumeSigma() * settings.volumeSigma());
        double perDegree = kappa / (scatter.graininess() * (1 + 2 * scatter.shared()) * settings.sectorDegrees());
        boolean few = perDegree < FEW_GRAINS;
        return isNoticeable() && (few || scatter.spots() > 0);
    }

    private void compare() {
        correlationFlags = 0;
        if (!isNoticeable()) {
            correlationFlags = FrameFlag.NOISE_LIMITED.bit();
            correlation.forget();
            return;
        }
        if (correlation.isKnown()) {
            correlation.compare(scatter);
        } else {
            correlationFlags = FrameFlag.REFERENCE_MISSING.bit();
        }
        correlation.keep(scatter);
    }

    /** Why there is no graininess; 0 when there is one. */
    public long flags() {
        return flags;
    }

    /** What goes with a value, of this metric and of others that live on the intensities of rings: SPOTTY, TEXTURED. */
    public long notes() {
        return notes;
    }

    /** Whether the graininess stands out of counting by three sigmas. */
    public boolean isNoticeable() {
        return scatter.graininess() > NOTICEABLE * Math.hypot(scatter.noise(), floor());
    }

    private double floor() {
        return LEAST + UNSURE_PLACES * sectors.unevenness();
    }

    /** ε², see {@link RingScatter}. */
    public double graininess() {
        return scatter.graininess();
    }

    /** Holds the sampling of the grains, counting, and how well the line's own part of its intensity is known. */
    public double graininessSigma() {
        double grains = Math.max(0, scatter.graininess());
        double shares = 2 * grains * Math.sqrt(areaVariance);
        return Math.hypot(Math.hypot(scatter.sigma(), floor()), shares);
    }

    /** Why there is no correlation; 0 when there is one. */
    public long correlationFlags() {
        return correlationFlags;
    }

    public double correlation() {
        return correlation.value();
    }

    public double correlationSigma() {
        return correlation.sigma();
    }

    /**
     * Works out the size of the grains; ask once per frame, after {@link #look}.
     *
     * @param fraction share of each phase in the volume of the sample
     * @param fractionSigma sigma of the first
     */
    public GrainSize size(double[] fraction, double fractionSigma) {
        double relative = graininessSigma() / scatter.graininess();
        double perVolume = lines.multiplicity(line) * optics.cosine(fit.q(line));
        size.look(scatter.graininess(), relative, perVolume, formed.of(fraction), fractionSigma);
        return size;
    }

    /**
     * Tells how much of the phase there is, in every frame, so that a sample that slides out of the beam is noticed.
     *
     * @param fraction share of each phase in the volume of the sample
     * @param volume of the phase, on any scale that stays; NaN when unknown
     */
    public void watch(double[] fraction, double volume) {
        size.watch(formed.of(fraction), volume);
    }

    /** What it means for the azimuthal means of rings. */
    public GrainSampling sampling() {
        return sampling;
    }
}
