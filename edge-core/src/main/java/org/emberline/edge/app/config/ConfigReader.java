package org.emberline.edge.app.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.emberline.edge.app.config.ApplianceConfig.CoapSection;
import org.emberline.edge.app.config.ApplianceConfig.DetectorSection;
import org.emberline.edge.app.config.ApplianceConfig.MetricsSection;
import org.emberline.edge.app.config.ApplianceConfig.ReduceSection;
import org.emberline.edge.app.config.ApplianceConfig.RunSection;
import org.emberline.edge.app.config.ApplianceConfig.SourceKind;
import org.emberline.edge.app.config.ApplianceConfig.SourceSection;
import org.emberline.edge.app.config.ApplianceConfig.TemperatureSection;
import org.emberline.edge.metrics.Metrics;
import org.emberline.gpu.Backend;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.PixelRules;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Splitting;

/** Reads the appliance's configuration from a TOML tree; one method a section. */
public final class ConfigReader {
    /** Keys that hold paths, relative to the folder of the file they stand in. */
    static final Set<String> PATH_KEYS = Set.of(
            "run.folder",
            "source.scenario",
            "source.files",
            "source.temperature",
            "detector.poni",
            "detector.mask",
            "detector.dark",
            "detector.flat",
            "metrics.phase");

    /** Longest time that a key of seconds takes, about a year. */
    public static final double YEAR_SECONDS = 3.2e7;
    /** Shortest cadence and exposure, seconds. */
    public static final double SHORTEST_SECONDS = 1e-6;
    /** What is measured when nothing is said: it needs no knowledge of the sample. */
    public static final List<String> DEFAULT_METRICS = List.of("total_counts", "saturated_fraction");

    /** The metrics that need a phase; the second has no meaning for a cubic one. */
    public static final String LATTICE_A = "lattice_a";

    public static final String LATTICE_C = "lattice_c";

    private final Path folder;
    private final List<String> complaints = new ArrayList<>();

    private ConfigReader(Path folder) {
        this.folder = folder;
    }

    /**
     * Checks the whole tree.
     *
     * @param source what to call it in complaints
     * @param folder what relative paths refer to
     * @throws ConfigException with all complaints
     */
    public static ApplianceConfig read(ObjectNode tree, String source, Path folder) throws ConfigException {
        ConfigReader reader = new ConfigReader(folder);
        ApplianceConfig config = reader.read(TomlSection.root(tree, reader.complaints));
        if (!reader.complaints.isEmpty()) {
            throw new ConfigException(source, reader.complaints);
        }
        return config;
    }

    /** The keys that a configuration can have, as full paths. */
    static Set<String> keys() {
        ConfigReader reader = new ConfigReader(Path.of(""));
        TomlSection root = TomlSection.root(ConfigFile.empty(), reader.complaints);
        var _ = reader.read(root);
        return root.asked();
    }

    private ApplianceConfig read(TomlSection root) {
        SourceSection source = source(root.section("source"));
        ApplianceConfig config = new ApplianceConfig(
                run(root.section("run")),
                source,
                detector(root.section("detector"), source.kind()),
                reduce(root.section("reduce")),
                temperature(root.section("temperature")),
                metrics(root.section("metrics")),
                coap(root.section("coap")));
        root.finish();
        return config;
    }

    private RunSection run(TomlSection section) {
        Path runs = section.file("folder", folder);
        double perSecond = section.number("snapshots_per_second", 4, 0.1, 50);
        long slots = section.integer("slots", 16, 2, 1024);
        if (Long.bitCount(slots) != 1) {
            section.complain("slots", "must be a power of two, is " + slots);
        }
        section.finish();
        return new RunSection(runs == null ? folder.resolve("runs") : runs, seconds(1 / perSecond), (int) slots);
    }

    private SourceSection source(TomlSection section) {
        SourceKind kind = section.choice("kind", SourceKind.SIMULATED, SourceKind.class);
        double cadence = section.number("cadence_seconds", 1, SHORTEST_SECONDS, YEAR_SECONDS);
        double exposure = section.number("exposure_seconds", cadence, SHORTEST_SECONDS, YEAR_SECONDS);
        String dataset = section.text("dataset", "");
        SourceSection source = new SourceSection(
                kind,
                section.file("scenario", folder),
                section.number("frames_per_second", 0, 0, 1e5),
                section.integer("frames", 0, 0, Integer.MAX_VALUE),
                section.integer("seed", -1, -1, Long.MAX_VALUE),
                files(section),
                dataset.isEmpty() ? null : dataset,
                seconds(cadence),
                seconds(exposure),
                section.file("temperature", folder));
        if (exposure > cadence) {
            section.complain("exposure_seconds", "must not exceed cadence_seconds=" + cadence + ", is " + exposure);
        }
        if (kind == SourceKind.FILES && source.files().isEmpty()) {
            section.complain("files", "is missing or empty: kind = \"files\" needs at least one frame file");
        }
        if (kind == SourceKind.SIMULATED && source.scenario() == null) {
            section.complain("scenario", "is missing: kind = \"simulated\" needs a scenario file");
        }
        section.finish();
        return source;
    }

