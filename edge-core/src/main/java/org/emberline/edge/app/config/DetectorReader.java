package org.emberline.edge.app.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.emberline.edge.app.config.ApplianceConfig.Beam;
import org.emberline.edge.app.config.ApplianceConfig.DetectorConfig;
import org.emberline.edge.app.config.ApplianceConfig.DetectorSection;
import org.emberline.edge.app.config.ApplianceConfig.MetricsSection;
import org.emberline.edge.app.config.ApplianceConfig.ReduceSection;
import org.emberline.edge.app.config.ApplianceConfig.SourceKind;
import org.emberline.edge.app.config.ApplianceConfig.SourceSection;
import org.emberline.edge.frame.DetectorRole;
import org.emberline.edge.metrics.diffraction.Metrics;
import org.emberline.edge.metrics.grains.GrainSettings;
import org.emberline.edge.metrics.imaging.ImageMetrics;
import org.emberline.edge.sync.MatchSettings;
import org.emberline.edge.sync.TriggerMode;
import org.emberline.gpu.Backend;
import org.emberline.gpu.ErrorModel;
import org.emberline.gpu.PixelRules;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Splitting;
import org.jspecify.annotations.Nullable;

/**
 * Reads the sections of one detector: source, detector, reduce or image, metrics. Keys and sections of the other role are never asked for,
 * so that they are refused like any key that does not exist.
 */
final class DetectorReader {
    private static final int MOST_MODULES = 64;
    private static final int MOST_FRAMES_PER_TRIGGER = 100_000;
    private static final double USUAL_LATENCY_SECONDS = 0.05;
    private static final double LONGEST_LATENCY_SECONDS = 3600;

    private final Path folder;

    /** @param folder what relative paths refer to */
    DetectorReader(Path folder) {
        this.folder = folder;
    }

    /** The only detector, or the first. */
    DetectorConfig first(TomlSection root) {
        return read(root, null);
    }

    /** The detector under {@code [beside]}, which shares the first one's simulation and furnace. */
    DetectorConfig beside(TomlSection beside, DetectorConfig first) {
        DetectorConfig second = read(beside, first);
        if (second.role() == first.role()) {
            beside.complain("detector.role", "must not be that of detector.role, is \"" + word(second.role()) + "\"");
        }
        if (second.detector().name().equals(first.detector().name())) {
            beside.complain(
                    "detector.name",
                    "must not be that of detector.name, is \""
                            + second.detector().name() + "\"");
        }
        beside.finish();
        return second;
    }

    private DetectorConfig read(TomlSection root, @Nullable DetectorConfig first) {
        SourceSection source = source(root.section("source"), first);
        TomlSection section = root.section("detector");
        DetectorRole usual =
                first == null || first.role() == DetectorRole.IMAGING ? DetectorRole.DIFFRACTION : DetectorRole.IMAGING;
        DetectorRole role = section.choice("role", usual, DetectorRole.class);
        if (role == DetectorRole.IMAGING) {
            if (source.kind() == SourceKind.PATTERNS || source.kind() == SourceKind.STREAM2) {
                section.complain("role", "must be \"diffraction\" with source.kind = \"" + word(source.kind()) + "\"");
            }
            DetectorSection detector = microscope(section, source.kind());
            return new DetectorConfig(
                    source,
                    detector,
                    new ImageReader(detector).read(root.section("image")),
                    imageMetrics(root.section("metrics")));
        }
        if (source.kind() == SourceKind.PATTERNS) {
            return patterns(root, source, section);
        }
        return new DetectorConfig(
                source, panel(section, source), reduce(root.section("reduce")), metrics(root.section("metrics")));
    }

