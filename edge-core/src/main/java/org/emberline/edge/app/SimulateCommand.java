package org.emberline.edge.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.emberline.edge.acquire.stream2.StreamImage.Encoding;
import org.emberline.edge.acquire.stream2.ZeroMqSender;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.ConfigFile;
import org.emberline.edge.app.config.ConfigReader;
import org.emberline.edge.app.config.ScenarioFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code simulate}: plays a detector, so that whoever receives can be rehearsed. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Sends frames as a detector does: those of the simulated panel, or recorded ones.",
            "One series: a start message, the images, an end message. Waits for a receiver, and while it is behind.",
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:everything was sent",
            " 2:usage",
            "74:the address is taken, or a file cannot be read",
            "78:config/appliance.toml or the scenario is wrong",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  emberline simulate --stream2 tcp://127.0.0.1:31001 --frames 600 --rate 10",
            "  emberline simulate --stream2 tcp://127.0.0.1:31001 --compression lz4 --poni ceo2.poni recorded.h5",
        })
final class SimulateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(
            names = "--stream2",
            paramLabel = "URI",
            required = true,
            description = "Send DECTRIS Stream V2 here: tcp://HOST:PORT to listen at (needed).")
    private String address = "";

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "A file of config/scenarios, without .toml (default: ${DEFAULT-VALUE}).")
    private String scenario = "calcination";

    @Option(
            names = "--frames",
            paramLabel = "N",
            description =
                    "Simulated frames over the whole programme, 1 to 10000000 (default: the scenario's); of files the first N (default: all).")
    private @Nullable Integer frames;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the simulation, 0 or above (default: the scenario's).")
    private @Nullable Long seed;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            description = "Frames a second; 0 for as fast as they are taken (default: ${DEFAULT-VALUE}).")
    private double rate = 10;

    @Option(
            names = "--compression",
            paramLabel = "NAME",
            description = "plain, lz4 or bslz4 (default: ${DEFAULT-VALUE}).")
    private Encoding encoding = Encoding.BSLZ4;

    @Option(
            names = "--poni",
            paramLabel = "FILE",
            description = "What the start message says of the beam with recorded frames (default: nothing).")
    private @Nullable Path poni;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Recorded frames to send instead of simulated ones.")
    private List<Path> files = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        if (frames != null && frames < 1) {
            throw new UsageException("--frames must be at least 1, is " + frames);
        }
        if (!(rate >= 0 && rate <= 1e5)) {
            throw new UsageException("--rate must be within 0 and 100000, is " + rate);
        }
        PrintWriter err = spec.commandLine().getErr();
        try (Arena arena = Arena.ofShared();
                SentFrames sent = open(arena);
                ZeroMqSender sender = new ZeroMqSender(address)) {
            err.println("sends " + sent.words() + " as Stream V2 from " + sender.address()
                    + "; Ctrl-C ends it without an end message");
            long count = new StreamRehearsal(sent, sender, encoding, rate).run();
            spec.commandLine().getOut().println(count + " images sent");
            return count == sent.count() ? ExitCode.DONE : ExitCode.RUN_FAILED;
        }
    }

    private SentFrames open(Arena arena) throws IOException, ConfigException, UsageException {
        if (!files.isEmpty()) {
            if (seed != null || spec.commandLine().getParseResult().hasMatchedOption("--scenario")) {
                throw new UsageException("--scenario and --seed go with simulated frames only");
            }
            return SentFrames.recorded(arena, files, poni, frames == null ? 0 : frames);
        }
        if (poni != null) {
            throw new UsageException("--poni goes with recorded frames only: simulated ones have their own");
        }
        Path file = Home.scenario(scenario);
        if (!Files.exists(file)) {
            throw new UsageException("--scenario " + scenario + ": there is no such scenario, known are "
                    + ScenarioFile.list(Home.scenarios()).keySet());
        }
        ObjectNode tree = ConfigFile.read(Home.defaultConfig());
        SimulatedDetectors.put(tree, file, ScenarioFile.read(file), 0);
        ConfigFile.set(tree, "source", "frames_per_second", 0.0);
        if (frames != null) {
            ConfigFile.set(tree, "source", "frames", frames);
        }
        if (seed != null) {
            ConfigFile.set(tree, "source", "seed", seed);
        }
        ApplianceConfig config =
                ConfigReader.read(tree, Home.defaultConfig().toString(), ConfigPaths.folderOf(Home.defaultConfig()));
        long now = Math.multiplyExact(Clock.systemUTC().instant().getEpochSecond(), 1_000_000_000L);
        return SentFrames.simulated(arena, SimulatedInputs.open(config, SimulatedInputs.settings(config), now));
    }
}
