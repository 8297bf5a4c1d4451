package org.emberline.edge.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.emberline.edge.app.bench.DiffractionBench;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.PhaseFile;
import org.emberline.edge.metrics.phase.PhaseDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench diffraction}: the metrics of whole patterns. */
@Command(
        name = "diffraction",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Fits simulated patterns of a calcination, layered oxide and other phases on 1000 bins, and says how many frames a second the"
                    + " metrics of whole patterns take: with one thread, and with as many as two detectors would have.",
            "docs/benchmarks/README.md says what each figure means."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {" 0:measured", " 2:usage", "78:a file of config/phases is wrong"},
        footerHeading = "%nExamples:%n",
        footer = {"  emberline bench diffraction", "  emberline bench diffraction --rounds 20 --json"})
final class BenchDiffractionCommand implements Callable<Integer> {
    private static final List<String> PHASES = List.of("nmc532", "spinel", "lithium_carbonate", "barium_carbonate");
    private static final int MOST_ROUNDS = 1000;
    private static final int FEWEST_BINS = 500;
    private static final int MOST_BINS = 20_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Rounds of " + DiffractionBench.PATTERNS + " frames, 1 to " + MOST_ROUNDS
                    + " (default: ${DEFAULT-VALUE}).")
    private int rounds = 10;

    @Option(
            names = "--npt",
            paramLabel = "N",
            description = "Bins of the pattern, " + FEWEST_BINS + " to " + MOST_BINS + " (default: ${DEFAULT-VALUE}).")
    private int bins = 1000;

    @Option(names = "--seed", paramLabel = "N", description = "What the noise is drawn by (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--json", description = "One JSON object; for machines.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        UsageException.requireWithin("--rounds", rounds, 1, MOST_ROUNDS);
        UsageException.requireWithin("--npt", bins, FEWEST_BINS, MOST_BINS);
        DiffractionBench bench = new DiffractionBench(
                phases(), bins, rounds, seed, spec.commandLine().getErr()::println);
        BenchCommand.print(bench.run(), json, spec.commandLine().getOut());
        return ExitCode.DONE;
    }

    private static List<PhaseDescription> phases() throws ConfigException {
        Path folder = Home.path().resolve("config/phases");
        List<PhaseDescription> phases = new ArrayList<>();
        for (String name : PHASES) {
            phases.add(PhaseFile.read(folder.resolve(name + ".toml")));
        }
        return phases;
    }
}
