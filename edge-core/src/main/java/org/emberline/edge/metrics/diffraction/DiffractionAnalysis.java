package org.emberline.edge.metrics.diffraction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.grains.GrainAnalysis;
import org.emberline.edge.metrics.grains.GrainSettings;
import org.emberline.edge.metrics.lattice.Cell;
import org.emberline.edge.metrics.lattice.LatticeFit;
import org.emberline.edge.metrics.pattern.CrystalLines;
import org.emberline.edge.metrics.pattern.FitResult;
import org.emberline.edge.metrics.pattern.Optics;
import org.emberline.edge.metrics.pattern.Pattern;
import org.emberline.edge.metrics.pattern.PatternBins;
import org.emberline.edge.metrics.pattern.PatternFit;
import org.emberline.edge.metrics.phase.CrystalPhase;
import org.emberline.edge.metrics.phase.CrystalSystem;
import org.emberline.edge.metrics.phase.Phase;
import org.emberline.edge.metrics.phase.PhaseDescription;
import org.emberline.edge.metrics.phase.StructureLines;
import org.emberline.gpu.RadialAxis;
import org.jspecify.annotations.Nullable;

/**
 * One frame's diffraction, worked out once for all metrics that read it:
 *
 * <ol>
 *   <li>the cell of the phase of interest, searched for without knowing anything ({@link LatticeFit});
 *   <li>the whole pattern with all phases, from there ({@link PatternFit});
 *   <li>what the areas of the first phase's lines say of its disorder ({@link JointIntensities}).
 * </ol>
 *
 * <p>One thread; allocates nothing per frame.
 */
final class DiffractionAnalysis {
    /** Lines weaker than this share of a phase's strongest are left out of the fit. */
    private static final double WEAKEST = 2e-3;
    /** Hot cells move lines in from beyond the axis. */
    private static final double BEYOND = 1.06;

    /** Relative error of intensities that the structures of phases leave open, against each other. */
    private static final double STRUCTURE_SCATTER = 0.02;
    /** Share of the lines' counts that no structure knows of, and that may look like a phase that is not there. */
    private static final double UNMODELLED = 2e-4;

    /** From the end of the axis, 1/Å, that a line must keep to be seen whole. */
    private static final double MARGIN = 0.1;

    private static final double ZERO_CELSIUS = 273.15;
    private static final double KEV_ANGSTROM = 12.398419843;
    /** χ² per degree of freedom of the joint solution beyond which areas and structure contradict each other. */
    private static final double CONTRADICTION = 10;

    /**
     * χ² per degree of freedom of the whole pattern from which its common profile is not that of the instrument: a cell from lines that each
     * have a width and a background of their own is better then.
     */
    private static final double STRANGE = 100;
    /** Share of the lines' counts, see {@link FitResult#unexplained}. Measured mixtures with all their phases described have 0.16 to 0.31. */
    private static final double UNEXPLAINED = 0.35;
    /** Share of a line's width by which it is drawn when as much as its own counts is left unexplained beside it. */
    private static final double DRAWN = 0.1;
    /** Of lines that tell the edges, 1/Å. */
    private static final double USUAL_Q = 3;

    final Pattern pattern;
    final LatticeFit lattice;
    final Phase phase;
    final Optics optics;
    final @Nullable FitResult result;
    private final @Nullable PatternFit fit;
    final @Nullable JointIntensities joint;
    final @Nullable StructureLines lines;
    /** The grains behind one ring; null where nobody asks for them. */
    final @Nullable GrainAnalysis grains;

    /** Why there is no cell; 0 when there is one. */
    long latticeFlags;
    /** Why the whole pattern says nothing; 0 when it does. */
    long patternFlags;
    /** Why there is no disorder; 0 when there is one. */
    long disorderFlags;
    /** What goes with a value that stands nevertheless. */
    long notes;
    /** What of the grains goes with disorder besides. */
    long disorderNotes;

    double a;
    double sigmaA;
    double c;
    double sigmaC;
    double sigmaRatio;
    double kelvin;
    /** Share of each phase in the crystalline volume, and its sigma; the phase of interest comes first. */
    final double[] fraction;

    final double[] fractionSigma;
    private final double[] volume;
    private final CommonStrain strain;
    private Cell found = new Cell();

    private long read;
    private int readers;
    private long frame = Long.MIN_VALUE;

