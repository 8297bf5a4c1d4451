package org.emberline.edge.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.emberline.edge.app.config.ApplianceConfig.SourceKind;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.ConfigFile;
import org.emberline.edge.app.config.ConfigReader;
import org.emberline.edge.app.config.PhaseFile;
import org.emberline.edge.metrics.phase.CrystalSystem;
import org.emberline.gpu.Backend;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code replay}: recorded frames, or measured patterns, through the whole appliance. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Recorded frames, or measured patterns, through the whole appliance, as fast as it goes: named by a configuration, or"
                    + " by options.",
            "Always measured: total_counts and saturated_fraction; with --phase also lattice_a, and lattice_c of a hexagonal"
                    + " phase."
        },
        exitCodeListHeading = Emberline.EXIT_CODES,
        exitCodeList = {
            " 0:all frames carried and accounted for",
            " 1:run failed",
            " 2:usage",
            "69:OpenCL asked for, and no device",
            "74:a file of data cannot be used, or the run folder cannot be made or is in use",
            "78:configuration or phase file",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  emberline replay --poni ceria.poni --frames ceria.h5 --phase config/phases/ceo2.toml --out runs/ceria",
            "  emberline replay --poni p.poni --frames scan_*.tif --flip-rows --cadence 20 --temperature furnace.csv",
            "  emberline replay --config beamtime.toml",
            "  emberline replay --patterns xye/*.xye --phase config/phases/mn2o3.toml",
            "  emberline replay --patterns lab.xy --unit 2th_deg --wavelength 1.540598,1.544426:0.5 --flat-plate",
        })
