package org.emberline.edge.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.emberline.edge.acquire.stream2.StreamImage.Encoding;
import org.emberline.edge.app.bench.FeedBench;
import org.emberline.edge.app.bench.PyFai;
import org.emberline.gpu.Backend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench feed}: how quickly a detector may send. */
@Command(
        name = "feed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Frames of a large detector, compressed by bitshuffle with LZ4, to patterns; and streams over a socket into a run on loopback:"
                    + " 512 x 512 uncompressed at a rate, and those large ones as quickly as they are taken.",
            "docs/benchmarks/README.md says what each figure means."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:measured",
            " 1:pyFAI failed, or none of its methods gives our result",
            " 2:usage",
            "69:--backend opencl and no device, or --vs-pyfai and no pyFAI or hdf5plugin",
            "74:no socket, or no room for temporary files"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  emberline bench feed --vs-pyfai --json", "  emberline bench feed --rate 2000 --seconds 10"})
final class BenchFeedCommand implements Callable<Integer> {
    private static final int MOST_REPEATS = 10_000;
    private static final int MOST_SECONDS = 3600;
    private static final int MOST_RATE = 100_000;
    private static final int SMALL_SIDE = 512;
    private static final int BINS = 1000;
    private static final int WARM_UP_SECONDS = 5;
    /** So many times the rate is more than can be taken. */
    private static final int EXCESS = 4;

    /** At least so many large frames a second are to be expected of any machine. */
    private static final int LARGE_RATE = 40;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(
            names = "--shape",
            paramLabel = "RxC",
            description = "Rows and columns of the compressed frames, each " + PanelShape.FEWEST_ROWS
                    + " or more (default: ${DEFAULT-VALUE}).")
    private String shape = "2167x2070";

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "auto, opencl or cpu (default: ${DEFAULT-VALUE}).")
    private Backend backend = Backend.AUTO;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "Samples of each figure, 2 to " + MOST_REPEATS + " (default: ${DEFAULT-VALUE}).")
    private int repeats = 30;

    @Option(
            names = "--rate",
            paramLabel = "HZ",
            description = "Small frames a second over the socket (default: ${DEFAULT-VALUE}).")
    private int rate = 1000;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Of each stream; 0 for no streams (default: ${DEFAULT-VALUE}).")
    private int seconds = 10;

    @Option(
            names = "--vs-pyfai",
            description =
                    "Compare with h5py, hdf5plugin and pyFAI on the same frames, between two halves of the own repeats.")
    private boolean versusPyFai;

    @Option(names = "--json", description = "One JSON object; for machines.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        UsageException.requireWithin("--repeats", repeats, 2, MOST_REPEATS);
        UsageException.requireWithin("--rate", rate, 1, MOST_RATE);
        UsageException.requireWithin("--seconds", seconds, 0, MOST_SECONDS);
        PanelShape panel = PanelShape.of(shape);
        PyFai pyFai = versusPyFai ? PyFai.findWithHdf5Plugin() : null;
        ObjectNode streams = new ObjectMapper().createObjectNode();
        if (seconds > 0) {
            streams(streams, panel);
        }
        FeedBench bench = new FeedBench(
                new FeedBench.Settings(panel.rows(), panel.columns(), BINS, backend, repeats),
                spec.commandLine().getErr()::println);
        BenchCommand.print(bench.run(pyFai, streams), json, spec.commandLine().getOut());
        return ExitCode.DONE;
    }

    private void streams(ObjectNode into, PanelShape panel) throws IOException, InterruptedException {
        // The first seconds of a process are those of its compiler, which needs a core of its own: they are told, but
        // apart.
        into.put(
                "stream_first_lost",
                small("the first seconds of a process, ", rate, Math.min(seconds, WARM_UP_SECONDS))
                        .lost());
        StreamTrial.Result small = small("", rate, seconds);
        into.put("stream_rate_hz", rate);
        into.put("stream_sent_per_s", small.sentPerSecond());
        into.put("stream_frames", small.sent());
        into.put("stream_lost", small.lost());
        StreamTrial.Result much = small("too many, ", EXCESS * rate, seconds);
        into.put("excess_sent_per_s", much.sentPerSecond());
        into.put("excess_frames", much.sent());
        into.put("excess_archived", much.archived());
        into.put("excess_lost", much.lost());
        spec.commandLine().getErr().println("streams large frames as quickly as they are taken");
        StreamTrial.Result large = new StreamTrial(new StreamTrial.Settings(
                        panel.rows(), panel.columns(), Encoding.BSLZ4, 0, LARGE_RATE * seconds, backend))
                .run();
        into.put("large_frames_per_s", large.archivedPerSecond());
        into.put("large_frames", large.sent());
        into.put("large_lost", large.lost());
    }

    private StreamTrial.Result small(String what, int hertz, int duration) throws IOException, InterruptedException {
        spec.commandLine().getErr().println("streams " + what + hertz + " small frames a second");
        return new StreamTrial(new StreamTrial.Settings(
                        SMALL_SIDE, SMALL_SIDE, Encoding.PLAIN, hertz, hertz * duration, backend))
                .run();
    }
}
