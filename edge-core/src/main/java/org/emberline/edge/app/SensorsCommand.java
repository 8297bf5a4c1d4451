package org.emberline.edge.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.emberline.edge.app.config.ApplianceConfig.FirmwareSection;
import org.emberline.edge.app.config.ConfigFile;
import org.emberline.edge.app.config.ConfigReader;
import org.emberline.firmware.csv.CsvThermocouples;
import org.emberline.firmware.sampling.SampledThermocouples;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sensors}: what is wired to the appliance, without a run. */
@Command(
        name = "sensors",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reads the thermocouples (or the temperature log) and the trigger line of a configuration and shows them, without frames and without a run: for"
                    + " whoever wires them.",
            "A line a second for each channel with its latest reading, the edges a second of the trigger line, faults when they"
                    + " begin; in the end what each of them did in all. Times are UTC.",
            "Heartbeat and interlock are opened, so that it is seen whether they can be had, and held inactive."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:shown, faults of thermocouples included",
            " 1:the sampling or the trigger line ended by itself",
            " 2:usage, or the configuration has nothing to read",
            "69:devices that cannot be had; a line each",
            "78:configuration, or it cannot be read",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  emberline sensors --config /etc/emberline/appliance.toml",
            "  emberline sensors --config appliance.toml --seconds 60 --json > sensors.jsonl",
        })
final class SensorsCommand implements Callable<Integer> {
    private static final double LONGEST_SECONDS = 1e7;
    private static final long TICK_NANOS = 50_000_000;

    private final CountDownLatch stopped = new CountDownLatch(1);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Configuration, TOML, as 'emberline run' takes it.")
    @SuppressWarnings("NullAway.Init") // picocli
    private Path config;

    @Option(names = "--seconds", paramLabel = "N", description = "End after so long (default: at Ctrl-C).")
    private @Nullable Double seconds;

    @Option(names = "--json", description = "One line of JSON a reading instead of text.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (seconds != null && !(seconds > 0 && seconds <= LONGEST_SECONDS)) {
            throw new UsageException("--seconds must be more than 0 and at most 1e7, is " + seconds);
        }
        FirmwareSection firmware = ConfigReader.read(
                        ConfigFile.read(config), config.toString(), ConfigPaths.folderOf(config))
                .firmware();
        if (!firmware.measures()) {
            throw new UsageException(
                    config + ": nothing to read, there is no [[thermocouple]], [temperature_log] or [trigger]");
        }
        try (Wired wired = Wired.open(firmware);
                AutoCloseable _ = Shutdown.whenRequested(stopped::countDown)) {
            return show(wired);
        }
    }

    private int show(Wired wired) throws InterruptedException {
        List<String> channels = wired.thermocouples() == null
                ? List.of()
                : wired.thermocouples().channels();
        SensorFormat format = json ? new SensorJson() : new SensorText(channels);
        SensorBoard board = new SensorBoard(channels.size());
        PrintWriter out = spec.commandLine().getOut();
        announce(wired, channels);
        if (wired.thermocouples() != null) {
            wired.thermocouples().start(board::accept);
        }
        if (wired.trigger() != null) {
            wired.trigger().start(board::accept);
        }
        SensorView view = new SensorView(channels, wired.trigger(), board, format, out, System.nanoTime());
        follow(wired, view, out);
        wired.closeInputs();
        view.showRest();
        return conclude(wired, board, format, out);
    }

    private void announce(Wired wired, List<String> channels) {
        List<String> opened = new ArrayList<>(channels);
        if (wired.trigger() != null) {
            opened.add("trigger");
        }
        if (wired.heartbeat() != null) {
            opened.add("heartbeat (held inactive)");
        }
        if (wired.interlock() != null) {
            opened.add("interlock (held inactive)");
        }
        spec.commandLine().getErr().println("opened: " + String.join(", ", opened));
    }

    /** Until the time is over, somebody stops it, nobody reads it any more, or there is nothing more to come. */
    private void follow(Wired wired, SensorView view, PrintWriter out) throws InterruptedException {
        long begin = System.nanoTime();
        long span = seconds == null ? Long.MAX_VALUE : Math.round(seconds * 1e9);
        boolean over = false;
        while (!over && !out.checkError() && failure(wired) == null) {
            long left = span - (System.nanoTime() - begin);
            over = left <= 0 || stopped.await(Math.min(TICK_NANOS, left), TimeUnit.NANOSECONDS);
            long now = System.nanoTime();
            view.tick(now, wired.bridge().clock().relation().utcAt(now));
        }
    }

    private int conclude(Wired wired, SensorBoard board, SensorFormat format, PrintWriter out) {
        if (wired.thermocouples() instanceof CsvThermocouples log) {
            out.println(format.total(log.status()));
        }
        if (wired.thermocouples() instanceof SampledThermocouples sampled) {
            sampled.status().channels().forEach(channel -> out.println(format.total(channel)));
        }
        if (wired.trigger() != null) {
            out.println(format.total(board.edges(), wired.trigger().counts()));
        }
        String failure = failure(wired);
        if (failure != null) {
            spec.commandLine().getErr().println("emberline: " + failure);
            return ExitCode.RUN_FAILED;
        }
        return ExitCode.DONE;
    }

    /** Why nothing more will come from one of them, or null. */
    private static @Nullable String failure(Wired wired) {
        if (wired.thermocouples() instanceof SampledThermocouples sampled
                && sampled.status().failure() != null) {
            return "sampling: " + sampled.status().failure();
        }
        return wired.trigger() == null
                ? null
                : wired.trigger().failure().map(lost -> "trigger: " + lost).orElse(null);
    }
}
