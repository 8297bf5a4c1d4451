package org.emberline.edge.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.emberline.edge.app.bench.PyFai;
import org.emberline.edge.app.bench.ReduceBench;
import org.emberline.edge.app.bench.ReduceSettings;
import org.emberline.edge.app.bench.Report;
import org.emberline.gpu.Backend;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.Splitting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench reduce}: the reduction of frames. */
@Command(
        name = "reduce",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the reduction of frames to patterns: synthetic counts of rings over a background (50 on average) on a tilted"
                    + " detector, with dark, flat, mask (1 %%), solid angle, polarisation and Poisson errors, in q_A^-1.",
            "Everything that is compared takes turns, so that a busy machine is busy for all of it. Figures are medians; a repeat"
                    + " is a round over 4 frames. docs/benchmarks/README.md says what each figure means."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:measured",
            " 1:pyFAI failed, or none of its methods gives our result",
            " 2:usage",
            "69:--backend opencl and no device, or --vs-pyfai and no pyFAI",
            "74:the temporary folder for pyFAI cannot be written",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  emberline bench reduce --backend cpu --vs-pyfai",
            "  emberline bench reduce --split bbox --cake --json",
            "  emberline bench reduce --shape 4096x4096 --dtype f32 --masked-frame",
        })
final class BenchReduceCommand implements Callable<Integer> {
    private static final int MOST_BINS = 1_000_000;
    private static final int FEWEST_CAKE_BINS = 200;
    private static final int MOST_SECTORS = 3600;
    private static final long MOST_CELLS = 1 << 28;
    private static final int MOST_REPEATS = 100_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(
            names = "--shape",
            paramLabel = "RxC",
            description = "Rows and columns of the detector, each " + PanelShape.FEWEST_ROWS
                    + " or more (default: ${DEFAULT-VALUE}).")
    private String shape = "2167x2070";

    @Option(
            names = "--dtype",
            paramLabel = "T",
            defaultValue = "u16",
            description = "u8, u16, i16, u32, i32 or f32 (default: ${DEFAULT-VALUE}).")
    private PixelFormat format = PixelFormat.U16;

    @Option(
            names = "--split",
            paramLabel = "HOW",
            defaultValue = "no",
            description = "As of integrate (default: ${DEFAULT-VALUE}).")
    private Splitting split = Splitting.NO;

    @Option(
            names = "--npt",
            paramLabel = "N",
            description = "Number of radial bins, 1 to " + MOST_BINS + " (default: ${DEFAULT-VALUE}).")
    private int bins = 1000;

    @Option(
            names = "--cake",
            paramLabel = "SECTORS",
            arity = "0..1",
            fallbackValue = "360",
            description =
                    "Measure pattern, cake and the counts of 5 rings together, beside the pattern alone (default: the pattern"
                            + " alone; 360 sectors when no number is given).")
    private @Nullable Integer sectors;

    @Option(
            names = "--masked-frame",
            description =
                    "Frames as detectors send them: gaps of 7 %% between the modules, and 20 more invalid pixels that change"
                            + " from frame to frame, marked by the largest value of unsigned formats and by -1 otherwise.")
    private boolean maskedFrame;

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
    private int repeats = 60;

    @Option(
            names = "--vs-pyfai",
            description =
                    "Compare with pyFAI on the same frame: every method that it has for this splitting, between two halves of"
                            + " the own repeats. A minute or more.")
    private boolean versusPyFai;

    @Option(names = "--json", description = "One JSON object; for machines.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        ReduceSettings settings = settings();
        PrintWriter err = spec.commandLine().getErr();
        PyFai pyFai = versusPyFai ? PyFai.find() : null;
        Report report = new ReduceBench(settings, repeats, err::println).run(backend, pyFai);
        BenchCommand.print(report, json, spec.commandLine().getOut());
        return ExitCode.DONE;
    }

    private ReduceSettings settings() throws UsageException {
        PanelShape panel = PanelShape.of(shape);
        UsageException.requireWithin("--npt", bins, 1, MOST_BINS);
        UsageException.requireWithin("--repeats", repeats, 2, MOST_REPEATS);
        if (sectors != null) {
            UsageException.requireWithin("--cake", sectors, 1, MOST_SECTORS);
            if (bins < FEWEST_CAKE_BINS) {
                throw new UsageException(
                        "--cake needs --npt " + FEWEST_CAKE_BINS + " or more for its rings, is " + bins);
            }
            if ((long) sectors * bins > MOST_CELLS) {
                throw new UsageException("--cake " + sectors + " times --npt " + bins + " exceeds " + MOST_CELLS);
            }
        }
        return new ReduceSettings(
                panel.rows(), panel.columns(), format, split, bins, sectors == null ? 0 : sectors, maskedFrame);
    }
}
