package org.emberline.edge.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.emberline.edge.app.config.ApplianceConfig;
import org.emberline.edge.app.config.ApplianceConfig.DetectorConfig;
import org.emberline.edge.app.config.ConfigFile;
import org.emberline.edge.app.config.ConfigReader;
import org.emberline.edge.archive.ImageOutput;
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
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(names = "--kind", paramLabel = "KIND", required = true, description = "dark or flat.")
    @SuppressWarnings("NullAway.Init") // picocli
    private CorrectionInput.Kind kind;

    @Option(
            names = "--frames",
            paramLabel = "N",
            description = "Frames to take, 1 to " + CorrectionSeries.MOST_FRAMES + " (default: ${DEFAULT-VALUE}).")
    private int frames = CorrectionSeries.USUAL_FRAMES;

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
        if (frames < 1 || frames > CorrectionSeries.MOST_FRAMES) {
            throw new UsageException("--frames " + frames + " is not between 1 and " + CorrectionSeries.MOST_FRAMES);
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
        CorrectionSeries series = new CorrectionSeries(chosen, kind, frames, target, format.get());
        tell(series.take(appliance, _ -> true));
        return ExitCode.DONE;
    }

    private Path target(DetectorConfig chosen) throws UsageException {
        Path target = output == null ? CorrectionSeries.configured(chosen, kind) : output;
        if (target == null) {
            throw new UsageException("-o is needed: the configuration names no " + Choice.word(kind) + " of "
                    + chosen.detector().name());
        }
        return target;
    }

    private void tell(CorrectionSeries.Taken taken) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? new ObjectMapper().writeValueAsString(taken.fields()) : taken.line());
        taken.doubts().forEach(spec.commandLine().getErr()::println);
    }
}
