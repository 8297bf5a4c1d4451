package org.emberline.edge.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ApplianceConfig.DetectorConfig;
import org.emberline.edge.app.config.ApplianceConfig.ImageSection;
import org.emberline.edge.app.config.ApplianceConfig.PatternSection;
import org.emberline.edge.app.config.ApplianceConfig.ReduceSection;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.diffraction.Metrics;
import org.emberline.edge.metrics.diffraction.Sample;
import org.emberline.edge.metrics.grains.GrainSettings;
import org.emberline.edge.metrics.imaging.ImageMetrics;
import org.emberline.edge.metrics.pattern.PatternBins;
import org.emberline.edge.twin.SimulationSettings;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.cells.BinCentroids;
import org.emberline.gpu.imaging.ImagingPlan;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a run reads before it makes anything: once this is there, only the device, the port and the run folder can still
 * be refused.
 *
 * @param inputs the opened sources
 * @param detectors what is done to the frames of each, in the order of the inputs
 * @param wired what is wired to the appliance, part of it among the inputs; null when nothing is, or nothing but files was asked for
 */
record Preparation(
        Inputs inputs, List<Prepared> detectors, @Nullable Wired wired) implements AutoCloseable {

    /**
     * Opens and checks all files and devices that a configuration names.
     *
     * @param source what to call the configuration in complaints
     * @param startedNanos begin of the run
     * @throws ConfigException for the scenario, the phase, and keys that do not fit them
     * @throws IOException for frames, geometry, corrections and temperatures that cannot be used
     */
    static Preparation of(ApplianceConfig config, String source, long startedNanos)
            throws IOException, ConfigException {
        return of(config, source, startedNanos, true);
    }

    /** Checks all files, and leaves devices alone: they may be elsewhere. */
    static void check(ApplianceConfig config, String source) throws IOException, ConfigException {
        of(config, source, 0, false).close();
    }

    private static Preparation of(ApplianceConfig config, String source, long startedNanos, boolean devices)
            throws IOException, ConfigException {
        Attempts attempts = new Attempts();
        List<PhaseFiles> phases = new ArrayList<>();
        for (DetectorConfig detector : config.detectors()) {
            phases.add(PhaseFiles.read(detector.metrics(), attempts));
        }
        SimulationSettings settings = config.first().source().kind() == ApplianceConfig.SourceKind.SIMULATED
                ? attempts.attempt(() -> SimulatedInputs.settings(config))
                : null;
        attempts.finish();
        try {
            Inputs inputs = settings == null
                    ? recorded(config, startedNanos)
                    : SimulatedInputs.open(config, settings, startedNanos);
            return of(
                    config,
                    inputs,
                    devices && config.firmware().wired() ? wired(config, inputs) : null,
                    phases,
                    startedNanos);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(source, List.of(Explanation.of(e)));
        }
    }

    private static Inputs recorded(ApplianceConfig config, long startedNanos) throws IOException, ConfigException {
        return switch (config.first().source().kind()) {
            case PATTERNS -> PatternInputs.open(config, startedNanos);
            case STREAM2 -> StreamInputs.open(config);
            case FILES, SIMULATED -> FileInputs.open(config, startedNanos);
        };
    }

    private static Wired wired(ApplianceConfig config, Inputs inputs) throws IOException {
        try {
            return Wired.open(config.firmware());
        } catch (IOException e) {
            inputs.close();
            throw e;
        }
    }

    private static Preparation of(
            ApplianceConfig config,
            Inputs fromSource,
            @Nullable Wired wired,
            List<PhaseFiles> phases,
            long startedNanos)
            throws IOException, ConfigException {
        Inputs inputs = wired == null ? fromSource : wired.into(fromSource, config.firmware());
        boolean sound = false;
        try {
            Attempts attempts = new Attempts();
            List<@Nullable Prepared> prepared = new ArrayList<>();
            for (int i = 0; i < config.detectors().size(); i++) {
                DetectorConfig detector = config.detectors().get(i);
                Input input = inputs.detectors().get(i);
                PhaseFiles phase = phases.get(i);
                prepared.add(attempts.attempt(() -> prepared(detector, input, phase, startedNanos)));
            }
            attempts.finish();
            sound = true;
            return new Preparation(
                    inputs, prepared.stream().map(Objects::requireNonNull).toList(), wired);
        } finally {
            if (!sound) {
                close(inputs, wired);
            }
        }
    }

    private static Prepared prepared(DetectorConfig config, Input input, PhaseFiles phases, long startedNanos)
            throws IOException, ConfigException {
        List<String> enabled = config.metrics().enabled();
        return switch (config.reduction()) {
            case ReduceSection reduce -> {
                Input.Rings view = (Input.Rings) input.view();
                IntegrationPlan plan = Plans.of(config.detector(), reduce, view);
                Sample sample = phases.sample(config.metrics(), plan);
                GrainSettings grains = config.metrics().grains();
                PatternBins bins = new PatternBins(plan.axis(), BinCentroids.of(plan));
                List<Metric> metrics = Metrics.of(enabled, sample, bins, grains);
                yield new Prepared.Rings(config, input, Plans.withRings(plan, enabled, sample, grains), metrics);
            }
            case PatternSection patterns -> PatternInputs.prepared(config, patterns, input, phases);
            case ImageSection image -> {
                Input.Radiographs view = (Input.Radiographs) input.view();
                ImagingPlan plan = ImagingPlans.of(config.detector(), image, view, startedNanos);
                double[] energies =
                        image.energiesKev().stream().mapToDouble(kev -> kev).toArray();
                yield new Prepared.Radiographs(
                        config, input, plan, energies, ImageMetrics.of(enabled, image.settings(), plan));
            }
        };
    }

    private static void close(Inputs inputs, @Nullable Wired wired) {
        inputs.close();
        if (wired != null) {
            wired.close();
        }
    }

    @Override
    public void close() {
        close(inputs, wired);
    }
}
