package org.emberline.edge.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ApplianceConfig.ArchiveSection;
import org.emberline.edge.app.config.ApplianceConfig.FirmwareSection;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.archive.RunArchive;
import org.emberline.edge.archive.RunEvent;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.frame.FrameGate;
import org.emberline.edge.metrics.MetricsStage;
import org.emberline.edge.pipeline.Announced;
import org.emberline.edge.pipeline.Books;
import org.emberline.edge.pipeline.EndReason;
import org.emberline.edge.pipeline.HealthBoard;
import org.emberline.edge.pipeline.LatestReadings;
import org.emberline.edge.pipeline.Pipeline;
import org.emberline.edge.pipeline.PipelineSettings;
import org.emberline.edge.pipeline.RunController;
import org.emberline.edge.pipeline.RunLayout;
import org.emberline.edge.pipeline.Snapshot.StationView.Name;
import org.emberline.edge.sync.EdgeQueue;
import org.emberline.edge.sync.FreeRunGate;
import org.emberline.edge.sync.MatchSettings;
import org.emberline.edge.sync.ShareDetector;
import org.emberline.edge.sync.ShareGate;
import org.emberline.edge.sync.TriggerMatcher;
import org.emberline.edge.sync.TriggerMode;
import org.emberline.firmware.TriggerInput;
import org.emberline.firmware.clock.ClockSynchronisation;
import org.emberline.firmware.clock.UtcClock;
import org.emberline.gpu.ProbeReport;
import org.jspecify.annotations.Nullable;

/**
 * One run from opened inputs to a closed archive: the place where all stations are made and put in order. Every detector has stages, a
 * trigger line and books of its own; furnace, archive and run are common.
 */
final class Appliance implements AutoCloseable {
    private static final int TRIGGERS_KEPT = 1 << 12;

    private final Furnace furnace;
    private final List<OpenDetector> detectors;
    private final List<Books> books = new ArrayList<>();
    private final RunLayout layout;
    private final Order order;
    private final SampleThermometer thermometer;
    private final List<@Nullable EdgeQueue> lines = new ArrayList<>();
    private final RunRemarks remarks = new RunRemarks();
    private final HealthBoard health;
    private final RunClock clock;
    private final LatestReadings readings;
    private final Pipeline pipeline;
    private final @Nullable Wired wired;
    private final FirmwareSection firmware;
    private final ArchiveSection archiving;
    private final List<Prepared> prepared;
    private final Duration snapshotPeriod;
    private @Nullable FirmwareWatch watch;
    private volatile String label = "";
    private volatile boolean over;
    private volatile @Nullable RunFolder folder;
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

    private Appliance(ApplianceConfig config, Order order, Preparation prepared, List<OpenDetector> detectors) {
        furnace = prepared.inputs().furnace();
        wired = prepared.wired();
        UtcClock utc = wired == null ? new UtcClock() : wired.bridge().clock();
        health = new HealthBoard(() -> utc.relation().utcAt(System.nanoTime()));
        clock = new RunClock(
                utc,
                ClockSynchronisation::now,
                this::event,
                (condition, reason) -> health.report(Name.CLOCK, condition, reason));
        firmware = config.firmware();
        archiving = config.archive();
        this.prepared = prepared.detectors();
        snapshotPeriod = config.run().snapshotPeriod();
        this.detectors = detectors;
        this.order = order;
        layout = new RunLayout(
                order.runId(),
                order.started(),
                detectors.stream().map(OpenDetector::layout).toList(),
                furnace.thermocouples().channels());
        readings = new LatestReadings(layout.channels());
        boolean live = wired != null && wired.thermocouples() != null;
        thermometer = new SampleThermometer(
                config.temperature(), furnace, live ? config.run().slots() : 0);
        List<Pipeline.Way> ways = new ArrayList<>();
        for (int i = 0; i < detectors.size(); i++) {
            ways.add(way(i));
        }
        pipeline = new Pipeline(
                new PipelineSettings(
                        config.run().slots(),
                        config.run().whenFull(),
                        config.run().snapshotPeriod()),
                layout,
                ways,
                readings,
                health);
    }

