package org.emberline.edge.metrics.diffraction;

import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.diffraction.AnalysisMetric.Reading;
import org.emberline.edge.metrics.pattern.FitResult;

/** The quantities of the analysis, one maker each. Lengths of a cell are in ångström, for nobody reads a cell in metres. */
final class Quantities {
    /** Scherrer's constant for full widths at half maximum. */
    private static final double SCHERRER = 0.9;
    /** A Lorentzian width of a smaller share of the instrument's is not told apart from it: crystallites are too large. */
    private static final double NARROWEST = 0.46;

    private static final double METRES_PER_ANGSTROM = 1e-10;
    /** A disorder less sure than this is none. */
    static final double UNSURE = 0.01;
    /** Of so many sigmas and less a phase does not stand out of the noise. */
    private static final double NOTICEABLE = 3;

    private Quantities() {}

    static Metric latticeA(DiffractionAnalysis analysis) {
        return new AnalysisMetric("lattice_a", "", "2", analysis, (of, into) -> cell(of, of.a, of.sigmaA, into));
    }

    static Metric latticeC(DiffractionAnalysis analysis) {
        return new AnalysisMetric("lattice_c", "", "2", analysis, (of, into) -> cell(of, of.c, of.sigmaC, into));
    }

    /** Immune to a displacement of the sample, which stretches both edges alike. */
    static Metric cOverA(DiffractionAnalysis analysis) {
        return new AnalysisMetric(
                "c_over_a", "/", "1", analysis, (of, into) -> cell(of, of.c / of.a, of.sigmaRatio, into));
    }

    private static void cell(DiffractionAnalysis of, double value, double sigma, Reading into) {
        if (of.latticeFlags == 0) {
            into.set(value, sigma, of.notes);
        } else {
            into.none(of.latticeFlags | of.notes);
        }
    }

    /** Share of lithium's sites that hold nickel, by {@link JointIntensities}. */
    static Metric disorder(DiffractionAnalysis analysis) {
        return new AnalysisMetric("disorder", "/", "joint", analysis, (of, into) -> {
            JointIntensities joint = of.joint;
            if (of.disorderFlags != 0 || joint == null) {
                into.none(of.disorderFlags | of.notes);
            } else if (!(joint.disorderSigma() < UNSURE)) {
                into.none(FrameFlag.NOISE_LIMITED.bit() | of.notes);
            } else {
                into.set(joint.disorder(), joint.disorderSigma(), of.notes | of.disorderNotes);
            }
        });
    }

    /** What the structure's own uncertainty may do to {@link #disorder}, of all frames alike; given where that is. */
    static Metric disorderSystematic(DiffractionAnalysis analysis) {
        double systematic = analysis.disorderSystematic();
        return new AnalysisMetric("disorder_systematic", "/", "structure", analysis, (of, into) -> {
            if (of.disorderFlags != 0) {
                into.none(of.disorderFlags | of.notes);
            } else {
                into.setExact(systematic, of.notes);
            }
        });
    }

    /** Factor on all displacement parameters, 1 at 300 K: the Debye-Waller scale of the joint solution. */
    static Metric debyeWallerScale(DiffractionAnalysis analysis) {
        return new AnalysisMetric("debye_waller_scale", "/", "joint", analysis, (of, into) -> {
            JointIntensities joint = of.joint;
            if (of.disorderFlags != 0 || joint == null) {
                into.none(of.disorderFlags | of.notes);
            } else {
                into.set(joint.heat(), joint.heatSigma(), of.notes);
            }
        });
    }

    /** March's parameter of the joint solution, 1 without texture. */
    static Metric marchDollase(DiffractionAnalysis analysis) {
        return new AnalysisMetric("march_dollase", "/", "joint", analysis, (of, into) -> {
            JointIntensities joint = of.joint;
            if (of.disorderFlags != 0 || joint == null) {
                into.none(of.disorderFlags | of.notes);
            } else {
                into.set(joint.texture(), joint.textureSigma(), of.notes);
            }
        });
    }

