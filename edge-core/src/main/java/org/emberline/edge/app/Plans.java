package org.emberline.edge.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.emberline.edge.acquire.CorrectionImages;
import org.emberline.edge.app.config.ApplianceConfig.DetectorSection;
import org.emberline.edge.app.config.ApplianceConfig.ReduceSection;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.metrics.diffraction.Metrics;
import org.emberline.edge.metrics.diffraction.Sample;
import org.emberline.edge.metrics.grains.GrainSettings;
import org.emberline.edge.metrics.grains.GrainStrips;
import org.emberline.edge.metrics.phase.PhaseDescription;
import org.emberline.gpu.Corrections;
import org.emberline.gpu.Detector;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.PixelRules;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialRange;
import org.emberline.gpu.Sectors;
import org.jspecify.annotations.Nullable;

/** Makes the integration plan of a diffraction detector from its configuration and its input. */
final class Plans {

    private Plans() {}

    static IntegrationPlan of(DetectorSection detector, ReduceSection reduce, Input.Rings input)
            throws IOException, ConfigException {
        Detector shape = input.geometry().detector();
        Images images = Images.read(detector.mask(), detector.dark(), detector.flat(), shape);
        double polarization = Double.isNaN(reduce.polarization()) ? input.polarization() : reduce.polarization();
        Corrections corrections = new Corrections(
                reduce.solidAngle(),
                polarization,
                reduce.polarizationAngleDegrees(),
                images.dark() == null ? input.dark() : images.dark(),
                images.darkVariance(),
                images.flat() == null ? input.flat() : images.flat(),
                images.mask());
        return new IntegrationPlan(
                input.geometry(),
                input.format(),
                detector.flipRows(),
                axis(reduce, input, detector.flipRows(), images.mask()),
                reduce.split(),
                corrections,
                reduce.error(),
                rules(detector.rules(), input),
                Sectors.NONE);
    }

    /** The plan with the sectors that its metrics need; as it is when none needs any. */
    static IntegrationPlan withRings(IntegrationPlan plan, List<String> metrics, Sample sample, GrainSettings grains) {
        PhaseDescription phase = sample.phase();
        if (phase == null || metrics.stream().noneMatch(Metrics.namesThatNeedAnAzimuth()::contains)) {
            return plan;
        }
        return plan.withSectors(GrainStrips.of(grains, phase, sample.optics(), plan.axis()));
    }

    /** The detector may saturate earlier than its configuration says. */
    private static PixelRules rules(PixelRules configured, Input.Rings input) {
        return new PixelRules(
                configured.keepNegative(),
                Math.min(configured.saturationCounts(), input.saturationCounts()),
                configured.dropSaturated(),
                configured.dummy(),
                configured.dummyTolerance());
    }

    private static RadialAxis axis(
            ReduceSection reduce, Input.Rings input, boolean flipRows, boolean @Nullable [] mask) {
        double lower = reduce.lower();
        double upper = reduce.upper();
        if (Double.isNaN(lower)) {
            RadialRange range = RadialRange.ofPixels(input.geometry(), reduce.unit(), flipRows, mask);
            lower = range.lower();
            upper = range.upper();
        }
        return new RadialAxis(reduce.unit(), reduce.bins(), lower, upper);
    }

    /** The correction images of a detector, each null when none is named. */
    record Images(
            boolean @Nullable [] mask,
            float @Nullable [] dark,
            float @Nullable [] darkVariance,
            float @Nullable [] flat) {

        /** @throws IOException with what is wrong with all of them */
        static Images read(@Nullable Path mask, @Nullable Path dark, @Nullable Path flat, Detector shape)
                throws IOException, ConfigException {
            int rows = shape.rows();
            int columns = shape.columns();
            Attempts attempts = new Attempts();
            Images images = new Images(
                    mask == null ? null : attempts.attempt(() -> CorrectionImages.mask(mask, null, rows, columns)),
                    dark == null
                            ? null
                            : attempts.attempt(() -> CorrectionImages.dark(List.of(dark), null, rows, columns)),
                    null,
                    flat == null
                            ? null
                            : attempts.attempt(() -> CorrectionImages.flat(List.of(flat), null, rows, columns)));
            attempts.finish();
            return dark == null
                    ? images
                    : new Images(
                            images.mask,
                            images.dark,
                            CorrectionImages.darkVariance(List.of(dark), null, rows, columns),
                            images.flat);
        }
    }
}