    private DetectorConfig patterns(TomlSection root, SourceSection source, TomlSection section) {
        DetectorSection detector = PatternSettingsReader.detector(name(section, "panel"));
        Beam beam = PatternSettingsReader.beam(section);
        section.finish();
        return new DetectorConfig(
                source,
                detector,
                PatternSettingsReader.reduce(root.section("reduce"), beam),
                metrics(root.section("metrics")));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private SourceSection source(TomlSection section, @Nullable DetectorConfig first) {
        SourceKind usual = first == null ? SourceKind.SIMULATED : first.source().kind();
        SourceKind kind = section.choice("kind", usual, SourceKind.class);
        if (first != null && kind != usual) {
            section.complain("kind", "must be that of source.kind, is \"" + word(kind) + "\"");
        }
        double cadence = section.number("cadence_seconds", 1, ConfigReader.SHORTEST_SECONDS, ConfigReader.YEAR_SECONDS);
        double exposure =
                section.number("exposure_seconds", cadence, ConfigReader.SHORTEST_SECONDS, ConfigReader.YEAR_SECONDS);
        boolean patterns = kind == SourceKind.PATTERNS;
        String dataset = patterns ? "" : section.text("dataset", "");
        SourceSection source = new SourceSection(
                kind,
                first == null
                        ? section.file("scenario", folder)
                        : first.source().scenario(),
                first == null ? section.number("frames_per_second", 0, 0, 1e5) : 0,
                section.integer("frames", 0, 0, Integer.MAX_VALUE),
                first == null
                        ? section.integer("seed", -1, -1, Long.MAX_VALUE)
                        : first.source().seed(),
                files(section),
                patterns ? 1 : Math.toIntExact(section.integer("modules", 1, 1, MOST_MODULES)),
                patterns ? PatternSettingsReader.unit(section, null) : null,
                dataset.isEmpty() ? null : dataset,
                ConfigReader.seconds(cadence),
                ConfigReader.seconds(exposure),
                first == null
                        ? section.flag("real_time", kind == SourceKind.STREAM2)
                        : first.source().realTime(),
                first == null ? section.file("temperature", folder) : null,
                StreamReader.read(section, kind));
        if (kind == SourceKind.STREAM2) {
            refuse(section, source);
        }
        if (source.realTime() && kind == SourceKind.SIMULATED) {
            section.complain("real_time", "goes with kind = \"files\" or \"patterns\" only");
        }
        if (exposure > cadence) {
            section.complain("exposure_seconds", "must not exceed cadence_seconds=" + cadence + ", is " + exposure);
        }
        if ((kind == SourceKind.FILES || kind == SourceKind.PATTERNS)
                && source.files().isEmpty()) {
            section.complain(
                    "files", "is missing or empty: kind = \"" + word(kind) + "\" needs at least one file of frames");
        }
        if (source.files().size() % source.modules() != 0) {
            section.complain(
                    "files",
                    "must be a multiple of modules=" + source.modules() + " files, are "
                            + source.files().size());
        }
        if (first == null && kind == SourceKind.SIMULATED && source.scenario() == null) {
            section.complain("scenario", "is missing: kind = \"simulated\" needs a scenario file");
        }
        section.finish();
        return source;
    }

    /** What a live detector cannot do. */
    private static void refuse(TomlSection section, SourceSection source) {
        if (!source.realTime()) {
            section.complain("real_time", "must be true with kind = \"stream2\"");
        }
        if (!source.files().isEmpty()) {
            section.complain("files", "go with kind = \"files\" or \"patterns\" only");
        }
        if (source.temperatureCsv() != null) {
            section.complain(
                    "temperature", "goes with kind = \"files\" or \"patterns\": name a live log in [temperature_log]");
        }
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

    private static String name(TomlSection section, String usual) {
        String name = section.text("name", usual);
        if (!name.matches("[a-z0-9][a-z0-9-]{0,31}")) {
            section.complain("name", "must be lower-case letters, digits and hyphens, is \"" + name + "\"");
        }
        return name;
    }

    private DetectorSection panel(TomlSection section, SourceSection source) {
        DetectorSection detector = new DetectorSection(
                name(section, "panel"),
                section.file("poni", folder),
                section.flag("flip_rows", false),
                rules(
                        section,
                        source.stream() == null
                                ? Double.NaN
                                : source.stream().pixels().maximum()),
                section.file("mask", folder),
                section.file("dark", folder),
                section.file("flat", folder),
                null,
                triggering(section));
        if (source.kind() != SourceKind.SIMULATED && detector.poni() == null) {
            section.complain("poni", "is missing: frames that are not simulated need a geometry");
        }
        section.finish();
        return detector;
    }

    private static MatchSettings triggering(TomlSection section) {
        TriggerMode mode = section.choice("trigger_mode", TriggerMode.EXTERNAL_EDGE, TriggerMode.class);
        int frames = (int) section.integer("frames_per_trigger", 1, 1, MOST_FRAMES_PER_TRIGGER);
        double period = section.number("frame_period_seconds", 0, 0, ConfigReader.YEAR_SECONDS);
        double latency = section.number("latency_seconds", USUAL_LATENCY_SECONDS, 0, LONGEST_LATENCY_SECONDS);
        if (frames > 1 && period < ConfigReader.SHORTEST_SECONDS) {
            section.complain("frame_period_seconds", "is missing: frames_per_trigger=" + frames + " needs it");
            return MatchSettings.ONE_FRAME_PER_EDGE;
        }
        return new MatchSettings(
                mode,
                frames,
                ConfigReader.seconds(period).toNanos(),
                ConfigReader.seconds(latency).toNanos());
    }

    private DetectorSection microscope(TomlSection section, SourceKind kind) {
        DetectorSection detector = new DetectorSection(
                name(section, "microscope"),
                null,
                false,
                PixelRules.of(true, section.number("saturation_counts", Double.POSITIVE_INFINITY, 1, 1e18)),
                section.file("mask", folder),
                section.file("dark", folder),
                section.file("flat", folder),
                section.file("flat_after", folder),
                triggering(section));
        if (kind == SourceKind.FILES) {
            requireFor(section, "dark", detector.dark());
            requireFor(section, "flat", detector.flat());
        }
        if (detector.flatAfter() != null && detector.flat() == null) {
            section.complain("flat_after", "needs detector.flat, the flat before it");
        }
        section.finish();
        return detector;
    }

    private static void requireFor(TomlSection section, String key, @Nullable Path file) {
        if (file == null) {
            section.complain(key, "is missing: radiographs from files need a " + key);
        }
    }

    /** @param dummy raw value of pixels that do not count, where nobody says another: detectors that stream mark theirs by the largest there is */
    private static PixelRules rules(TomlSection section, double dummy) {
        return new PixelRules(
                section.flag("keep_negative", false),
                section.number("saturation_counts", Double.POSITIVE_INFINITY, 1, 1e18),
                section.flag("drop_saturated", false),
                section.number("dummy", dummy, -1e18, 1e18),
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

    private MetricsSection metrics(TomlSection section) {
        MetricsSection metrics = new MetricsSection(
                enabled(section, ConfigReader.DEFAULT_METRICS, Metrics.names()),
                section.file("phase", folder),
                section.files("phases", folder),
                section.number("instrument_fwhm_degrees", Double.NaN, 1e-5, 10),
                GrainsReader.read(section.section("grains")));
        List<String> needy = metrics.enabled().stream()
                .filter(Metrics.namesThatNeedAPhase()::contains)
                .toList();
        if (!needy.isEmpty() && metrics.phase() == null) {
            section.complain("phase", "is missing: " + String.join(" and ", needy) + " need a phase file");
        }
        section.finish();
        return metrics;
    }

    private static MetricsSection imageMetrics(TomlSection section) {
        MetricsSection metrics = new MetricsSection(
                enabled(section, ConfigReader.DEFAULT_IMAGE_METRICS, ImageMetrics.names()),
                null,
                List.of(),
                Double.NaN,
                GrainSettings.USUAL);
        section.finish();
        return metrics;
    }

    private static List<String> enabled(TomlSection section, List<String> usual, List<String> known) {
        List<String> enabled = section.texts("enabled", usual);
        Set<String> seen = new HashSet<>();
        for (String name : enabled) {
            if (!known.contains(name)) {
                section.complain("enabled", "holds \"" + name + "\", known are " + known);
            }
            if (!seen.add(name)) {
                section.complain("enabled", "holds \"" + name + "\" twice");
            }
        }
        return enabled;
    }
}
