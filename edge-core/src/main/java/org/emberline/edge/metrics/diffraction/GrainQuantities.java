package org.emberline.edge.metrics.diffraction;

import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.diffraction.AnalysisMetric.Reading;
import org.emberline.edge.metrics.grains.GrainAnalysis;
import org.emberline.edge.metrics.grains.GrainSettings;
import org.emberline.edge.metrics.grains.GrainSize;
import org.jspecify.annotations.Nullable;

/** The quantities of {@link GrainAnalysis}, one maker each. */
final class GrainQuantities {
    static final String GRAININESS = "graininess";
    static final String SIZE = "grain_size";
    static final String CORRELATION = "grain_correlation";

    private GrainQuantities() {}

    /** ε² of the ring. */
    static Metric graininess(DiffractionAnalysis analysis) {
        return new AnalysisMetric(GRAININESS, "/", "1", analysis, (of, into) -> {
            GrainAnalysis grains = present(of, into);
            if (grains != null) {
                long faint = grains.isNoticeable() ? 0 : FrameFlag.NOISE_LIMITED.bit();
                into.set(grains.graininess(), grains.graininessSigma(), notes(of, grains) | faint);
            }
        });
    }

    /** Volume-weighted diameter, metres; without calibration over that of the first frames. */
    static Metric size(DiffractionAnalysis analysis, GrainSettings settings) {
        boolean calibrated = settings.calibration() != null;
        String definition = calibrated ? "calibrated" : "relative-first-3";
        return new AnalysisMetric(SIZE, calibrated ? "m" : "/", definition, analysis, (of, into) -> {
            GrainAnalysis grains = present(of, into);
            if (grains == null) {
                return;
            }
            if (of.patternFlags != 0) {
                into.none(of.patternFlags | of.notes);
            } else if (!grains.isNoticeable()) {
                into.none(FrameFlag.NOISE_LIMITED.bit() | notes(of, grains));
            } else {
                size(of, grains, into);
            }
        });
    }

    private static void size(DiffractionAnalysis of, GrainAnalysis grains, Reading into) {
        GrainSize size = grains.size(of.fraction, of.fractionSigma[0]);
        if (size.exists()) {
            into.set(size.value(), size.sigma(), size.flags() | notes(of, grains));
        } else {
            into.none(size.flags() | notes(of, grains));
        }
    }

    /** 1 for grains that stay where they are from frame to frame, 0 for others in their place. */
    static Metric correlation(DiffractionAnalysis analysis) {
        return new AnalysisMetric(CORRELATION, "/", "1", analysis, (of, into) -> {
            GrainAnalysis grains = present(of, into);
            if (grains != null && grains.correlationFlags() != 0) {
                into.none(grains.correlationFlags() | notes(of, grains));
            } else if (grains != null) {
                into.set(grains.correlation(), grains.correlationSigma(), notes(of, grains));
            }
        });
    }

    private static long notes(DiffractionAnalysis of, GrainAnalysis grains) {
        return of.notes | grains.notes();
    }

    /** The analysis, when it has a graininess; otherwise there is no value. */
    private static @Nullable GrainAnalysis present(DiffractionAnalysis of, Reading into) {
        GrainAnalysis grains = of.grains;
        if (grains == null || grains.flags() != 0) {
            into.none((grains == null ? FrameFlag.REFLECTIONS_MISSING.bit() : grains.flags()) | of.notes);
            return null;
        }
        return grains;
    }
}
