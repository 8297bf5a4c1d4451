package org.emberline.edge.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.emberline.edge.app.bench.ArchiveBench;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench archive}: how many frames a second the archive takes. */
@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Archives frames with a pattern, its sigma and metrics, from the archive's stage to closed files, and says how many a second: as fast"
                    + " as it goes, and what a core has to do at 100 a second. Times are those of 10 frames a second.",
            "docs/benchmarks/README.md says what each figure means."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {" 0:measured", " 2:usage", "74:the folder cannot be written"},
        footerHeading = "%nExamples:%n",
        footer = {"  emberline bench archive", "  emberline bench archive --frames 100000 --rounds 1 --json"})
final class BenchArchiveCommand implements Callable<Integer> {
    private static final int MOST_FRAMES = 10_000_000;
    private static final int MOST_ROUNDS = 100;
    private static final int MOST_BINS = 20_000;
    private static final int MOST_METRICS = 200;
    private static final int MOST_SECONDS = 3600;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(names = "--frames", paramLabel = "N", description = "Frames of a round (default: ${DEFAULT-VALUE}).")
    private int frames = 10_000;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--npt", paramLabel = "N", description = "Bins of the pattern (default: ${DEFAULT-VALUE}).")
    private int bins = 1000;

    @Option(names = "--metrics", paramLabel = "N", description = "Metrics of a frame (default: ${DEFAULT-VALUE}).")
    private int metrics = 20;

    @Option(
            names = "--paced",
            paramLabel = "S",
            description = "Seconds of the round with 100 frames a second; 0 for none (default: ${DEFAULT-VALUE}).")
    private int paced = 10;

    @Option(names = "--export", description = "Exports each round's run too, as NeXus files and as a table.")
    private boolean export;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where to write, on the disk in question (default: that of temporary files).")
    private @Nullable Path folder;

    @Option(names = "--json", description = "One JSON object; for machines.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        UsageException.requireWithin("--frames", frames, 1, MOST_FRAMES);
        UsageException.requireWithin("--rounds", rounds, 1, MOST_ROUNDS);
        UsageException.requireWithin("--npt", bins, 1, MOST_BINS);
        UsageException.requireWithin("--metrics", metrics, 1, MOST_METRICS);
        UsageException.requireWithin("--paced", paced, 0, MOST_SECONDS);
        Path where = folder == null ? Path.of(System.getProperty("java.io.tmpdir")) : folder;
        if (!Files.isDirectory(where)) {
            throw new UsageException("--folder=" + where + " is no folder");
        }
        ArchiveBench bench = new ArchiveBench(
                new ArchiveBench.Settings(where, frames, rounds, bins, metrics, paced, export),
                spec.commandLine().getErr()::println);
        BenchCommand.print(bench.run(), json, spec.commandLine().getOut());
        return ExitCode.DONE;
    }
}
