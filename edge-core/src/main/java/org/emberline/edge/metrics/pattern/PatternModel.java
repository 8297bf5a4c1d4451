package org.emberline.edge.metrics.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern from its parameters, and its derivatives by them.
 *
 * <pre>
 *   background coefficients | instrument's width | displacement | for each phase: volume, ln stretch (one or two), size, strain | areas
 * </pre>
 *
 * <p>A line's area in q is {@code volume * m|F|²/V² / q²}: the azimuthal mean of a powder ring, polarisation and solid angle corrected, per
 * unit of q. The instrument's Gaussian is constant in 2θ; size gives a Lorentzian constant in q, strain one that grows with q.
 */
final class PatternModel {
    /** Widths that a line reaches: a Gaussian, and by the root of its share a Lorentzian, whose tails are lowered to end without a step. */
    private static final double GAUSS_REACH = 4;

    private static final double LORENTZ_REACH = 25;
    /** Bins of which fewer make up a line's width are not points any more. */
    private static final double BINS_PER_WIDTH = 2.5;

    final Pattern pattern;
    final Background background;
    final int gauss;
    final int displacement;
    final List<PhaseModel> phases;
    final int firstArea;
    final Columns columns;
    final double[] model;

    private final Optics optics;
    private final PseudoVoigt profile = new PseudoVoigt();
    private final LineWidth width = new LineWidth();
    private final double binSquare;
    private double place;
    private double weight;
    private double placePerBasal;
    private double placePerAxial;
    private double placePerShift;
    private double lorentzPerStrain;
    private double gaussPerGauss;

    /** @param knotSpacing of the background, 1/Å */
    PatternModel(Pattern pattern, List<CrystalLines> crystals, Optics optics, double knotSpacing) {
        this.pattern = pattern;
        this.optics = optics;
        background = new Background(pattern, knotSpacing);
        gauss = background.size;
        displacement = gauss + 1;
        int next = displacement + 1;
        List<PhaseModel> made = new ArrayList<>();
        for (CrystalLines crystal : crystals) {
            PhaseModel phase = new PhaseModel(crystal, next, made.isEmpty());
            made.add(phase);
            next = phase.end();
        }
        phases = List.copyOf(made);
        firstArea = next;
        int room = next + (crystals.isEmpty() ? 0 : crystals.getFirst().size());
        columns = new Columns(room, pattern.bins);
        background.fill(columns);
        model = new double[pattern.bins];
        // A bin is a box; as far as its second moment goes it widens the Gaussian.
        binSquare = 8 * Math.log(2) / 12 * pattern.binWidth * pattern.binWidth;
    }

    /** Most parameters there can be. */
    int room() {
        return columns.value.length;
    }

    /** Works out model and columns. */
    void evaluate(double[] parameters) {
        columns.clear(gauss);
        columns.clear(displacement);
        for (int i = firstArea; i < room(); i++) {
            columns.clear(i);
        }
        for (int bin = 0; bin < pattern.bins; bin++) {
            model[bin] = background.at(bin, parameters);
        }
        for (int p = 0; p < phases.size(); p++) {
            PhaseModel phase = phases.get(p);
            if (!phase.rigid || !phase.drawn) {
                draw(phase, parameters);
            } else {
                columns.addTo(phase.scale, parameters[phase.scale], model);
            }
        }
    }

    private void draw(PhaseModel phase, double[] parameters) {
        for (int i = phase.scale; i < phase.end(); i++) {
            columns.clear(i);
        }
        phase.place(parameters);
        for (int line = 0; line < phase.q.length; line++) {
            add(phase, line, parameters);
        }
        phase.drawn = phase.rigid;
    }

    private void add(PhaseModel phase, int line, double[] parameters) {
        double q = phase.q[line];
        double cosine = optics.cosine(q);
        double gaussQ = parameters[gauss] * cosine;
        width.of(Math.sqrt(gaussQ * gaussQ + binSquare), Math.max(0, phase.lorentz(line, parameters)));
        double shift = parameters[displacement] * cosine * cosine;
        double second = optics.secondOverFirst();
        weight = 1 / (1 + optics.secondShare());
        place = q + shift;
        addOne(phase, line, parameters, cosine);
        if (second != 1) {
            weight *= optics.secondShare();
            place = q * second + shift;
            addOne(phase, line, parameters, cosine);
        }
    }