    private Pipeline.Way way(int detector) {
        OpenDetector open = detectors.get(detector);
        Books own = ArchiveBooks.of(detector, () -> archive);
        books.add(own);
        return new Pipeline.Way(
                open.input().source(),
                new ShareGate(gate(open, own), share -> shared(open, share)),
                new Pipeline.Stages(
                        thermometer.stage(),
                        open.reduce(),
                        new MetricsStage(open.metrics()),
                        slot -> archive().stage(detector).process(slot)),
                own);
    }

    private FrameGate gate(OpenDetector detector, Books own) {
        TriggerInput triggers = detector.input().triggers();
        MatchSettings triggering = detector.triggering();
        if (triggers == null || triggering.mode() == TriggerMode.INTERNAL) {
            lines.add(null);
            Announced announced = new Announced(own);
            return new FreeRunGate(announced, announced::passedOver, triggering);
        }
        EdgeQueue line = new EdgeQueue(TRIGGERS_KEPT);
        lines.add(line);
        TriggerMatcher matcher = new TriggerMatcher(line, triggering, own, jump -> jumped(detector, jump));
        remarks.clockOf(detector.layout().name(), matcher);
        return new LastEdge(matcher, triggers);
    }

    /** On an acquisition thread, when one of the clocks was set. */
    private void jumped(OpenDetector detector, long nanos) {
        String text = String.format(
                Locale.ROOT,
                "%s: the offset of its clock has changed by %+.3f s",
                detector.layout().name(),
                nanos / 1e9);
        archive().event(new RunEvent(clock.utcNanos(), "DETECTOR_CLOCK_JUMP", text));
    }

    /** On an acquisition thread, once of a share. */
    private void shared(OpenDetector detector, ShareDetector.Share share) {
        String text = detector.layout().name() + ": " + share.text();
        remarks.shared(text);
        archive().event(new RunEvent(clock.utcNanos(), "FRAMES_SHARED", text));
    }