    /**
     * @param sample with a phase of interest that has a lattice to search for
     * @param ring to look at for grains, null for none
     */
    DiffractionAnalysis(Sample sample, PatternBins bins, @Nullable GrainSettings ring) {
        PhaseDescription main = Objects.requireNonNull(sample.phase());
        RadialAxis axis = bins.axis();
        phase = main.searchable();
        pattern = new Pattern(bins);
        lattice = new LatticeFit(phase, axis);
        optics = sample.optics();
        List<CrystalLines> crystals = new ArrayList<>();
        double highest = BEYOND * (pattern.lower + pattern.bins * pattern.binWidth);
        StructureLines first = null;
        if (main.crystal() != null) {
            first = lines(main.crystal(), highest, 0);
            crystals.add(first);
            for (PhaseDescription other : sample.others()) {
                crystals.add(lines(Objects.requireNonNull(other.crystal()), highest, WEAKEST));
            }
        }
        lines = first;
        fit = crystals.isEmpty() ? null : new PatternFit(pattern, crystals, optics);
        result = fit == null ? null : fit.result();
        int phases = Math.max(1, crystals.size());
        fraction = new double[phases];
        fractionSigma = new double[phases];
        volume = new double[phases];
        strain = new CommonStrain(phases);
        grains = first == null || result == null || ring == null
                ? null
                : new GrainAnalysis(ring, main, others(sample), first, result, optics, axis);
        joint = first == null || result == null
                ? null
                : new JointIntensities(
                        first,
                        result,
                        grains == null ? null : grains.sampling(),
                        pattern.lower + pattern.bins * pattern.binWidth - MARGIN);
    }

    /** What the structure leaves open of the absolute disorder; takes some structures' lines to work out: ask once a run. */
    double disorderSystematic() {
        StructureLines of = Objects.requireNonNull(lines);
        double highest = pattern.lower + pattern.bins * pattern.binWidth - MARGIN;
        return new DisorderSystematics(of.phase(), of, highest, KEV_ANGSTROM / optics.wavelengthAngstrom()).sigma();
    }

    private static List<CrystalPhase> others(Sample sample) {
        return sample.others().stream()
                .map(PhaseDescription::crystal)
                .map(Objects::requireNonNull)
                .toList();
    }

    private StructureLines lines(CrystalPhase crystal, double highest, double weakest) {
        double limit = Double.isNaN(optics.wavelengthAngstrom())
                ? highest
                : Math.min(highest, 4 * Math.PI / optics.wavelengthAngstrom());
        return StructureLines.upTo(limit, weakest, crystal, KEV_ANGSTROM / optics.wavelengthAngstrom());
    }

    /** A number for a metric that will read; each reads a frame once. */
    int newReader() {
        return readers++;
    }

    /** Works the frame out if it has not been yet. The same reader asking again means another frame, whatever its number: runs may begin at the same one. */
    void look(FrameSlot slot, int reader) {
        long bit = 1L << reader;
        if (slot.frameIndex != frame || (read & bit) != 0) {
            frame = slot.frameIndex;
            read = 0;
            analyse(slot);
        }
        read |= bit;
    }

    private void analyse(FrameSlot slot) {
        none();
        long unusable = Saturation.unusable(slot);
        if (unusable != 0) {
            latticeFlags = unusable;
            patternFlags = unusable;
            disorderFlags = unusable;
            lookAtGrains(slot, unusable);
            return;
        }
        notes = Saturation.flags(slot);
        found = lattice.fit(slot.reduction());
        latticeFlags = found.flags;
        kelvin = slot.temperatureCelsius + ZERO_CELSIUS;
        if (fit == null) {
            patternFlags = FrameFlag.FIT_FAILED.bit();
            disorderFlags = patternFlags;
            takeSearched();
        } else {
            wholePattern(slot, fit);
        }
    }

    private void wholePattern(FrameSlot slot, PatternFit of) {
        boolean seen = found.flags == 0;
        boolean usable = pattern.load(slot.reduction()) > 0;
        double basal = seen ? Math.log(found.a / phase.aAngstrom()) : Double.NaN;
        double axial =
                seen && phase.system() != CrystalSystem.CUBIC ? Math.log(found.c / phase.cAngstrom()) : Double.NaN;
        boolean solved = usable
                && of.fit(Double.isNaN(kelvin) ? CrystalPhase.REFERENCE_KELVIN : kelvin, basal, axial)
                && of.converged();
        if (!solved) {
            patternFlags = FrameFlag.FIT_FAILED.bit();
            disorderFlags = patternFlags;
            takeSearched();
            lookAtGrains(slot, patternFlags);
            return;
        }
        FitResult fitted = of.result();
        strain.look(fitted, !Double.isNaN(kelvin));
        notes |= strain.isSeen() ? FrameFlag.DISPLACED.bit() : 0;
        double unexplained = fitted.unexplained();
        notes |= unexplained > UNEXPLAINED ? FrameFlag.UNEXPLAINED.bit() : 0;
        boolean lineByLine = seen && fitted.misfit() > STRANGE;
        if (fitted.areas() > 0 && !lineByLine) {
            latticeFlags = 0;
            takeFitted(fitted);
        } else {
            takeSearched();
        }
        lookAtGrains(slot, fitted.areas() > 0 ? 0 : FrameFlag.REFLECTIONS_MISSING.bit());
        jointly(fitted, Objects.requireNonNull(joint));
        widen(fitted, unexplained);
    }