    private void addOne(PhaseModel phase, int line, double[] parameters, double cosine) {
        double reach = width.fwhm * (GAUSS_REACH + LORENTZ_REACH * Math.sqrt(width.eta));
        int first = (int) Math.max(0, Math.ceil((place - reach - pattern.lower) / pattern.binWidth - 0.5));
        int end = (int) Math.min(pattern.bins, Math.floor((place + reach - pattern.lower) / pattern.binWidth + 0.5));
        if (first >= end) {
            return;
        }
        int own = phase.area[line];
        int areaColumn = own == PhaseModel.NONE ? phase.scale : own;
        double q = phase.q[line];
        double perArea = weight * (own == PhaseModel.NONE ? phase.strength[line] / (q * q) : phase.share[line]);
        columns.reach(areaColumn, first, end);
        profile.at(reach, width.fwhm, width.eta);
        double floor = profile.value;
        boolean points = width.fwhm > BINS_PER_WIDTH * pattern.binWidth;
        shape(phase, line, parameters, cosine);
        if (!phase.rigid) {
            reach(phase, first, end);
        }
        double[] ofArea = columns.value[areaColumn];
        double area = perArea * parameters[areaColumn];
        for (int bin = first; bin < end; bin++) {
            double offset = pattern.place[bin] - place;
            if (points) {
                profile.at(offset, width.fwhm, width.eta);
            } else {
                profile.average(offset, width.fwhm, width.eta, pattern.binWidth);
            }
            double height = profile.value - floor;
            model[bin] += area * height;
            ofArea[bin] += perArea * height;
            if (!phase.rigid) {
                addShape(phase, bin, area);
            }
        }
    }

    /** How the line's place and widths follow from the parameters. */
    private void shape(PhaseModel phase, int line, double[] parameters, double cosine) {
        double gaussQ = parameters[gauss] * cosine;
        placePerBasal = phase.q[line] * phase.basalShare(line, parameters);
        placePerAxial = phase.q[line] - placePerBasal;
        placePerShift = cosine * cosine;
        lorentzPerStrain = phase.q[line];
        gaussPerGauss = cosine * gaussQ / Math.sqrt(gaussQ * gaussQ + binSquare);
    }

    private void addShape(PhaseModel phase, int bin, double area) {
        double perQ = area * profile.perPosition;
        double perLorentz = area * (profile.perWidth * width.fwhmPerLorentz + profile.perEta * width.etaPerLorentz);
        double perGauss = area * (profile.perWidth * width.fwhmPerGauss + profile.perEta * width.etaPerGauss);
        // A longer edge moves a line to smaller q.
        columns.value[phase.basal][bin] -= perQ * placePerBasal;
        columns.value[phase.size][bin] += perLorentz;
        columns.value[gauss][bin] += perGauss * gaussPerGauss;
        columns.value[displacement][bin] += perQ * placePerShift;
        if (phase.axial != PhaseModel.NONE) {
            columns.value[phase.axial][bin] -= perQ * placePerAxial;
        }
        if (phase.strain != PhaseModel.NONE) {
            columns.value[phase.strain][bin] += perLorentz * lorentzPerStrain;
        }
    }

    private void reach(PhaseModel phase, int first, int end) {
        columns.reach(phase.basal, first, end);
        columns.reach(phase.size, first, end);
        columns.reach(gauss, first, end);
        columns.reach(displacement, first, end);
        if (phase.axial != PhaseModel.NONE) {
            columns.reach(phase.axial, first, end);
        }
        if (phase.strain != PhaseModel.NONE) {
            columns.reach(phase.strain, first, end);
        }
    }

    /** Gives back all lines to their phases' volumes. */
    void withoutAreas() {
        for (int p = 0; p < phases.size(); p++) { // an iterator would be garbage of every frame until this is compiled
            Arrays.fill(phases.get(p).area, PhaseModel.NONE);
        }
    }
}
