package org.emberline.edge.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.ConfigFile;
import org.emberline.edge.app.config.ConfigReader;
import org.emberline.edge.service.CoapService;
import org.emberline.edge.service.CoapSettings;
import org.emberline.gpu.Backend;
import org.emberline.gpu.Devices;
import org.emberline.gpu.ProbeReport;
import org.jspecify.annotations.Nullable;

/** What demo, run and replay have in common: check, open, serve, carry, summarise. */
final class RunSession {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final PrintWriter out;
    private final PrintWriter err;
    private final ObjectNode tree;
    private final String source;
    private final Path base;
    private final String kind;

    /**
     * @param tree the configuration, already overlaid with the command line
     * @param source what to call it in complaints
     * @param base what relative paths in it refer to
     * @param kind ends the run's name, for example {@code demo}
     */
    RunSession(PrintWriter out, PrintWriter err, ObjectNode tree, String source, Path base, String kind) {
        this.out = out;
        this.err = err;
        this.tree = tree;
        this.source = source;
        this.base = base;
        this.kind = kind;
    }

    /**
     * Carries one run from the first to the last frame.
     *
     * @param folder the run folder, or null for a new one under the configured parent
     * @param afterwards called with the outcome while the CoAP service still answers
     * @return the exit code
     */
    int carry(@Nullable Path folder, Afterwards afterwards) throws ConfigException, IOException, InterruptedException {
        ApplianceConfig config = ConfigReader.read(tree, source, base);
        CompletableFuture<ProbeReport> probe = CompletableFuture.supplyAsync(
                config.detectors().stream().allMatch(d -> d.reduction().backend() == Backend.CPU)
                        ? RunSession::noProbe
                        : Devices::probe);
        Instant started = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MILLIS);
        Path path = folder == null ? unused(config.run().folder(), STAMP.format(started) + "-" + kind) : folder;
        Appliance.Order order = new Appliance.Order(STAMP.format(started) + "-" + kind, started);
        Preparation prepared = Preparation.of(config, source, order.startedNanos());
        try (Appliance appliance = Appliance.open(config, source, order, prepared, probe.join());
                CoapService coap = serve(config, appliance);
                AutoCloseable _ = Shutdown.whenRequested(() -> {
                    appliance.controller().stop();
                    afterwards.stop();
                })) {
            appliance.createFolder(path, ConfigFile.absoluteToml(tree, base));
            announce(config, appliance, coap);
            Outcome outcome = watched(appliance);
            new RunReport(out).print(outcome, path);
            afterwards.linger(outcome, coap);
            return exitCode(outcome);
        } catch (ConfigException | IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("only AutoCloseable.close declares Exception", e);
        }
    }

    /** The folder for a run of that name; two runs that begin in the same second get two. */
    private static Path unused(Path parent, String runId) {
        Path folder = parent.resolve(runId);
        for (int i = 2; Files.exists(folder); i++) {
            folder = parent.resolve(runId + "-" + i);
        }
        return folder;
    }

    /** After everything that can be refused, and after SIGTERM is heeded: whoever reads these lines may rely on the run. */
    private void announce(ApplianceConfig config, Appliance appliance, @Nullable CoapService coap) {
        err.println("emberline " + Emberline.VERSION + "  " + kind + "  "
                + appliance.folder().path());
        err.println(appliance.backend());
        if (coap != null) {
            err.println("coap://" + hostInUri(config.coap().bind()) + ":" + coap.port() + "/.well-known/core");
        }
    }

    /** An IPv6 address stands in brackets in a URI. */
    private static String hostInUri(String host) {
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private int exitCode(Outcome outcome) {
        String loss = outcome.remarks().get(Input.FIRST_LOSS);
        if (loss != null) {
            err.println("emberline: " + outcome.last().ledger().lostTotal() + " of "
                    + outcome.last().ledger().triggers() + " frames could not be read, the first because of " + loss);
        }
        if (!outcome.sound()) {
            err.println("emberline: the run failed: "
                    + Objects.requireNonNullElse(
                            outcome.last().run().fault(), outcome.reason().name()));
            return ExitCode.RUN_FAILED;
        }
        return loss == null ? ExitCode.DONE : ExitCode.IO;
    }

    /** What follows the last frame. */
    interface Afterwards {
        /** Returns when the service may go. */
        void linger(Outcome outcome, @Nullable CoapService coap) throws InterruptedException;

        /** Ends a {@link #linger}; from another thread, at any time. */
        void stop();
    }

    /** Nothing follows: the command ends with its run. */
    static final Afterwards NOTHING = new Afterwards() {
        @Override
        public void linger(Outcome outcome, @Nullable CoapService coap) {}

        @Override
        public void stop() {}
    };

    private static ProbeReport noProbe() {
        return new ProbeReport(List.of(), "not looked for");
    }

    private @Nullable CoapService serve(ApplianceConfig config, Appliance appliance) throws IOException {
        if (!config.coap().enabled()) {
            return null;
        }
        return CoapService.start(
                new CoapSettings(config.coap().bind(), config.coap().port(), CoapSettings.DEFAULT.notifyPeriod()),
                appliance.controller(),
                new ArchiveHistory(appliance::madeFolder));
    }

    private Outcome watched(Appliance appliance) throws InterruptedException, IOException {
        Progress progress = new Progress(err, Boolean.getBoolean("emberline.terminal"), appliance.frames());
        Thread display = Thread.ofVirtual().start(() -> progress.follow(appliance.controller()));
        try {
            return appliance.run();
        } finally {
            display.interrupt();
            display.join();
            progress.finish();
        }
    }
}
