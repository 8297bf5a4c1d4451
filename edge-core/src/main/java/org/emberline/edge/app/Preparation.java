package org.emberline.edge.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.PhaseFile;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.Metrics;
import org.emberline.edge.metrics.Phase;
import org.emberline.edge.twin.SimulationSettings;
import org.emberline.gpu.IntegrationPlan;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run reads before it makes anything: once this is there, only the device, the port and the run folder can still
 * be refused.
 *
 * @param input the opened source
 * @param plan what is done to each frame
 * @param metrics what is measured in each pattern
 */
record Preparation(Input input, IntegrationPlan plan, List<Metric> metrics) implements AutoCloseable {

    /**
     * Opens and checks all files that a configuration names.
     *
     * @param source what to call the configuration in complaints
     * @param startedNanos begin of the run
     * @throws ConfigException for the scenario, the phase, and keys that do not fit them
     * @throws IOException for frames, geometry, corrections and temperatures that cannot be used
     */
    static Preparation of(ApplianceConfig config, String source, long startedNanos)
            throws IOException, ConfigException {
        Path phaseFile = config.metrics().phase();
        Attempts attempts = new Attempts();
        Phase phase = phaseFile == null ? null : attempts.attempt(() -> PhaseFile.read(phaseFile));
        SimulationSettings settings = config.source().kind() == ApplianceConfig.SourceKind.SIMULATED
                ? attempts.attempt(() -> Inputs.settings(config.source()))
                : null;
        attempts.finish();
        try {
            Input input = settings == null
                    ? Inputs.files(config, startedNanos)
                    : Inputs.simulated(config.source(), Objects.requireNonNull(settings), startedNanos);
            return of(config, input, phase);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(source, List.of(Explanation.of(e)));
        }
    }

    private static Preparation of(ApplianceConfig config, Input input, @Nullable Phase phase)
            throws IOException, ConfigException {
        boolean sound = false;
        try {
            IntegrationPlan plan = Plans.of(config, input);
            List<Metric> metrics = Metrics.of(config.metrics().enabled(), phase, plan.axis());
            sound = true;
            return new Preparation(input, plan, metrics);
        } finally {
            if (!sound) {
                input.close();
            }
        }
    }

    @Override
    public void close() {
        input.close();
    }
}
