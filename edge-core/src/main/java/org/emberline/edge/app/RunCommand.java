package org.emberline.edge.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.ConfigFile;
import org.emberline.edge.app.config.ConfigReader;
import org.emberline.edge.archive.Retention;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.archive.RunRecovery;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: the appliance as a service. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "The service: carries frames and answers CoAP until SIGTERM or Ctrl-C, then drains and closes.",
            "When the source ends before that, the last state stays readable.",
            "The line coap://... on stderr says that it listens."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:ended by SIGTERM, Ctrl-C or its source, all frames accounted for",
            " 1:run failed",
            " 2:usage",
            "69:reduce.backend = \"opencl\", and no device",
            "74:a file of data, the CoAP port or the run folder",
            "78:configuration; 'emberline check-config FILE' tells the same without running",
        },
        footerHeading = "%nExamples:%n",
        footer = {"  emberline run", "  emberline run --config /etc/emberline/appliance.toml"})
final class RunCommand implements Callable<Integer> {
    private static final double SECONDS_PER_DAY = 86_400;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration, TOML, every key in config/README.md (default: config/appliance.toml).")
    private @Nullable Path config;

    @Override
    public Integer call() throws Exception {
        Path file = config == null ? Home.defaultConfig() : config;
        PrintWriter err = spec.commandLine().getErr();
        recoverOthers(file, err);
        return new RunSession(
                        spec.commandLine().getOut(),
                        err,
                        ConfigFile.read(file),
                        file.toString(),
                        ConfigPaths.folderOf(file),
                        "run")
                .carry(null, RunSession.Afterwards.SERVICE);
    }

    /** Runs that a death left open are closed before the next begins, one that cannot be is told of and left; and old ones go, where that is asked for. */
    private static void recoverOthers(Path file, PrintWriter err) throws ConfigException, IOException {
        ApplianceConfig config = ConfigReader.read(ConfigFile.read(file), file.toString(), ConfigPaths.folderOf(file));
        for (RunFolder folder : RunRecovery.unfinished(config.run().folder())) {
            try {
                RunRecovery.Report report = RecoverCommand.recover(folder.path());
                err.println("recovered " + RecoverCommand.line(folder.path(), report));
                report.defects().forEach(err::println);
            } catch (IOException e) {
                err.println("not recovered: " + e.getMessage());
            }
        }
        double days = config.archive().retentionDays();
        if (days > 0) {
            Duration age = Duration.ofSeconds(Math.round(days * SECONDS_PER_DAY));
            for (Path gone : Retention.apply(
                    config.run().folder(), age, Clock.systemUTC().instant())) {
                err.println("deleted " + gone + ", which ended more than archive.retention_days=" + days + " ago");
            }
        }
    }
}
