package org.emberline.edge.app;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.emberline.edge.acquire.FrameFile;
import org.emberline.edge.acquire.FrameFiles;
import org.emberline.edge.acquire.ReplaySource;
import org.emberline.edge.acquire.ReplayTiming;
import org.emberline.edge.acquire.TemperatureTable;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ApplianceConfig.SourceSection;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.ScenarioFile;
import org.emberline.edge.twin.Pacer;
import org.emberline.edge.twin.SimulationSettings;
import org.emberline.edge.twin.Twin;
import org.emberline.edge.twin.TwinTruth;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.Thermocouples;
import org.emberline.firmware.sim.SimulatedThermocouples;
import org.emberline.firmware.sim.SimulatedTriggerInput;
import org.emberline.gpu.Geometry;
import org.jspecify.annotations.Nullable;

/** Opens what the configuration names as the source of frames. */
final class Inputs {
    private static final double NANOS = 1e9;

    private Inputs() {}

    /** The scenario that the configuration names, with what the configuration says instead. */
    static SimulationSettings settings(SourceSection source) throws ConfigException {
        Path scenario = Objects.requireNonNull(source.scenario(), "the reader demands a scenario");
        SimulationSettings settings = ScenarioFile.read(scenario).withFramesPerSecond(source.framesPerSecond());
        if (source.frames() > 0) {
            settings = settings.withFrames((int) source.frames());
        }
        if (source.seed() >= 0) {
            settings = settings.withSeed(source.seed());
        }
        if (!settings.problems().isEmpty()) {
            throw new ConfigException(scenario.toString(), settings.problems());
        }
        return settings;
    }

    /** @param startedNanos begin of the run, the zero of all made-up times */
    static Input simulated(SourceSection source, SimulationSettings settings, long startedNanos) {
        Twin twin = new Twin(settings, startedNanos);
        SimulatedThermocouples thermocouples = new SimulatedThermocouples(List.of("furnace"));
        SimulatedTriggerInput triggers = new SimulatedTriggerInput();
        return new Input(
                twin.source(thermocouples, triggers, Pacer.of(source.framesPerSecond())),
                twin.geometry(),
                Twin.PIXEL_FORMAT,
                thermocouples,
                triggers,
                twin.frames(),
                twin.saturationCounts(),
                twin.polarizationFactor(),
                twin.readingPeriodNanos(),
                truth(twin),
                twin.dark(),
                twin.flat(),
                () -> null);
    }

    /** @param startedNanos begin of the run, the zero of all made-up times */
    static Input files(ApplianceConfig config, long startedNanos) throws IOException, ConfigException {
        SourceSection source = config.source();
        Path poni = Objects.requireNonNull(config.detector().poni(), "the reader demands a PONI");
        Path csv = source.temperatureCsv();
        Attempts attempts = new Attempts();
        Geometry geometry = attempts.attempt(() -> Shapes.read(poni));
        TemperatureTable table = csv == null ? null : attempts.attempt(() -> TemperatureTable.read(csv));
        List<FrameFile> files = new ArrayList<>();
        for (Path path : source.files()) {
            FrameFile file = attempts.attempt(() -> FrameFiles.open(path, source.dataset()));
            if (file != null) {
                files.add(file);
            }
        }
        boolean sound = false;
        try {
            attempts.finish();
            requireReadable(files);
            Input input = replayed(files, table, Objects.requireNonNull(geometry), timing(source, startedNanos));
            sound = true;
            return input;
        } finally {
            if (!sound) {
                files.forEach(FrameFile::close);
            }
        }
    }

    private static Input replayed(
            List<FrameFile> files, @Nullable TemperatureTable table, Geometry poni, ReplayTiming timing)
            throws IOException {
        FrameFile first = files.getFirst();
        Geometry geometry = Shapes.fit(poni, first.rows(), first.columns(), first.path());
        // A log states no uncertainty: what its last digit leaves open is the least that must be assumed.
        double sigma = table == null ? 0 : table.stepCelsius() / Math.sqrt(12);
        ReplaySource replay = new ReplaySource(files, timing, table, sigma);
        return new Input(
                replay,
                geometry,
                replay.format(),
                replay.thermocouples().<Thermocouples>map(t -> t).orElseGet(NoThermocouples::new),
                null,
                replay.frames(),
                Double.POSITIVE_INFINITY,
                Double.NaN,
                0,
                null,
                null,
                null,
                () -> replay.firstFailure().orElse(null));
    }

    /**
     * Reads the very first and the very last image. Compressed chunks are looked at only when they are read, and a file whose copying
     * was cut short lacks its end: better said before a run than by losing frames in it.
     */
    private static void requireReadable(List<FrameFile> files) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            FrameFile first = files.getFirst();
            first.read(0, arena.allocate(first.frameBytes()));
            FrameFile last = files.getLast();
            last.read(last.frames() - 1, arena.allocate(last.frameBytes()));
        }
    }

    private static ReplayTiming timing(SourceSection source, long startedNanos) {
        return new ReplayTiming(
                source.cadence().toNanos() / NANOS, source.exposure().toNanos() / NANOS, startedNanos);
    }

    /** A furnace that nobody has measured: every frame will say TEMPERATURE_STALE. */
    private static final class NoThermocouples implements Thermocouples {
        @Override
        public List<String> channels() {
            return List.of();
        }

        @Override
        public void start(Consumer<? super ThermocoupleReading> sink) {
            // nothing will ever be delivered
        }

        @Override
        public void close() {
            // nothing is held
        }
    }

    private static Input.Truth truth(Twin twin) {
        LongFunction<TwinTruth> truths = twin.truths();
        return midNanos -> truths.apply(twin.exposureAt(midNanos)).values();
    }
}
