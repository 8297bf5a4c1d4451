package org.emberline.edge.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emberline.edge.app.config.ApplianceConfig.MetricsSection;
import org.emberline.edge.app.config.PhaseFile;
import org.emberline.edge.metrics.diffraction.Sample;
import org.emberline.edge.metrics.pattern.Optics;
import org.emberline.edge.metrics.phase.PhaseDescription;
import org.emberline.gpu.IntegrationPlan;
import org.jspecify.annotations.Nullable;

/** The phase files that a detector's metrics name, read. */
record PhaseFiles(@Nullable PhaseDescription phase, List<@Nullable PhaseDescription> others) {
    private static final double ANGSTROM_PER_METRE = 1e10;

    /** @param attempts gets what is wrong with any of them */
    static PhaseFiles read(MetricsSection metrics, Attempts attempts) {
        Path file = metrics.phase();
        PhaseDescription phase = file == null ? null : attempts.attempt(() -> PhaseFile.read(file));
        List<@Nullable PhaseDescription> others = new ArrayList<>();
        for (Path other : metrics.phases()) {
            others.add(attempts.attempt(() -> PhaseFile.read(other)));
        }
        return new PhaseFiles(phase, others);
    }

    /** After all attempts succeeded: what is in the beam, as the plan's wavelength sees it. */
    Sample sample(MetricsSection metrics, IntegrationPlan plan) {
        double wavelength = plan.geometry().wavelengthMetres() * ANGSTROM_PER_METRE;
        return sample(new Optics(wavelength, Double.NaN, 0, metrics.instrumentFwhmDegrees(), false));
    }

    /** After all attempts succeeded: what is in the beam. */
    Sample sample(Optics optics) {
        return new Sample(phase, others.stream().map(Objects::requireNonNull).toList(), optics);
    }
}
