package org.emberline.edge.app;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.emberline.edge.acquire.FrameFile;
import org.emberline.edge.acquire.FrameFiles;
import org.emberline.edge.acquire.Lockstep;
import org.emberline.edge.acquire.RealTime;
import org.emberline.edge.acquire.ReplaySource;
import org.emberline.edge.acquire.ReplayTiming;
import org.emberline.edge.acquire.ReplayedThermocouples;
import org.emberline.edge.acquire.TemperatureTable;
import org.emberline.edge.acquire.Turn;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ApplianceConfig.DetectorConfig;
import org.emberline.edge.app.config.ApplianceConfig.SourceSection;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.frame.FrameSource;
import org.emberline.gpu.Geometry;
import org.emberline.gpu.imaging.ImageShape;
import org.jspecify.annotations.Nullable;

/** Opens the recorded frames that a configuration names. */
final class FileInputs implements AutoCloseable {
    private static final double NANOS = 1e9;

    private final ApplianceConfig config;
    private final long startedNanos;
    private final Attempts attempts = new Attempts();
    private final List<List<FrameFile>> files = new ArrayList<>();
    private final List<@Nullable Geometry> geometries = new ArrayList<>();
    private final Lockstep lockstep;
    private boolean taken;

    private FileInputs(ApplianceConfig config, long startedNanos) {
        this.config = config;
        this.startedNanos = startedNanos;
        lockstep = new Lockstep(config.detectors().size());
    }

    /** @param startedNanos begin of the run, the zero of all made-up times */
    static Inputs open(ApplianceConfig config, long startedNanos) throws IOException, ConfigException {
        try (FileInputs opening = new FileInputs(config, startedNanos)) {
            return opening.open();
        }
    }

    private Inputs open() throws IOException, ConfigException {
        Path csv = config.first().source().temperatureCsv();
        TemperatureTable table = csv == null ? null : attempts.attempt(() -> TemperatureTable.read(csv));
        for (DetectorConfig detector : config.detectors()) {
            Path poni = detector.detector().poni();
            geometries.add(poni == null ? null : attempts.attempt(() -> Shapes.read(poni)));
            files.add(open(detector.source()));
        }
        attempts.finish();
        ReplayedThermocouples thermocouples = table == null ? null : replayed(table, config, startedNanos);
        List<Input> inputs = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            requireReadable(files.get(i));
            inputs.add(input(i, thermocouples));
        }
        taken = true;
        return new Inputs(thermocouples == null ? Furnace.unmeasured() : new Furnace(thermocouples, 0), inputs);
    }

    private List<FrameFile> open(SourceSection source) throws IOException, ConfigException {
        List<FrameFile> opened = new ArrayList<>();
        List<Path> files = source.files();
        for (int i = 0; i < files.size(); i += source.modules()) {
            List<Path> modules = files.subList(i, i + source.modules());
            FrameFile file = attempts.attempt(() -> modules.size() == 1
                    ? FrameFiles.open(modules.getFirst(), source.dataset())
                    : FrameFiles.openModules(modules, source.dataset()));
            if (file != null) {
                opened.add(file);
            }
        }
        return opened;
    }

    /** A log as the thermocouple that it is the log of. */
    static ReplayedThermocouples replayed(TemperatureTable table, ApplianceConfig config, long startedNanos) {
        // A log states no uncertainty: what its last digit leaves open is the least that must be assumed.
        double sigma = table.stepCelsius() / Math.sqrt(12);
        return new ReplayedThermocouples(
                table, startedNanos, sigma, config.temperature().windowNanos(ordinaryPeriod(table)) / NANOS);
    }

    private Input input(int i, @Nullable ReplayedThermocouples thermocouples) throws IOException {
        DetectorConfig detector = config.detectors().get(i);
        boolean alone = files.size() == 1;
        ReplaySource replay = new ReplaySource(files.get(i), timing(detector.source()), thermocouples, turn(i, alone));
        FrameSource source = alone ? replay : lockstep.leaving(i, replay);
        return new Input(
                source,
                view(i, replay),
                null,
                replay.frames(),
                null,
                () -> replay.firstFailure().orElse(null));
    }

    private Turn turn(int i, boolean alone) {
        Turn turn = alone ? Turn.ALWAYS : lockstep.turn(i);
        SourceSection source = config.detectors().get(i).source();
        return source.realTime() ? new RealTime(turn, source.exposure().toNanos()) : turn;
    }

    /** Thrice the median time between rows: what the record learns of it in the run is no more. */
    private static long ordinaryPeriod(TemperatureTable table) {
        double[] steps = new double[table.size() - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = table.seconds(i + 1) - table.seconds(i);
        }
        Arrays.sort(steps);
        return steps.length == 0 ? 0 : Math.round(3 * steps[steps.length / 2] * NANOS);
    }

    private Input.View view(int i, ReplaySource replay) throws IOException {
        double unknown = Double.NaN;
        double never = Double.POSITIVE_INFINITY;
        return switch (config.detectors().get(i).role()) {
            case IMAGING -> {
                ImageShape shape = new ImageShape(replay.rows(), replay.columns());
                yield new Input.Radiographs(shape, replay.format(), never, unknown, null);
            }
            case DIFFRACTION -> {
                Geometry poni = Objects.requireNonNull(geometries.get(i), "the reader demands a PONI");
                Path first = files.get(i).getFirst().path();
                Geometry geometry = Shapes.fit(poni, replay.rows(), replay.columns(), first);
                yield new Input.Rings(geometry, replay.format(), never, unknown, null, null);
            }
        };
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

    private ReplayTiming timing(SourceSection source) {
        return new ReplayTiming(
                source.cadence().toNanos() / NANOS, source.exposure().toNanos() / NANOS, startedNanos);
    }

    /** Closes the files unless the inputs have them. */
    @Override
    public void close() {
        if (!taken) {
            files.forEach(opened -> opened.forEach(FrameFile::close));
        }
    }
}
