package org.emberline.edge.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.emberline.edge.app.bench.ImageBench;
import org.emberline.edge.app.bench.ImageSettings;
import org.emberline.edge.app.bench.NumPy;
import org.emberline.edge.app.bench.Report;
import org.emberline.gpu.Backend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench image}: the reduction of radiographs. */
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the reduction of radiographs to optical densities: synthetic frames of 16 bits with photon noise (flat 20000"
                    + " counts, dark 100, a sample of optical density up to 2), corrected for dark and flat, downsampled, with a"
                    + " histogram of the densities.",
            "Everything that is compared takes turns, so that a busy machine is busy for all of it. Figures are medians; a repeat"
                    + " is a round over 4 frames. docs/benchmarks/README.md says what each figure means."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:measured",
            " 1:numpy failed, or does not give our result",
            " 2:usage",
            "69:--backend opencl and no device, or --vs-numpy and no numpy",
            "74:the temporary folder for numpy cannot be written",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  emberline bench image --backend cpu --vs-numpy",
            "  emberline bench image --size 4096 --factor 8 --json",
        })
final class BenchImageCommand implements Callable<Integer> {
    private static final int SMALLEST = 64;
    private static final int LARGEST = 8192;
    private static final int LARGEST_FACTOR = 64;
    private static final int MOST_REPEATS = 100_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "Rows and columns of the detector, " + SMALLEST + " to " + LARGEST
                    + " (default: ${DEFAULT-VALUE}).")
    private int size = 2048;

    @Option(
            names = "--factor",
            paramLabel = "N",
            description = "Detector pixels per downsampled pixel along each axis, 1 to " + LARGEST_FACTOR
                    + " (default: ${DEFAULT-VALUE}).")
    private int factor = 4;

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
            names = "--vs-numpy",
            description = "Compare with numpy on the same frames, between two halves of the own repeats.")
    private boolean versusNumPy;

    @Option(names = "--json", description = "One JSON object; for machines.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        ImageSettings settings = settings();
        PrintWriter err = spec.commandLine().getErr();
        NumPy numPy = versusNumPy ? NumPy.find() : null;
        Report report = new ImageBench(settings, repeats, err::println).run(backend, numPy);
        BenchCommand.print(report, json, spec.commandLine().getOut());
        return ExitCode.DONE;
    }

    private ImageSettings settings() throws UsageException {
        UsageException.requireWithin("--size", size, SMALLEST, LARGEST);
        UsageException.requireWithin("--factor", factor, 1, LARGEST_FACTOR);
        UsageException.requireWithin("--repeats", repeats, 2, MOST_REPEATS);
        return new ImageSettings(size, factor);
    }
}
