package org.emberline.edge.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.archive.RunArchive;
import org.emberline.edge.archive.RunEvent;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.MetricsStage;
import org.emberline.edge.pipeline.Books;
import org.emberline.edge.pipeline.EndReason;
import org.emberline.edge.pipeline.LatestReadings;
import org.emberline.edge.pipeline.Loss;
import org.emberline.edge.pipeline.Pipeline;
import org.emberline.edge.pipeline.PipelineSettings;
import org.emberline.edge.pipeline.RunController;
import org.emberline.edge.pipeline.RunLayout;
import org.emberline.edge.reduce.ReduceStage;
import org.emberline.edge.sync.SyncStage;
import org.emberline.edge.sync.TemperatureTimeline;
import org.emberline.edge.sync.TriggerTimeline;
import org.emberline.gpu.ProbeReport;
import org.emberline.gpu.Reducers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run from opened inputs to a closed archive: the place where all stations are made and put in order. */
final class Appliance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Appliance.class);
    private static final int TEMPERATURES_KEPT = 1 << 16;
    private static final int TRIGGERS_KEPT = 1 << 12;

    private final Input input;
    private final Reducers.Opened reducer;
    private final RunLayout layout;
    private final Order order;
    private final Books books;
    private final TemperatureTimeline temperatures = new TemperatureTimeline(TEMPERATURES_KEPT);
    private final @Nullable TriggerTimeline triggers;
    private final LatestReadings readings;
    private final Pipeline pipeline;
    private @Nullable RunFolder folder;
    private volatile @Nullable RunArchive archive;

    /**
     * @param runId name of the run
     * @param started its begin, the zero of all made-up times
     */
    record Order(String runId, Instant started) {
        long startedNanos() {
            return Math.addExact(Math.multiplyExact(started.getEpochSecond(), 1_000_000_000L), started.getNano());
        }
    }

    private Appliance(ApplianceConfig config, Order order, Preparation prepared, Reducers.Opened reducer) {
        this.input = prepared.input();
        this.reducer = reducer;
        this.order = order;
        layout = layout(config, order, prepared, reducer.reason());
        books = new Books(() -> archive == null ? 0 : archive().committedFrames());
        triggers = input.triggers() == null ? null : new TriggerTimeline(TRIGGERS_KEPT);
        readings = new LatestReadings(layout.channels());
        pipeline = new Pipeline(
                new PipelineSettings(
                        config.run().slots(), input.frameBytes(), config.run().snapshotPeriod()),
                layout,
                input.source(),
                new Pipeline.Stages(
                        new SyncStage(triggers, temperatures, channel(config)),
                        new ReduceStage(reducer.reducer()),
                        new MetricsStage(prepared.metrics()),
                        slot -> archive().process(slot)),
                books,
                readings);
    }

    /**
     * Finds the device and builds the pipeline; nothing runs yet, and nothing is written.
     *
     * @param prepared taken over, also when this fails
     * @throws IOException when no device can do it
     * @throws ConfigException when the plan leaves nothing to integrate
     */
    static Appliance open(ApplianceConfig config, String source, Order order, Preparation prepared, ProbeReport probe)
            throws IOException, ConfigException {
        Switches switches = new Switches();
        Reducers.Opened reducer;
        try {
            reducer = Reducers.open(
                    config.reduce().backend(), prepared.plan(), probe, new Reducers.Settings(Home.cache(), switches));
        } catch (IllegalArgumentException e) {
            prepared.close();
            throw new ConfigException(source, List.of(Explanation.of(e)));
        } catch (IOException e) {
            prepared.close();
            throw e;
        }
        Appliance appliance = new Appliance(config, order, prepared, reducer);
        switches.into = appliance;
        return appliance;
    }

    /** Takes the word that the device failed to the archive and the log; the reducer is there before the archive is. */
    private static final class Switches implements Consumer<String> {
        private volatile @Nullable Appliance into;

        @Override
        public void accept(String text) {
            LOG.warn("{}", text);
            Appliance appliance = into;
            RunArchive archive = appliance == null ? null : appliance.archive;
            if (archive != null) {
                archive.event(new RunEvent(now(), "BACKEND_SWITCHED", text));
            }
        }

        private static long now() {
            Instant instant = Clock.systemUTC().instant();
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        }
    }

    /**
     * Makes the run folder with its archive: the last thing that can be refused, so that what is refused earlier leaves nothing behind.
     *
     * @param configToml the configuration as used, for {@code config.toml}
     */
    void createFolder(Path path, String configToml) throws IOException {
        RunFolder made = RunFolder.create(path);
        made.writeConfig(configToml);
        folder = made;
        archive = RunArchive.create(made, archiveLayout());
        startFirmware();
    }

    private RunArchive archive() {
        return Objects.requireNonNull(archive, "the folder is made before frames are carried");
    }

    private static RunLayout layout(ApplianceConfig config, Order order, Preparation prepared, String backend) {
        return new RunLayout(
                order.runId(),
                order.started(),
                backend,
                config.detector().name(),
                prepared.plan().axis(),
                prepared.metrics().stream().map(Metric::name).toList(),
                prepared.metrics().stream().map(Metric::unit).toList(),
                prepared.input().thermocouples().channels());
    }

    private SyncStage.Channel channel(ApplianceConfig config) {
        // Two reading periods are always bridged: one reading may be late without the frame losing its temperature.
        long maxGap = Math.max(config.temperature().maxGap().toNanos(), 2 * input.readingPeriodNanos());
        return new SyncStage.Channel(
                config.temperature().lag().toNanos(),
                maxGap,
                config.temperature().calibrationSigmaKelvin());
    }

    private RunArchive.Layout archiveLayout() {
        return new RunArchive.Layout(
                layout.runId(),
                order.startedNanos(),
                layout.backend(),
                layout.detector(),
                layout.axis(),
                layout.metricNames(),
                layout.metricUnits(),
                layout.channels());
    }

    private void startFirmware() {
        input.thermocouples().start(reading -> {
            if (reading.channel() == 0) {
                temperatures.append(reading);
            }
            readings.accept(reading);
            archive().reading(reading);
        });
        if (input.triggers() != null) {
            input.triggers().start(trigger -> {
                Objects.requireNonNull(triggers).append(trigger);
                archive().trigger(trigger);
                books.edge(trigger.index());
            });
        }
    }

    RunController controller() {
        return pipeline;
    }

    /** The folder made by {@link #createFolder}. */
    RunFolder folder() {
        return Objects.requireNonNull(folder, "asked for only after it was made");
    }

    String reducerReason() {
        return reducer.reason();
    }

    /** Frames to expect, 0 when there is no end. */
    long frames() {
        return input.frames();
    }

    /**
     * Carries all frames, closes the archive and writes {@code summary.json}.
     *
     * @throws InterruptedException when the waiting thread is interrupted; the run is then left to {@link #close}
     */
    Outcome run() throws InterruptedException, IOException {
        long begin = System.nanoTime();
        pipeline.start();
        EndReason reason = pipeline.awaitEnd();
        double seconds = (System.nanoTime() - begin) / 1e9;
        close();
        Outcome outcome = new Outcome(reason, pipeline.get(), truth(), timings(seconds), input.remarks());
        folder().writeSummary(SummaryJson.of(outcome));
        return outcome;
    }

    private Map<String, Double> timings(double seconds) {
        Map<String, Double> timings = new LinkedHashMap<>();
        timings.put("wall_seconds", seconds);
        timings.put("frames_per_second", pipeline.get().ledger().frames() / seconds);
        return timings;
    }

    private Map<String, AgainstTruth> truth() throws IOException {
        Input.Truth known = input.truth();
        return known == null ? Map.of() : RunTruth.compare(folder(), known, layout.metricNames());
    }

    /** Ends all threads and closes the archive and the device; the snapshot stays readable. Idempotent. */
    @Override
    public void close() {
        input.thermocouples().close();
        if (input.triggers() != null) {
            input.triggers().close();
        }
        pipeline.close();
        if (archive != null) {
            archive().close();
            books.settle(Loss.ARCHIVE_FAILED, archive().failedFrames());
            String failure = archive().failure();
            if (failure != null) {
                pipeline.note("archive", failure);
            }
        }
        pipeline.publishFinal();
        reducer.reducer().close();
    }
}
