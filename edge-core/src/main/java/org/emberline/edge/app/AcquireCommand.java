package org.emberline.edge.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ApplianceConfig.DetectorConfig;
import org.emberline.edge.app.config.ConfigFile;
import org.emberline.edge.app.config.ConfigReader;
import org.emberline.edge.archive.ImageOutput;
import org.emberline.edge.frame.FrameSlot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code acquire}: takes darks or flats with a configured detector, for later runs. */
@Command(
        name = "acquire",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Takes darks or flats with the imaging detector of a configuration and writes them to a file.",
            "Close the shutter for a dark; open it and take the sample out for a flat. All frames are kept: a run averages them, and knows"
                    + " from their number how well dark and flat are known. Name the file as detector.dark, detector.flat or, taken"
                    + " after the run, detector.flat_after in the configuration.",
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:done",
            " 1:run failed",
            " 2:usage",
            "74:the detector ended before all frames were there, or a file cannot be read or written",
            "78:configuration or scenario file",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  emberline acquire --kind dark -o dark.tif",
            "  emberline acquire --kind flat --frames 64 --config /etc/emberline/appliance.toml -o flat.tif",
        })
final class AcquireCommand implements Callable<Integer> {
    private static final int MOST_FRAMES = 10_000;
    private static final double STEADY = 0.01;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(names = "--kind", paramLabel = "KIND", required = true, description = "dark or flat.")
    @SuppressWarnings("NullAway.Init") // picocli
    private CorrectionInput.Kind kind;

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "Frames to take, 1 to " + MOST_FRAMES + " (default: ${DEFAULT-VALUE}).")
    private int frames = 32;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration that names the detector (default: config/appliance.toml).")
    private @Nullable Path config;

    @Option(
            names = "--detector",
            paramLabel = "NAME",
            description = "Which imaging detector (default: the only one of the configuration).")
    private @Nullable String detector;

    @Option(names = "--json", description = "The summary as one JSON object; for machines.")
    private boolean json;

    @Option(
            names = "-o",
            paramLabel = "OUT",
            description =
                    "Output, replaced as a whole when it exists: TIFF of float32, a page a frame, when it ends in .tif or .tiff;"
                            + " HDF5 when in .h5 or .nxs (default: what the configuration names as detector.dark or detector.flat).")
    private @Nullable Path output;

    @Override
    public Integer call() throws Exception {
        if (frames < 1 || frames > MOST_FRAMES) {
            throw new UsageException("--frames " + frames + " is not between 1 and " + MOST_FRAMES);
        }
        Path file = config == null ? Home.defaultConfig() : config;
        ApplianceConfig appliance =
                ConfigReader.read(ConfigFile.read(file), file.toString(), ConfigPaths.folderOf(file));
        DetectorConfig chosen = CorrectionInput.chosen(appliance, detector);
        Path target = target(chosen);
        Optional<ImageOutput.Kind> format = ImageOutput.Kind.of(target);
        if (format.isEmpty()) {
            throw new UsageException("-o " + target + " ends in none of " + ImageOutput.Kind.allEndings());
        }
        try (CorrectionInput input = CorrectionInput.open(appliance, chosen, kind)) {
            tell(target, input, take(target, format.get(), input));
        }
        return ExitCode.DONE;
    }

    private Path target(DetectorConfig chosen) throws UsageException {
        Path configured = kind == CorrectionInput.Kind.DARK
                ? chosen.detector().dark()
                : chosen.detector().flat();
        Path target = output == null ? configured : output;
        if (target == null) {
            throw new UsageException("-o is needed: the configuration names no " + Choice.word(kind) + " of "
                    + chosen.detector().name());
        }
        return target;
    }

    private CorrectionTotals take(Path target, ImageOutput.Kind format, CorrectionInput input) throws IOException {
        CorrectionTotals totals = new CorrectionTotals(input.saturationCounts());
        int pixels = input.shape().pixels();
        float[] counts = new float[pixels];
        try (Arena arena = Arena.ofShared();
                ImageOutput out = ImageOutput.open(target, format, contents(input))) {
            FrameSlot slot = new FrameSlot(arena, (long) pixels * input.format().bytes(), 1, 0);
            for (int frame = 0; frame < frames; frame++) {
                input.next(slot, frame, frames);
                for (int i = 0; i < pixels; i++) {
                    counts[i] = (float) input.format().read(slot.pixels(), i);
                }
                totals.add(counts);
                out.add(counts);
            }
            out.commit();
        }
        return totals;
    }

    private ImageOutput.Contents contents(CorrectionInput input) {
        return new ImageOutput.Contents(
                frames,
                input.shape().rows(),
                input.shape().columns(),
                Choice.word(kind),
                "raw counts of a " + Choice.word(kind) + " frame",
                Emberline.VERSION,
                Map.of("detector", input.detector()));
    }

    private void tell(Path target, CorrectionInput input, CorrectionTotals totals) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(json(target, input, totals)));
        } else {
            out.println(String.format(
                    Locale.ROOT,
                    "%s: %d %s frames of %dx%d (rows x columns) of %s, mean %.6g counts, standard deviation %.4g",
                    target,
                    totals.frames(),
                    Choice.word(kind),
                    input.shape().rows(),
                    input.shape().columns(),
                    input.detector(),
                    totals.mean(),
                    totals.deviation()));
        }
        PrintWriter err = spec.commandLine().getErr();
        if (totals.saturated() > 0) {
            err.println(totals.saturated() + " pixels, over all frames, have " + input.saturationCounts()
                    + " counts or more: they are saturated; expose shorter");
        }
        if (Math.abs(totals.change()) > STEADY) {
            err.println(String.format(
                    Locale.ROOT,
                    "the frames' mean changed by %.2g %% from the first half to the second: take them again when beam and shutter"
                            + " are steady",
                    100 * totals.change()));
        }
    }

    private Map<String, Object> json(Path target, CorrectionInput input, CorrectionTotals totals) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("file", target.toString());
        object.put("kind", Choice.word(kind));
        object.put("detector", input.detector());
        object.put("frames", totals.frames());
        object.put("rows", input.shape().rows());
        object.put("columns", input.shape().columns());
        object.put("mean", totals.mean());
        object.put("deviation", totals.deviation());
        object.put("saturated", totals.saturated());
        object.put("change", totals.change());
        return object;
    }
}
