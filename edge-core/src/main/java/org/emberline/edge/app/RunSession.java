package org.emberline.edge.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ApplianceConfig.RunStart;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.ConfigReader;
import org.emberline.edge.pipeline.EndReason;
import org.emberline.edge.service.CoapService;
import org.emberline.edge.service.CoapSettings;
import org.jspecify.annotations.Nullable;

/** What demo, run and replay have in common: check, open, serve, carry, summarise. */
final class RunSession {
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
     * Carries a run from the first to the last frame, and the next ones where somebody may ask for them.
     *
     * @param folder the run folder, or null for a new one under the configured parent
     * @param afterwards called with the outcome while the CoAP service still answers
     * @return the exit code of the last run
     */
    int carry(@Nullable Path folder, Afterwards afterwards) throws ConfigException, IOException, InterruptedException {
        ApplianceConfig config = ConfigReader.read(tree, source, base);
        boolean waits = afterwards.serves() && config.run().start() == RunStart.ON_COMMAND;
        if (waits) {
            check(config);
        }
        try (RunDesk desk = new RunDesk(new RunDesk.Blueprint(tree, source, base, kind), config, err::println)) {
            if (!waits) {
                desk.open(folder);
            }
            try (CoapService coap = serve(config, desk);
                    AutoCloseable _ = Shutdown.whenRequested(desk::leave)) {
                if (coap != null) {
                    desk.serving(coap);
                }
                if (waits) {
                    err.println("emberline " + Emberline.VERSION + "  " + kind + "  waits for the command to start");
                } else {
                    desk.make();
                }
                announce(config, coap);
                if (!waits) {
                    desk.start();
                }
                return carryAll(desk, afterwards, coap);
            }
        } catch (ConfigException | IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("only AutoCloseable.close declares Exception", e);
        }
    }

    /** A service that waits may be told to take the darks and flats that its runs need: these need not be there yet. */
    private void check(ApplianceConfig config) throws ConfigException, IOException {
        try {
            Preparation.check(config, source);
        } catch (IOException e) {
            if (CorrectionSeries.missing(config).isEmpty()) {
                throw e;
            }
            err.println("no run can be armed before darks and flats are taken: " + e.getMessage());
        }
    }

    private int carryAll(RunDesk desk, Afterwards afterwards, @Nullable CoapService coap)
            throws InterruptedException, IOException {
        int code = ExitCode.DONE;
        for (Appliance run = desk.awaitStart(); run != null; run = desk.awaitStart()) {
            Outcome outcome = watched(run);
            desk.ended();
            new RunReport(out).print(outcome, run.folder().path());
            // What an operator has aborted has not failed.
            boolean asked = afterwards.serves() && outcome.reason() == EndReason.ABORTED;
            code = asked && outcome.last().run().fault() == null ? ExitCode.DONE : exitCode(outcome);
            if (!afterwards.serves() || coap == null) {
                return code;
            }
            if (!desk.leaving()) {
                err.println("the run has ended; its last state stays readable until SIGTERM or Ctrl-C");
            }
        }
        return code;
    }

    /** After everything that can be refused, and after SIGTERM is heeded: whoever reads these lines may rely on the service. */
    private void announce(ApplianceConfig config, @Nullable CoapService coap) {
        if (coap == null) {
            return;
        }
        CoapSettings settings = config.coap().settings();
        err.println("coap://" + hostInUri(settings.bindAddress()) + ":" + coap.port() + "/.well-known/core");
        if (settings.dtls() != null) {
            err.println("coaps://" + hostInUri(settings.dtls().bindAddress()) + ":" + coap.securePort()
                    + "/.well-known/core");
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
    enum Afterwards {
        /** The command ends with its run. */
        NOTHING,
        /** The service stays, and may be told to begin another run. */
        SERVICE;

        boolean serves() {
            return this == SERVICE;
        }
    }

    private @Nullable CoapService serve(ApplianceConfig config, RunDesk desk) throws IOException {
        if (!config.coap().enabled()) {
            return null;
        }
        return CoapService.start(
                config.coap().settings(),
                new CoapService.Sources(desk, new ArchiveHistory(desk::folder), desk, desk::event));
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
