package org.emberline.edge.metrics.diffraction;

import java.util.Objects;
import org.emberline.edge.metrics.pattern.FitResult;
import org.emberline.edge.metrics.phase.StructureLines;

/** The ratio of areas of lines of the first phase, in 2theta, as the fit of the whole pattern has them. One thread. */
final class LineRatio {
    private static final int NONE = -1;

    private final int[] above;
    private final int below;
    private final double[] scratch;
    private double value;
    private double sigma;

    private LineRatio(int[] above, int below, int room) {
        this.above = above;
        this.below = below;
        scratch = new double[room];
    }

    /** @throws IllegalArgumentException when the phase of interest does not have these lines */
    static LineRatio of(DiffractionAnalysis analysis, int[][] above, int[] below) {
        StructureLines lines = analysis.lines;
        if (lines == null) {
            throw new IllegalArgumentException(
                    "ratios of lines need a phase with symmetry and sites, phase=" + analysis.phase.name());
        }
        int[] tops = new int[above.length];
        for (int i = 0; i < tops.length; i++) {
            tops[i] = lineOf(lines, above[i]);
        }
        return new LineRatio(tops, lineOf(lines, below), lines.size());
    }

    private static int lineOf(StructureLines lines, int[] hkl) {
        int line = lines.lineOf(hkl[0], hkl[1], hkl[2]);
        if (line == NONE) {
            throw new IllegalArgumentException(
                    "phase=" + lines.name() + " has no line " + hkl[0] + " " + hkl[1] + " " + hkl[2] + " on the axis");
        }
        return line;
    }

    /** Reads the frame; false when one of the lines has no area of its own. */
    boolean look(DiffractionAnalysis of) {
        FitResult fit = Objects.requireNonNull(of.result);
        int bottom = fit.areaOf(below);
        if (bottom == NONE || !(fit.area(bottom) > 0)) {
            return false;
        }
        double bottomArea = fit.area(bottom) / cosine(of, fit, below);
        double sum = 0;
        for (int line : above) {
            if (fit.areaOf(line) == NONE) {
                return false;
            }
            sum += fit.area(fit.areaOf(line)) / cosine(of, fit, line);
        }
        value = sum / bottomArea;
        sigma = Math.sqrt(Math.max(0, variance(of, fit, bottom, bottomArea)));
        return sum > 0;
    }

    private double variance(DiffractionAnalysis of, FitResult fit, int bottom, double bottomArea) {
        fit.areaCovariance(bottom, scratch);
        double bottomScale = cosine(of, fit, below);
        double variance = value * value * scratch[bottom] / (bottomScale * bottomScale);
        for (int line : above) {
            variance -= 2 * value * scratch[fit.areaOf(line)] / (bottomScale * cosine(of, fit, line));
        }
        for (int line : above) {
            fit.areaCovariance(fit.areaOf(line), scratch);
            for (int other : above) {
                variance += scratch[fit.areaOf(other)] / (cosine(of, fit, line) * cosine(of, fit, other));
            }
        }
        return variance / (bottomArea * bottomArea);
    }

    /** An area in q becomes one in 2theta. */
    private static double cosine(DiffractionAnalysis of, FitResult fit, int line) {
        return of.optics.cosine(fit.q(line));
    }

    double value() {
        return value;
    }

    double sigma() {
        return sigma;
    }
}