    /**
     * Finds the devices and builds the pipeline; nothing runs yet, and nothing is written.
     *
     * @param prepared taken over, also when this fails
     * @throws IOException when no device can do it
     * @throws ConfigException when a plan leaves nothing to reduce
     */
    static Appliance open(ApplianceConfig config, String source, Order order, Preparation prepared, ProbeReport probe)
            throws IOException, ConfigException {
        BackendSwitches switches = new BackendSwitches();
        List<OpenDetector> detectors = new ArrayList<>();
        boolean sound = false;
        try {
            for (Prepared each : prepared.detectors()) {
                detectors.add(OpenDetector.of(each, probe, switches));
            }
            Appliance appliance = new Appliance(config, order, prepared, detectors);
            switches.into(() -> appliance.archive);
            sound = true;
            return appliance;
        } catch (IllegalArgumentException e) {
            throw new ConfigException(source, List.of(Explanation.of(e)));
        } finally {
            if (!sound) {
                detectors.forEach(detector -> detector.closing().run());
                prepared.close();
            }
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
        archive = RunArchive.create(
                made,
                new RunArchive.Layout(
                        layout.runId(),
                        order.startedNanos(),
                        layout.detectors(),
                        layout.channels(),
                        RunFacts.of(configToml, prepared),
                        archiving.segments(),
                        archiving.limits()));
        archive().onEvent(event -> pipeline.event(event.timestampNanos(), event.kind(), event.text()));
        archive().onFailure(what -> pipeline.note("archive", what));
        archive().onRoom(new DiskHealth(health, archiving.limits()));
        detectors.forEach(d ->
                d.input().events().into((kind, text) -> event(kind, d.layout().name() + ": " + text)));
        pipeline.onFault(text -> event(new RunEvent(clock.utcNanos(), "FAULT", text)));
        archive()
                .books(books.stream()
                        .<Supplier<Map<String, Long>>>map(own -> () -> RunFacts.books(own.ledger()))
                        .toList());
        archive().facts(() -> facts());
        clock.start();
        startFirmware();
        if (wired != null) {
            watch = new FirmwareWatch(
                    wired,
                    firmware,
                    snapshotPeriod,
                    pipeline,
                    new FirmwareWatch.Door(archive()::event, what -> pipeline.note("firmware", what)));
            watch.start();
        }
        pipeline.arm();
    }

    private void event(RunEvent event) {
        archive().event(event);
    }

    /** Notes what happened to the run beside its frames. Any thread; after the end it is only shown. */
    void event(String kind, String text) {
        if (over) {
            pipeline.event(clock.utcNanos(), kind, text);
            pipeline.publishFinal();
        } else if (archive != null) {
            event(new RunEvent(clock.utcNanos(), kind, text));
        }
    }

    /** Says what is being measured: shown, and kept with the run. Any thread. */
    void label(String text) {
        label = text;
        pipeline.label(text);
        event("LABEL", text);
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>(SummaryJson.clocks(clock.facts(), remarks.clocks()));
        if (!label.isEmpty()) {
            facts.put("label", label);
        }
        return facts;
    }

    private RunArchive archive() {
        return Objects.requireNonNull(archive, "the folder is made before frames are carried");
    }

    private void startFirmware() {
        furnace.thermocouples().start(reading -> {
            thermometer.accept(reading);
            readings.accept(reading);
            archive().reading(reading);
        });
        for (int i = 0; i < detectors.size(); i++) {
            EdgeQueue line = lines.get(i);
            Books own = books.get(i);
            long frames = detectors.get(i).triggering().framesPerTrigger();
            if (line != null) {
                Objects.requireNonNull(detectors.get(i).input().triggers()).start(trigger -> {
                    // The books first: the gate may book what became of it as soon as it can see it.
                    own.edge((trigger.index() + 1) * frames - 1);
                    line.append(trigger);
                    archive().trigger(trigger);
                });
            }
        }
    }

    RunController controller() {
        return pipeline;
    }

    /** From now on, this long between two snapshots. Any thread. */
    void publishEvery(Duration period) {
        pipeline.publishEvery(period.toNanos());
    }

    /** Ends a run that has its folder and was not started: it is archived as aborted, without frames. */
    void discard() {
        pipeline.cancel();
        archive().ending(EndReason.ABORTED.name());
        close();
    }

    /** The folder made by {@link #createFolder}. */
    RunFolder folder() {
        return Objects.requireNonNull(folder, "asked for only after it was made");
    }

    /** The same, null until it is made; any thread. */
    @Nullable
    RunFolder madeFolder() {
        return archive == null ? null : folder;
    }

    /** Of every reduction, in words. */
    String backend() {
        return layout.backend();
    }

    /** Frames to expect of each detector, 0 where there is no end. */
    List<Long> frames() {
        return detectors.stream().map(detector -> detector.input().frames()).toList();
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
        archive().ending(reason.name());
        close();
        boolean archived = archive().failure() == null;
        Map<String, AgainstTruth> truth = archived ? RunTruth.compareAll(folder(), detectors) : Map.of();
        Outcome outcome = new Outcome(
                reason,
                pipeline.get(),
                truth,
                RunRemarks.timings(seconds, pipeline.get()),
                remarks.of(detectors),
                clock.facts(),
                remarks.clocks());
        try {
            folder().writeSummary(SummaryJson.of(outcome));
        } catch (IOException e) {
            if (archived) {
                throw e;
            }
            // Nothing can be written there any more, as the fault says already; how the run went is still to be told.
        }
        return outcome;
    }

    /** Ends all threads and closes the archive and the devices; the snapshot stays readable. Idempotent. */
    @Override
    public void close() {
        furnace.thermocouples().close();
        for (OpenDetector detector : detectors) {
            if (detector.input().triggers() != null) {
                detector.input().triggers().close();
            }
        }
        pipeline.close();
        if (watch != null) {
            watch.close();
        }
        clock.close();
        if (archive != null) {
            archive().close();
            String failure = archive().failure();
            if (failure != null) {
                pipeline.note("archive", failure);
            }
        }
        over = true;
        pipeline.publishFinal();
        detectors.forEach(detector -> detector.closing().run());
        if (wired != null) {
            wired.close();
        }
    }
}