    /**
     * What is left of the others' lines draws at those of a phase that is weak beside them. By how much of a width was found in simulated
     * mixtures.
     */
    private void widen(FitResult of, double unexplained) {
        double counts = 0;
        for (int p = 0; p < fraction.length; p++) {
            counts += fraction[p] * of.brightness(p);
        }
        double own = fraction[0] * of.brightness(0) / counts;
        if (own > 0) {
            double width = (of.gauss() + of.sizeWidth(0)) / USUAL_Q;
            double drawn = DRAWN * unexplained * (1 - own) / own * width;
            sigmaA = Math.hypot(sigmaA, a * drawn);
            sigmaC = Math.hypot(sigmaC, c * drawn);
            sigmaRatio = Math.hypot(
                    sigmaRatio, 2 * c / a * drawn); // lines overlap by chance: at worst the edges are drawn apart
        }
    }

    /** @param why not; 0 to look */
    private void lookAtGrains(FrameSlot slot, long why) {
        if (grains == null) {
            return;
        }
        if (why == 0) {
            grains.look(slot.reduction());
            disorderNotes = grains.notes();
        } else {
            grains.none(why);
        }
    }

    private void jointly(FitResult of, JointIntensities intensities) {
        boolean solved = of.areas() > 0 && intensities.solve(kelvin);
        if (of.areas() == 0) {
            disorderFlags = FrameFlag.REFLECTIONS_MISSING.bit();
        } else if (!(solved && intensities.misfit() < CONTRADICTION)) {
            disorderFlags = FrameFlag.FIT_FAILED.bit();
        }
        takeVolumes(of, solved ? intensities : null);
        if (grains != null) {
            grains.watch(fraction, solved ? intensities.volume() : Double.NaN);
        }
    }

    /** Volumes of all phases, the first's from its areas where it has areas, and what part of the whole each is. */
    private void takeVolumes(FitResult of, @Nullable JointIntensities intensities) {
        int n = of.phases();
        double sum = 0;
        for (int p = 0; p < n; p++) {
            volume[p] = p == 0 && of.areas() > 0 ? ownVolume(of, intensities) : of.volume(p);
            sum += Math.max(0, volume[p]);
        }
        if (!(sum > 0)) {
            patternFlags = FrameFlag.FIT_FAILED.bit();
            return;
        }
        double counts = 0;
        for (int i = 0; i < n; i++) {
            counts += Math.max(0, volume[i]) * of.brightness(i);
        }
        double own =
                intensities == null ? of.summedVolumeVariance() : Math.pow(intensities.volumeSigma() * volume[0], 2);
        for (int i = 0; i < n; i++) {
            fraction[i] = Math.max(0, volume[i]) / sum;
        }
        for (int i = 0; i < n; i++) {
            double variance = 0;
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    double both = (j == 0 || k == 0) && of.areas() > 0 ? (j == k ? own : 0) : of.volumeCovariance(j, k);
                    variance += slope(i, j) * slope(i, k) * both;
                }
            }
            double structures = fraction[i] * (1 - fraction[i]) * STRUCTURE_SCATTER;
            for (int j = 0; j < n; j++) {
                structures = Math.hypot(structures, slope(i, j) * UNMODELLED * counts / (of.brightness(j) * sum));
            }
            fractionSigma[i] = Math.hypot(Math.sqrt(variance) / sum, structures);
        }
    }

    /** Where areas and structure contradict each other, their sum still tells how much there is. */
    private static double ownVolume(FitResult of, @Nullable JointIntensities intensities) {
        return intensities == null ? of.summedVolume() : intensities.volume();
    }

    private double slope(int of, int by) {
        return (of == by ? 1 : 0) - fraction[of];
    }

    private void takeFitted(FitResult of) {
        a = phase.aAngstrom() * Math.exp(of.basal(0));
        sigmaA = a * Math.sqrt(of.basalVariance(0));
        c = a;
        sigmaC = sigmaA;
        if (phase.system() != CrystalSystem.CUBIC) {
            c = phase.cAngstrom() * Math.exp(of.axial(0));
            sigmaC = c * Math.sqrt(of.axialVariance(0));
            sigmaRatio = c / a * Math.sqrt(of.basalVariance(0) + of.axialVariance(0) - 2 * of.edgeCovariance(0));
        }
    }

    private void takeSearched() {
        a = found.a;
        sigmaA = found.sigmaA;
        c = found.c;
        sigmaC = found.sigmaC;
        sigmaRatio = c / a * Math.hypot(sigmaA / a, sigmaC / c);
    }

    private void none() {
        latticeFlags = 0;
        patternFlags = 0;
        disorderFlags = 0;
        notes = 0;
        disorderNotes = 0;
        a = Double.NaN;
        sigmaA = Double.NaN;
        c = Double.NaN;
        sigmaC = Double.NaN;
        sigmaRatio = Double.NaN;
        kelvin = Double.NaN;
        Arrays.fill(fraction, Double.NaN);
        Arrays.fill(fractionSigma, Double.NaN);
    }
}