    private List<Path> files(TomlSection section) {
        List<Path> files = new ArrayList<>();
        for (String text : section.texts("files", List.of())) {
            try {
                files.add(folder.resolve(text).normalize());
            } catch (InvalidPathException e) {
                section.complain("files", "holds \"" + text + "\", which is not a path");
            }
        }
        return files;
    }

    private DetectorSection detector(TomlSection section, SourceKind kind) {
        String name = section.text("name", "panel");
        if (!name.matches("[a-z0-9][a-z0-9-]{0,31}")) {
            section.complain("name", "must be lower-case letters, digits and hyphens, is \"" + name + "\"");
        }
        DetectorSection detector = new DetectorSection(
                name,
                section.file("poni", folder),
                section.flag("flip_rows", false),
                rules(section),
                section.file("mask", folder),
                section.file("dark", folder),
                section.file("flat", folder));
        if (kind == SourceKind.FILES && detector.poni() == null) {
            section.complain("poni", "is missing: frames from files need a geometry");
        }
        section.finish();
        return detector;
    }

    private static PixelRules rules(TomlSection section) {
        return new PixelRules(
                section.flag("keep_negative", false),
                section.number("saturation_counts", Double.POSITIVE_INFINITY, 1, 1e18),
                section.flag("drop_saturated", false),
                section.number("dummy", Double.NaN, -1e18, 1e18),
                section.number("dummy_tolerance", 0, 0, 1e18));
    }

    private ReduceSection reduce(TomlSection section) {
        String symbol = section.text("unit", RadialUnit.Q_PER_ANGSTROM.symbol());
        RadialUnit unit = RadialUnit.ofSymbol(symbol).orElse(null);
        if (unit == null) {
            section.complain("unit", "is not a radial unit: \"" + symbol + "\"");
        }
        double[] range = section.numbers("range", 2, 0, 1e6);
        if (range != null && !(range[1] > range[0])) {
            section.complain("range", "is empty or inverted: " + range[0] + ", " + range[1]);
        }
        ReduceSection reduce = new ReduceSection(
                section.choice("backend", Backend.AUTO, Backend.class),
                (int) section.integer("bins", 1000, 1, 65_536),
                unit == null ? RadialUnit.Q_PER_ANGSTROM : unit,
                range == null ? Double.NaN : range[0],
                range == null ? Double.NaN : range[1],
                section.choice("split", Splitting.NO, Splitting.class),
                section.flag("solid_angle", true),
                section.number("polarization", Double.NaN, -1, 1),
                section.number("polarization_angle", 0, -360, 360),
                section.choice("error", ErrorModel.POISSON, ErrorModel.class));
        section.finish();
        return reduce;
    }

    private TemperatureSection temperature(TomlSection section) {
        TemperatureSection temperature = new TemperatureSection(
                seconds(section.number("lag_seconds", 0, 0, 3600)),
                section.number("calibration_sigma_kelvin", 0, 0, 1000),
                seconds(section.number("max_gap_seconds", 300, 1e-3, YEAR_SECONDS)));
        section.finish();
        return temperature;
    }

    private MetricsSection metrics(TomlSection section) {
        MetricsSection metrics =
                new MetricsSection(section.texts("enabled", DEFAULT_METRICS), section.file("phase", folder));
        Set<String> seen = new HashSet<>();
        for (String name : metrics.enabled()) {
            if (!Metrics.names().contains(name)) {
                section.complain("enabled", "holds \"" + name + "\", known are " + Metrics.names());
            }
            if (!seen.add(name)) {
                section.complain("enabled", "holds \"" + name + "\" twice");
            }
        }
        boolean lattice = seen.contains(LATTICE_A) || seen.contains(LATTICE_C);
        if (lattice && metrics.phase() == null) {
            section.complain("phase", "is missing: lattice_a and lattice_c need a phase file");
        }
        section.finish();
        return metrics;
    }

    private CoapSection coap(TomlSection section) {
        CoapSection coap = new CoapSection(section.flag("enabled", true), section.text("bind", "127.0.0.1"), (int)
                section.integer("port", 5683, 0, 65_535));
        if (coap.bind().isBlank()) {
            section.complain("bind", "is empty");
        }
        section.finish();
        return coap;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
