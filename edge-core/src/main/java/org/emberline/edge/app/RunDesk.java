package org.emberline.edge.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.ConfigFile;
import org.emberline.edge.app.config.ConfigPatch;
import org.emberline.edge.app.config.ConfigReader;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.frame.DetectorRole;
import org.emberline.edge.pipeline.RunState;
import org.emberline.edge.pipeline.RunView;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.service.CoapService;
import org.emberline.edge.service.Commands;
import org.emberline.gpu.Backend;
import org.emberline.gpu.Devices;
import org.emberline.gpu.ProbeReport;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one process, one after the other: makes them, hands each to the thread that carries it, and does what operators ask. The snapshot
 * is that of the latest run that was made, or an empty one before the first. What is made has a folder from {@link #make} on.
 *
 * <pre>
 *   NONE ──arm──► ARMED ──start──► RUNNING ──(its end)──► ENDED ──arm──► ARMED ...
 *                   └── stop, abort ─────────────────────────┘
 * </pre>
 *
 * Between runs, darks and flats can be taken; until they are, no run is armed.
 */
final class RunDesk implements Supplier<Snapshot>, Commands, AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final long CLOSING_MILLIS = 60_000;
    private static final long LOOK_MILLIS = 1000;

    private final Blueprint blueprint;
    private final Consumer<String> tell;
    private final CompletableFuture<ProbeReport> probe;
    private final Snapshot nothing;
    private final CorrectionDesk corrections = new CorrectionDesk(this::event);
    private volatile ObjectNode tree;
    private volatile boolean imaging;
    private volatile @Nullable Appliance appliance;
    private volatile Phase phase = Phase.NONE;
    private volatile String label = "";
    private volatile boolean leaving;
    private @Nullable Path path;
    private @Nullable CoapService coap;
    private boolean handed;

    private enum Phase {
        NONE,
        ARMED,
        RUNNING,
        ENDED
    }

    /**
     * What runs are made from.
     *
     * @param tree the configuration, already overlaid with the command line
     * @param source what to call it in complaints
     * @param base what relative paths in it refer to
     * @param kind ends the runs' names, for example {@code demo}
     */
    record Blueprint(ObjectNode tree, String source, Path base, String kind) {}

    /** @param tell takes lines for whoever started the process */
    RunDesk(Blueprint blueprint, ApplianceConfig config, Consumer<String> tell) {
        this.blueprint = blueprint;
        this.tell = tell;
        tree = blueprint.tree();
        imaging = images(config);
        probe = CompletableFuture.supplyAsync(
                config.detectors().stream().allMatch(d -> d.reduction().backend() == Backend.CPU)
                        ? () -> new ProbeReport(List.of(), "not looked for")
                        : Devices::probe);
        RunView view = new RunView("", new RunState.Idle(), now(), "", null);
        nothing = new Snapshot(0, view, List.of(), List.of());
    }

    private static boolean images(ApplianceConfig config) {
        return config.detectors().stream().anyMatch(detector -> detector.role() == DetectorRole.IMAGING);
    }

    private static Instant now() {
        return Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public Snapshot get() {
        Appliance shown = appliance;
        return shown == null ? nothing : shown.controller().get();
    }

    /** Of the latest run; null before the first. Any thread. */
    @Nullable
    RunFolder folder() {
        Appliance shown = appliance;
        return shown == null ? null : shown.madeFolder();
    }

    /** Notes what strangers and operators do, where there is a run to note it in. Any thread. */
    void event(String kind, String text) {
        Appliance shown = appliance;
        if (shown != null) {
            shown.event(kind, text);
        }
    }

    /** Whose notification rate follows the configuration. */
    synchronized void serving(CoapService service) {
        coap = service;
    }

    /**
     * Opens all that the next run needs; nothing is written yet.
     *
     * @param folder the run folder, or null for a new one under the configured parent
     */
    synchronized void open(@Nullable Path folder) throws ConfigException, IOException {
        ApplianceConfig config = ConfigReader.read(tree, blueprint.source(), blueprint.base());
        Instant started = now();
        String runId = STAMP.format(started) + "-" + blueprint.kind();
        path = folder == null ? unused(config.run().folder(), runId) : folder;
        Appliance.Order order = new Appliance.Order(runId, started);
        Preparation prepared = Preparation.of(config, blueprint.source(), order.startedNanos());
        Appliance opened = Appliance.open(config, blueprint.source(), order, prepared, probe.join());
        appliance = opened;
    }

    /** The folder for a run of that name; two runs that begin in the same second get two. */
    private static Path unused(Path parent, String runId) {
        Path folder = parent.resolve(runId);
        for (int i = 2; Files.exists(folder); i++) {
            folder = parent.resolve(runId + "-" + i);
        }
        return folder;
    }

    /** Makes the folder of the run that was opened. */
    synchronized void make() throws IOException {
        Appliance opened = appliance;
        if (opened == null || path == null) {
            throw new IllegalStateException("nothing was opened");
        }
        opened.createFolder(path, ConfigFile.absoluteToml(tree, blueprint.base()));
        if (!label.isEmpty()) {
            opened.label(label);
        }
        phase = Phase.ARMED;
        tell.accept("emberline " + Emberline.VERSION + "  " + blueprint.kind() + "  " + path);
        tell.accept(opened.backend());
    }

    /** Hands the armed run to {@link #awaitStart}. */
    synchronized void start() {
        phase = Phase.RUNNING;
        handed = true;
        notifyAll();
    }

    /** The next run to carry; null when the process is to end. One thread. */
    synchronized @Nullable Appliance awaitStart() throws InterruptedException {
        while (!handed && !leaving) {
            wait();
        }
        if (!handed) {
            return null;
        }
        handed = false;
        return appliance;
    }

    /** The run that was carried has ended, and is closed. */
    synchronized void ended() {
        phase = Phase.ENDED;
        label = "";
        notifyAll();
    }

    /** Ends the run at hand in order, and then {@link #awaitStart}. From a shutdown hook. */
    void leave() {
        leaving = true;
        corrections.leave();
        Appliance running = appliance;
        if (running != null) {
            running.controller().stop();
        }
        synchronized (this) {
            notifyAll();
        }
    }

    boolean leaving() {
        return leaving;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public List<String> possible() {
        return switch (phase) {
            case NONE, ENDED -> between();
            case ARMED -> List.of("start", "stop", "abort", "label");
            case RUNNING -> closing() ? between() : List.of("stop", "abort", "label");
        };
    }

    private List<String> between() {
        if (corrections.busy()) {
            return List.of("stop", "abort", "label");
        }
        return imaging ? List.of("arm", "start", "label", "dark", "flat") : List.of("arm", "start", "label");
    }

    @Override
    public @Nullable ObjectNode correction() {
        return corrections.latest();
    }

    /** Whether all frames of the run are through, and its archive is being closed. */
    private boolean closing() {
        return phase == Phase.RUNNING && get().run().state() instanceof RunState.Ended;
    }

    /** Nobody is to be refused for the second that closing takes. */
    private void awaitClosed() {
        try {
            for (long waited = 0; phase == Phase.RUNNING && waited < CLOSING_MILLIS; waited += LOOK_MILLIS) {
                wait(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized Outcome command(Command command, String by) {
        if (closing()) {
            awaitClosed();
        }
        if (leaving || !possible().contains(command.word())) {
            return new Outcome.Conflict(
                    leaving
                            ? "the service is ending"
                            : "the run is " + get().run().state().phase() + ": only " + possible() + " now");
        }
        return switch (command) {
            case Command.Arm _ -> arm(by);
            case Command.Start _ -> begin(by);
            case Command.Stop _, Command.Abort _ -> end(command, by);
            case Command.Take take -> take(take, by);
            case Command.Label named -> {
                label = named.text();
                Appliance open = appliance;
                if (open != null && phase != Phase.ENDED) {
                    open.label(label);
                }
                event("COMMAND", by + ": label " + label);
                yield new Outcome.Done("label " + label);
            }
        };
    }

    private Outcome begin(String by) {
        if (phase != Phase.ARMED) {
            Outcome armed = arm(by);
            if (!(armed instanceof Outcome.Done)) {
                return armed;
            }
        }
        event("COMMAND", by + ": start");
        start();
        return new Outcome.Done("started " + get().run().runId());
    }

    private Outcome take(Command.Take take, String by) {
        try {
            return corrections.take(ConfigReader.read(tree, blueprint.source(), blueprint.base()), take, by);
        } catch (ConfigException e) {
            return new Outcome.Failed(Explanation.of(e).lines().findFirst().orElse("the configuration is not sound"));
        }
    }

    private Outcome arm(String by) {
        try {
            open(null);
            make();
        } catch (ConfigException | IOException | RuntimeException e) {
            String reason = Explanation.of(e).lines().findFirst().orElse("failed");
            tell.accept("emberline: cannot arm: " + reason);
            return new Outcome.Failed("cannot arm: " + reason);
        }
        event("COMMAND", by + ": arm");
        return new Outcome.Done("armed " + get().run().runId());
    }

    private Outcome end(Command command, String by) {
        event("COMMAND", by + ": " + command.word());
        if (corrections.busy()) {
            corrections.stop();
            return new Outcome.Done(command.word() + " of the frames that correct");
        }
        Appliance open = appliance;
        if (open != null && phase == Phase.ARMED) {
            open.discard();
            ended();
        } else if (open != null && command instanceof Command.Abort) {
            open.controller().abort();
        } else if (open != null) {
            open.controller().stop();
        }
        return new Outcome.Done(command.word() + " " + get().run().runId());
    }

    @Override
    public ObjectNode configuration() {
        return ConfigFile.absolute(tree, blueprint.base());
    }

    @Override
    public synchronized Outcome configure(JsonNode patch, String by) {
        boolean open = phase == Phase.ARMED || phase == Phase.RUNNING;
        ConfigPatch change;
        ApplianceConfig config;
        try {
            change = ConfigPatch.of(patch, tree, open);
            config = ConfigReader.read(change.merged(), "the patch", blueprint.base());
        } catch (ConfigPatch.RefusedException e) {
            return e.later() ? new Outcome.Conflict(e.getMessage()) : new Outcome.Bad(e.getMessage());
        } catch (ConfigException e) {
            return new Outcome.Bad(Explanation.of(e).lines().findFirst().orElse("not sound"));
        }
        tree = change.merged();
        if (coap != null) {
            coap.notifyEvery(config.coap().settings().notifyPeriod().toNanos());
        }
        Appliance shown = appliance;
        Duration period = config.run().snapshotPeriod();
        if (shown != null && open) {
            shown.publishEvery(period);
        }
        event("CONFIG", by + ": " + change.words());
        return new Outcome.Done(change.words());
    }

    /** Closes a run that nobody has carried to its end. */
    @Override
    public synchronized void close() {
        Appliance open = appliance;
        if (open != null && phase == Phase.ARMED) {
            open.discard();
        } else if (open != null) {
            open.close();
        }
    }
}
