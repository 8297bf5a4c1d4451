package org.emberline.edge.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.emberline.edge.app.bench.CoapBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench coap}: what the service bears beside a run. */
@Command(
        name = "coap",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs an appliance with 100 frames a second of 512 x 512 pixels, and loads its service from another process: observers of /metrics at 2/s;"
                    + " one observer as quickly as it goes; requests, beside libcoap's example server.",
            "docs/benchmarks/README.md says what each figure means."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {" 0:measured", " 2:usage", "74:no socket, or no room for temporary files"},
        footerHeading = "%nExamples:%n",
        footer = {"  emberline bench coap", "  emberline bench coap --observers 2000 --json"})
final class BenchCoapCommand implements Callable<Integer> {
    private static final int MOST_OBSERVERS = 5000;
    private static final int MOST_SECONDS = 3600;
    private static final int MOST_ROUNDS = 100;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(names = "--observers", paramLabel = "N", description = "Observers (default: ${DEFAULT-VALUE}).")
    private int observers = 1000;

    @Option(names = "--seconds", paramLabel = "S", description = "Of each part (default: ${DEFAULT-VALUE}).")
    private int seconds = 20;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of requests (default: ${DEFAULT-VALUE}).")
    private int rounds = 3;

    @Option(names = "--json", description = "One JSON object; for machines.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        UsageException.requireWithin("--observers", observers, 1, MOST_OBSERVERS);
        UsageException.requireWithin("--seconds", seconds, 1, MOST_SECONDS);
        UsageException.requireWithin("--rounds", rounds, 1, MOST_ROUNDS);
        Path folder = Files.createTempDirectory("emberline-bench-coap");
        try (BenchRun run = new BenchRun(folder, seconds, spec.commandLine().getErr()::println)) {
            CoapBench bench = new CoapBench(
                    new CoapBench.Settings(observers, seconds, rounds),
                    spec.commandLine().getErr()::println);
            BenchCommand.print(bench.run(run), json, spec.commandLine().getOut());
        }
        return ExitCode.DONE;
    }
}