    /** The fractions of all phases in the crystalline volume. */
    static List<Metric> phases(DiffractionAnalysis analysis, List<String> names) {
        List<Metric> metrics = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int phase = i;
            metrics.add(new AnalysisMetric(
                    "phase:" + names.get(i), "/", "volume", analysis, (of, into) -> fraction(of, phase, into)));
        }
        return metrics;
    }

    private static void fraction(DiffractionAnalysis of, int phase, Reading into) {
        double value = of.fraction[phase];
        double sigma = of.fractionSigma[phase];
        if (of.patternFlags != 0 || !Double.isFinite(value)) {
            into.none(of.patternFlags | of.notes);
        } else {
            long faint = value < NOTICEABLE * sigma ? FrameFlag.NOISE_LIMITED.bit() : 0;
            into.set(value, sigma, of.notes | faint);
        }
    }

    /** Volume-weighted column length of the phase of interest, Scherrer's, from the part of its width that is constant in q; metres. */
    static Metric crystalliteSize(DiffractionAnalysis analysis) {
        return new AnalysisMetric("crystallite_size", "m", "williamson-hall", analysis, (of, into) -> {
            FitResult fit = of.result;
            if (isBroken(of, fit, into) || fit == null) {
                return;
            }
            double width = fit.sizeWidth(0);
            double sigma = Math.sqrt(fit.sizeWidthVariance(0));
            double size = 2 * Math.PI * SCHERRER / width * METRES_PER_ANGSTROM;
            if (width < NARROWEST * fit.gauss() || !(sigma < width)) {
                into.none(FrameFlag.SIZE_SATURATED.bit() | of.notes);
            } else {
                into.set(size, size * sigma / width, of.notes);
            }
        });
    }

    /** Half the relative width of the spacings of the phase of interest, from the part of its width that grows with q. */
    static Metric microstrain(DiffractionAnalysis analysis) {
        return new AnalysisMetric("microstrain", "/", "williamson-hall", analysis, (of, into) -> {
            FitResult fit = of.result;
            if (isBroken(of, fit, into) || fit == null) {
                return;
            }
            double sigma = Math.sqrt(fit.strainWidthVariance()) / 2;
            double strain = fit.strainWidth() / 2;
            into.set(strain, sigma, of.notes | (strain < NOTICEABLE * sigma ? FrameFlag.NOISE_LIMITED.bit() : 0));
        });
    }

    private static boolean isBroken(
            DiffractionAnalysis of, @org.jspecify.annotations.Nullable FitResult fit, Reading into) {
        if (of.patternFlags != 0 || of.latticeFlags != 0 || fit == null || !fit.hasShape(0)) {
            long why = of.patternFlags | of.latticeFlags;
            into.none((why == 0 ? FrameFlag.REFLECTIONS_MISSING.bit() : why) | of.notes);
            return true;
        }
        if (Double.isNaN(of.optics.gaussDegrees())) {
            into.none(FrameFlag.UNCALIBRATED.bit() | of.notes);
            return true;
        }
        return false;
    }

    /** I003/I104 as measured, of areas in 2theta: a check by eye, not a measure of disorder, for it changes with temperature and texture. */
    static Metric ratio003To104(DiffractionAnalysis analysis) {
        return ratio("i003_i104", analysis, new int[][] {{0, 0, 3}}, new int[] {1, 0, 4});
    }

    /** (I006 + I102)/I101 as measured, likewise. */
    static Metric ratio006And102To101(DiffractionAnalysis analysis) {
        return ratio("i006_i102_i101", analysis, new int[][] {{0, 0, 6}, {0, 1, 2}}, new int[] {1, 0, 1});
    }

    private static Metric ratio(String name, DiffractionAnalysis analysis, int[][] above, int[] below) {
        LineRatio ratio = LineRatio.of(analysis, above, below);
        return new AnalysisMetric(name, "/", "1", analysis, (of, into) -> {
            if (of.patternFlags != 0 || of.latticeFlags != 0 || !ratio.look(of)) {
                long why = of.patternFlags | of.latticeFlags;
                into.none((why == 0 ? FrameFlag.REFLECTIONS_MISSING.bit() : why) | of.notes);
            } else {
                into.set(ratio.value(), ratio.sigma(), of.notes);
            }
        });
    }
}
