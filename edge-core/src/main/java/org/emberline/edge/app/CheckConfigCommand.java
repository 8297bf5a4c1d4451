package org.emberline.edge.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ConfigFile;
import org.emberline.edge.app.config.ConfigReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code check-config}: every complaint about a configuration, without running it. */
@Command(
        name = "check-config",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Checks a configuration as far as that goes without running it: its keys, the scenario and phase it names, and"
                    + " that the frames, geometry, corrections and temperatures can be read and fit each other.",
            "Neither the device nor the port nor the run folder is touched."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:sound",
            "74:a file of data that it names cannot be used",
            "78:wrong; every complaint on a line"
        })
final class CheckConfigCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "TOML, see config/README.md.")
    @SuppressWarnings("NullAway.Init") // picocli
    private Path file;

    @Override
    public Integer call() throws Exception {
        ApplianceConfig config = ConfigReader.read(ConfigFile.read(file), file.toString(), ConfigPaths.folderOf(file));
        Preparation.check(config, file.toString());
        spec.commandLine().getOut().println(file + ": ok");
        return ExitCode.DONE;
    }
}
