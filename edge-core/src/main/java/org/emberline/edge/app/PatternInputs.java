package org.emberline.edge.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.emberline.edge.acquire.PatternSeries;
import org.emberline.edge.acquire.PatternSettings;
import org.emberline.edge.acquire.PatternSource;
import org.emberline.edge.acquire.RealTime;
import org.emberline.edge.acquire.ReplayTiming;
import org.emberline.edge.acquire.ReplayedThermocouples;
import org.emberline.edge.acquire.TemperatureTable;
import org.emberline.edge.acquire.Turn;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ApplianceConfig.Beam;
import org.emberline.edge.app.config.ApplianceConfig.DetectorConfig;
import org.emberline.edge.app.config.ApplianceConfig.PatternSection;
import org.emberline.edge.app.config.ApplianceConfig.SourceSection;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.metrics.diffraction.Metrics;
import org.emberline.edge.metrics.pattern.Optics;
import org.emberline.edge.reduce.PatternPolarization;
import org.emberline.edge.sync.OffsetModel;
import org.emberline.gpu.RadialAxis;
import org.jspecify.annotations.Nullable;

/** Opens the measured patterns that a configuration names. */
final class PatternInputs {
    private static final double NANOS = 1e9;

    private PatternInputs() {}

    /** @param startedNanos begin of the run, the zero of all times that patterns state */
    static Inputs open(ApplianceConfig config, long startedNanos) throws IOException, ConfigException {
        DetectorConfig detector = config.first();
        SourceSection source = detector.source();
        PatternSection section = (PatternSection) detector.reduction();
        Path csv = source.temperatureCsv();
        Attempts attempts = new Attempts();
        TemperatureTable log = csv == null ? null : attempts.attempt(() -> TemperatureTable.read(csv));
        PatternSettings settings = new PatternSettings(
                source.unit(),
                section.beam().wavelengthAngstrom(),
                section.unit(),
                new ReplayTiming(
                        source.cadence().toNanos() / NANOS, source.exposure().toNanos() / NANOS, startedNanos),
                csv == null && !config.firmware().measuresTemperature(),
                config.temperature().calibrationSigmaKelvin());
        PatternSeries opened = attempts.attempt(() -> PatternSeries.open(source.files(), settings));
        attempts.finish();
        PatternSeries series = Objects.requireNonNull(opened, "all attempts have succeeded");
        TemperatureTable stated = series.temperatures();
        if (stated != null && !config.temperature().offset().equals(OffsetModel.NONE)) {
            throw new IllegalArgumentException(
                    "temperature.offset is not for temperatures that patterns state, which are"
                            + " the sample's: leave it out, or name a log of the thermocouple in source.temperature");
        }
        TemperatureTable table = log == null ? stated : log;
        ReplayedThermocouples thermocouples = table == null ? null : FileInputs.replayed(table, config, startedNanos);
        Turn turn =
                source.realTime() ? new RealTime(Turn.ALWAYS, source.exposure().toNanos()) : Turn.ALWAYS;
        PatternSource patterns = new PatternSource(series, thermocouples, log != null, turn);
        return new Inputs(furnace(thermocouples), List.of(input(series, patterns)));
    }

    private static Furnace furnace(@Nullable ReplayedThermocouples thermocouples) {
        return thermocouples == null ? Furnace.unmeasured() : new Furnace(thermocouples, 0);
    }

    private static Input input(PatternSeries series, PatternSource source) {
        return new Input(
                source,
                new Input.Curves(
                        series.frameBytes(), series.naturalAxis(), series.wavelengthAngstrom(), series.description()),
                null,
                series.patterns(),
                null,
                () -> source.firstFailure().orElse(null));
    }

    /** The patterns with the axis that they are brought to, and their metrics. */
    static Prepared prepared(DetectorConfig config, PatternSection section, Input input, PhaseFiles phases) {
        Input.Curves view = (Input.Curves) input.view();
        RadialAxis axis = axis(section, view.natural());
        Beam beam = section.beam();
        Optics optics = new Optics(
                view.wavelengthAngstrom(),
                beam.secondWavelengthAngstrom(),
                beam.secondShare(),
                config.metrics().instrumentFwhmDegrees(),
                beam.flatPlate());
        return new Prepared.Patterns(
                config,
                input,
                axis,
                PatternPolarization.divisors(
                        axis, view.wavelengthAngstrom(), section.polarization(), section.polarizationAngleDegrees()),
                Metrics.of(config.metrics().enabled(), phases.sample(optics), axis));
    }

    /** Where nobody says the number of bins they stay as wide as the patterns' own. */
    private static RadialAxis axis(PatternSection section, RadialAxis natural) {
        double lower = Double.isNaN(section.lower()) ? natural.lower() : section.lower();
        double upper = Double.isNaN(section.upper()) ? natural.upper() : section.upper();
        double own = Math.ceil((upper - lower) / natural.binWidth() * (1 - 1e-6));
        int bins = section.bins() > 0 ? section.bins() : (int) Math.clamp(own, 1.0, 65_536.0);
        return new RadialAxis(section.unit(), bins, lower, upper);
    }
}
