package org.emberline.edge.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.ConfigFile;
import org.emberline.edge.app.config.ScenarioFile;
import org.emberline.gpu.Backend;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: a simulated calcination through the whole appliance. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "A simulated calcination through the whole appliance; ends by itself.",
            "Diffraction and radiographs of the same sample in one furnace, each with its own books.",
            "Takes config/appliance.toml, but its own sources and detectors, any free CoAP port, and no pauses between frames."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:all frames carried and accounted for",
            " 1:run failed",
            " 2:usage",
            "69:--backend opencl, and no device",
            "74:the run folder cannot be made, or is in use",
            "78:config/appliance.toml, the scenario or the phase is wrong",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  emberline demo --frames 60",
            "  emberline demo --list-scenarios",
            "  emberline demo --scenario slump --frames 200",
            "  emberline demo --frames 600 --seed 7 --backend cpu --out runs/seed7",
        })
final class DemoCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "A file of config/scenarios, without .toml (default: ${DEFAULT-VALUE}).")
    private String scenario = "calcination";

    @Option(names = "--list-scenarios", description = "List the scenarios and what happens in them, and end.")
    private boolean listScenarios;

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "Diffraction frames over the whole programme, 1 to 10000000 (default: the scenario's).")
    private @Nullable Integer frames;

    @Option(
            names = "--radiographs",
            paramLabel = "N",
            description =
                    "Radiographs over the whole programme, 0 to 100000; 0 for diffraction alone (default: the scenario's).")
    private @Nullable Integer radiographs;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Run folder to make; must not exist or be empty (default: a new one in runs/).")
    private @Nullable Path folder;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Seed of all randomness, 0 or above; equal seeds give equal frames (default: the scenario's).")
    private @Nullable Long seed;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description =
                    "auto, opencl or cpu; auto takes OpenCL where a device answers (default: as in the configuration).")
    private @Nullable Backend backend;

    @Override
    public Integer call() throws Exception {
        if (listScenarios) {
            ScenarioFile.list(Home.scenarios())
                    .forEach((name, what) ->
                            spec.commandLine().getOut().println(String.format(Locale.ROOT, "%-18s %s", name, what)));
            return ExitCode.DONE;
        }
        if (frames != null && frames < 1) {
            throw new UsageException("--frames must be at least 1, is " + frames);
        }
        if (radiographs != null && radiographs < 0) {
            throw new UsageException("--radiographs must not be negative, is " + radiographs);
        }
        if (seed != null && seed < 0) {
            throw new UsageException("--seed must not be negative, is " + seed);
        }
        Path file = Home.scenario(scenario);
        if (!Files.exists(file)) {
            throw new UsageException("--scenario " + scenario + ": there is no such scenario, known are "
                    + ScenarioFile.list(Home.scenarios()).keySet());
        }
        return new RunSession(
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr(),
                        configuration(file),
                        Home.defaultConfig().toString(),
                        ConfigPaths.folderOf(Home.defaultConfig()),
                        "demo")
                .carry(folder, RunSession.Afterwards.NOTHING);
    }

    private ObjectNode configuration(Path file) throws ConfigException {
        ObjectNode tree = ConfigFile.read(Home.defaultConfig());
        SimulatedDetectors.put(tree, file, ScenarioFile.read(file), radiographs);
        ConfigFile.set(tree, "source", "frames_per_second", 0.0);
        // A demonstration must not stumble over the service that already runs on this machine.
        ConfigFile.set(tree, "coap", "port", 0);
        ConfigFile.set(tree, "run", "folder", Home.path().resolve("runs").toString());
        if (frames != null) {
            ConfigFile.set(tree, "source", "frames", frames);
        }
        if (seed != null) {
            ConfigFile.set(tree, "source", "seed", seed);
        }
        if (backend != null) {
            ConfigFile.set(tree, "reduce", "backend", Choice.word(backend));
            if (tree.has(SimulatedDetectors.BESIDE)) {
                ConfigFile.set(tree, "beside.image", "backend", Choice.word(backend));
            }
        }
        return tree;
    }
}