final class ReplayCommand implements Callable<Integer> {
    private static final Set<String> GO_WITH_CONFIG = Set.of("--config", "--out", "--verbose");
    private static final Set<String> GO_WITH_IMAGES =
            Set.of("--poni", "--frames", "--dataset", "--flip-rows", "--mask", "--dark", "--flat", "--backend");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Configuration with source.kind = \"files\" or \"patterns\"; of the other options only --out goes with"
                            + " it (needed without --poni and --frames). With --patterns: one for images gives [run], [coap],"
                            + " [temperature] and [metrics], and options come before it.")
    private @Nullable Path config;

    @Option(
            names = "--poni",
            paramLabel = "P",
            description = "Geometry: PONI file of version 1, 2 or 2.1 (needed with --frames).")
    private @Nullable Path poni;

    @Option(
            names = "--frames",
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Frame files (TIFF, HDF5, NumPy, EDF), in order of time, all of one shape and type (needed without"
                            + " --config and --patterns).")
    private List<Path> frames = List.of();

    @Mixin
    private PatternOptions patterns = new PatternOptions();

    @Option(
            names = "--dataset",
            paramLabel = "PATH",
            description = "Path of the dataset in HDF5 frame files (default: the one that holds images).")
    private @Nullable String dataset;

    @Option(
            names = "--temperature",
            paramLabel = "CSV",
            description =
                    "Furnace log with a header line and columns time_s or time_min, and celsius or temperature_C; time 0 is"
                            + " the begin of the first frame (default: no temperature, or what patterns state).")
    private @Nullable Path temperature;

    @Option(
            names = "--cadence",
            paramLabel = "S",
            description = "Seconds from the begin of a frame to that of the next, 1e-6 to 3.2e7, where patterns do not"
                    + " state their times (default: 1).")
    private @Nullable Double cadence;

    @Option(
            names = "--exposure",
            paramLabel = "S",
            description = "Seconds of exposure, 1e-6 up to the cadence (default: the cadence).")
    private @Nullable Double exposure;

    @Option(names = "--flip-rows", description = "Reverse the rows: the image's first row is the geometry's last.")
    private boolean flipRows;

    @Option(
            names = "--mask",
            paramLabel = "F",
            description = "Mask image: non-zero pixels are left out (default: none; negative pixels are always).")
    private @Nullable Path mask;

    @Option(
            names = "--dark",
            paramLabel = "F",
            description = "Dark image, counts; the mean over its frames is subtracted (default: none).")
    private @Nullable Path dark;

    @Option(
            names = "--flat",
            paramLabel = "F",
            description = "Flat image, relative response; the mean over its frames divides (default: none).")
    private @Nullable Path flat;

    @Option(
            names = "--phase",
            paramLabel = "F",
            description = "Phase whose lattice is measured, a file as in config/phases (default: none).")
    private @Nullable Path phase;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "auto, opencl or cpu; auto takes OpenCL where a device answers (default: auto).")
    private @Nullable Backend backend;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Run folder to make; must not exist or be empty (default: a new one in runs/).")
    private @Nullable Path out;

    @Override
    public Integer call() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        Path file = config == null ? here.resolve("command line") : config;
        ObjectNode tree = patterns.given() ? ofPatterns(here) : config == null ? fromOptions(here) : fromFile(config);
        return new RunSession(
                        spec.commandLine().getOut(),
                        spec.commandLine().getErr(),
                        tree,
                        config == null ? "command line" : file.toString(),
                        ConfigPaths.folderOf(file),
                        "replay")
                .carry(out, RunSession.Afterwards.NOTHING);
    }

    private ObjectNode fromFile(Path file) throws UsageException, ConfigException {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!GO_WITH_CONFIG.contains(option.longestName())) {
                throw new UsageException(
                        option.longestName() + " cannot be given with --config, which names everything");
            }
        }
        ObjectNode tree = ConfigFile.read(file);
        if (!ConfigFile.asksFor(SourceKind.FILES, tree) && !ConfigFile.asksFor(SourceKind.PATTERNS, tree)) {
            throw new UsageException(file + ": replay needs source.kind = \"files\" or \"patterns\"");
        }
        return tree;
    }

    /** Options come before the configuration, of which images and devices do not count. */
    private ObjectNode ofPatterns(Path here) throws UsageException, ConfigException {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (GO_WITH_IMAGES.contains(option.longestName())) {
                throw new UsageException(
                        option.longestName() + " is for --frames, and cannot be given with --patterns");
            }
        }
        checkTimes();
        ObjectNode tree = config == null ? quiet(here) : ConfigFile.read(config);
        patterns.into(tree, here);
        put(tree, "source", "temperature", temperature == null ? null : here.resolve(temperature));
        put(tree, "source", "cadence_seconds", cadence);
        put(tree, "source", "exposure_seconds", exposure);
        if (phase != null || config == null) {
            put(tree, "metrics", "phase", phase == null ? null : here.resolve(phase));
            ConfigFile.set(tree, "metrics", "enabled", metrics());
        }
        return tree;
    }

    /** A configuration of a run that nobody else is to notice. */
    private static ObjectNode quiet(Path here) {
        ObjectNode tree = ConfigFile.empty();
        ConfigFile.set(tree, "run", "folder", here.resolve("runs").toString());
        ConfigFile.set(tree, "coap", "port", 0);
        return tree;
    }

    private ObjectNode fromOptions(Path here) throws UsageException, ConfigException {
        if (poni == null || frames.isEmpty()) {
            throw new UsageException("replay needs --config, or --poni and --frames, or --patterns");
        }
        String idle = patterns.idle();
        if (idle != null) {
            throw new UsageException(idle + " is for --patterns");
        }
        checkTimes();
        ObjectNode tree = quiet(here);
        ConfigFile.set(tree, "source", "kind", "files");
        ConfigFile.set(
                tree, "source", "files", frames.stream().map(Path::toString).toList());
        put(tree, "source", "dataset", dataset);
        put(tree, "source", "temperature", temperature);
        put(tree, "source", "cadence_seconds", cadence);
        put(tree, "source", "exposure_seconds", exposure);
        put(tree, "detector", "poni", poni);
        ConfigFile.set(tree, "detector", "flip_rows", flipRows);
        put(tree, "detector", "mask", mask);
        put(tree, "detector", "dark", dark);
        put(tree, "detector", "flat", flat);
        put(tree, "metrics", "phase", phase);
        ConfigFile.set(tree, "metrics", "enabled", metrics());
        put(tree, "reduce", "backend", backend == null ? null : Choice.word(backend));
        return tree;
    }

    private void checkTimes() throws UsageException {
        double period = cadence == null ? 1 : cadence;
        if (!(period >= ConfigReader.SHORTEST_SECONDS && period <= ConfigReader.YEAR_SECONDS)) {
            throw new UsageException("--cadence must lie in " + ConfigReader.SHORTEST_SECONDS + ".."
                    + ConfigReader.YEAR_SECONDS + ", is " + cadence);
        }
        if (exposure != null && !(exposure >= ConfigReader.SHORTEST_SECONDS && exposure <= period)) {
            throw new UsageException("--exposure must lie in " + ConfigReader.SHORTEST_SECONDS
                    + ".. and not exceed --cadence " + period + ", is " + exposure);
        }
    }

    private List<String> metrics() throws ConfigException {
        List<String> metrics = new ArrayList<>(ConfigReader.DEFAULT_METRICS);
        if (phase != null) {
            metrics.add(ConfigReader.LATTICE_A);
            if (PhaseFile.read(phase).searchable().system() != CrystalSystem.CUBIC) {
                metrics.add(ConfigReader.LATTICE_C);
            }
        }
        return metrics;
    }

    private static void put(ObjectNode tree, String section, String key, @Nullable Object value) {
        if (value != null) {
            ConfigFile.set(tree, section, key, value instanceof Path path ? path.toString() : value);
        }
    }
}
