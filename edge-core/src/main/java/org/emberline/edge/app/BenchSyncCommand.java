package org.emberline.edge.app;

import java.util.concurrent.Callable;
import org.emberline.edge.app.bench.SyncBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench sync}: the synchronisation of frames with triggers and temperatures. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Plays simulated series to the synchronisation and counts what it gets wrong: triggers that are missed and doubled, frames"
                    + " that are lost, sent twice and out of order, clocks that drift and jump; and temperatures on ramps, with"
                    + " noise, lag, gaps, faults, a step and a frozen sensor.",
            "docs/synchronisation.md describes the cases, docs/benchmarks/README.md what each figure means."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {" 0:measured", " 1:something was wrong and not said", " 2:usage"},
        footerHeading = "%nExamples:%n",
        footer = {"  emberline bench sync", "  emberline bench sync --frames 20000 --seed 7 --json"})
final class BenchSyncCommand implements Callable<Integer> {
    private static final int FEWEST = 1_000;
    private static final int MOST = 10_000_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "Frames of each case, " + FEWEST + " to " + MOST + " (default: ${DEFAULT-VALUE}).")
    private int frames = 100_000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What the cases are drawn by (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--json", description = "One JSON object; for machines.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        UsageException.requireWithin("--frames", frames, FEWEST, MOST);
        SyncBench bench = new SyncBench(frames, seed, spec.commandLine().getErr()::println);
        BenchCommand.print(bench.run(), json, spec.commandLine().getOut());
        return bench.sound() ? ExitCode.DONE : ExitCode.RUN_FAILED;
    }
}
