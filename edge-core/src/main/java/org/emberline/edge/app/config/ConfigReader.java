package org.emberline.edge.app.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.emberline.edge.app.config.ApplianceConfig.ArchiveSection;
import org.emberline.edge.app.config.ApplianceConfig.DetectorConfig;
import org.emberline.edge.app.config.ApplianceConfig.FirmwareSection;
import org.emberline.edge.app.config.ApplianceConfig.RunSection;
import org.emberline.edge.app.config.ApplianceConfig.RunStart;
import org.emberline.edge.app.config.ApplianceConfig.SourceKind;
import org.emberline.edge.archive.ArchiveLimits;
import org.emberline.edge.archive.MayDrop;
import org.emberline.edge.archive.SegmentSettings;
import org.emberline.edge.pipeline.WhenFull;

/** Reads the appliance's configuration from a TOML tree; one method a section, those of a detector in {@link DetectorReader}. */
public final class ConfigReader {
    /** Keys that hold paths, relative to the folder of the file they stand in. */
    static final Set<String> PATH_KEYS = Set.of(
            "run.folder",
            "source.scenario",
            "source.files",
            "source.temperature",
            "temperature_log.file",
            "coap.dtls.keys",
            "detector.poni",
            "detector.mask",
            "detector.dark",
            "detector.flat",
            "detector.flat_after",
            "metrics.phase",
            "metrics.phases",
            "beside.source.files",
            "beside.detector.poni",
            "beside.detector.mask",
            "beside.detector.dark",
            "beside.detector.flat",
            "beside.detector.flat_after",
            "beside.metrics.phase",
            "beside.metrics.phases");

    /** The table of the second detector. */
    static final String BESIDE = "beside";

    /** Configurations, not sound ones, that between them have every key there is asked for. */
    private static final List<String> EXAMPLES = List.of(
            "beside.image.absorption = [{}]\ntemperature = {channel = [{}]}",
            "thermocouple = [{adapter = \"max31855\"}, {adapter = \"max31856\"}, {adapter = \"mcp9600\"}, {adapter = \"iio\"}]",
            "temperature_log = {}\ntrigger = {}\nheartbeat = {}\ninterlock = {}",
            "source.kind = \"patterns\"",
            "source.kind = \"stream2\"",
            "detector = {role = \"imaging\", flat_after = \"f\"}\nimage = {flat_scaling = \"region\"}");

    /** Longest time that a key of seconds takes, about a year. */
    public static final double YEAR_SECONDS = 3.2e7;
    /** Shortest cadence and exposure, seconds. */
    public static final double SHORTEST_SECONDS = 1e-6;
    /** What is measured when nothing is said: it needs no knowledge of the sample. */
    public static final List<String> DEFAULT_METRICS = List.of("total_counts", "saturated_fraction");

    /** What is measured in radiographs when nothing is said. */
    public static final List<String> DEFAULT_IMAGE_METRICS = List.of();

    /** The metrics that need a phase; the second has no meaning for a cubic one. */
    public static final String LATTICE_A = "lattice_a";

    public static final String LATTICE_C = "lattice_c";

    private static final long MOST_MEBIBYTES = 1L << 40;
    private static final int LARGEST_IMAGE_SIDE = 2048;
    private static final long USUALLY_FREE_MEBIBYTES = 100;
    private static final double MOST_DAYS = 36_500;

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

    /** The keys that a configuration can have, as full paths; those under {@code [beside]} are the same without it. */
    static Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        for (String example : EXAMPLES) {
            ConfigReader reader = new ConfigReader(Path.of(""));
            TomlSection root = TomlSection.root(ConfigFile.parse(example), reader.complaints);
            var _ = reader.read(root);
            root.asked().forEach(key -> keys.add(key.replaceFirst("^" + BESIDE + "\\.", "")));
        }
        return keys;
    }

    private ApplianceConfig read(TomlSection root) {
        DetectorReader reader = new DetectorReader(folder);
        List<DetectorConfig> detectors = new ArrayList<>();
        detectors.add(reader.first(root));
        SourceKind kind = detectors.getFirst().source().kind();
        if (root.has(BESIDE) && (kind == SourceKind.PATTERNS || kind == SourceKind.STREAM2)) {
            complaints.add(
                    BESIDE + " does not go with source.kind = \"" + kind.name().toLowerCase(Locale.ROOT) + "\"");
        } else if (root.has(BESIDE)) {
            detectors.add(reader.beside(root.section(BESIDE), detectors.getFirst()));
        }
        RunSection run = run(root.section("run"), kind);
        ApplianceConfig config = new ApplianceConfig(
                run,
                detectors,
                TemperatureReader.read(root.section("temperature")),
                firmware(root, detectors.getFirst(), run),
                archive(root.section("archive")),
                CoapReader.read(root.section("coap"), folder));
        root.know(BESIDE);
        root.finish();
        return config;
    }

    private FirmwareSection firmware(TomlSection root, DetectorConfig first, RunSection run) {
        FirmwareSection firmware = FirmwareReader.read(root, folder);
        patience(firmware, run);
        if (firmware.measures() && !first.source().realTime()) {
            complaints.add(
                    "source.real_time must be true, and source.kind \"files\" or \"patterns\", with [[thermocouple]], [temperature_log] or [trigger]: what is"
                            + " measured now belongs to frames of now");
        }
        if (firmware.measuresTemperature() && first.source().temperatureCsv() != null) {
            complaints.add(
                    "source.temperature is another temperature of the sample than [[thermocouple]] or [temperature_log]:"
                            + " leave one out");
        }
        return firmware;
    }

    /** An interlock that drops between two sound readings would be switched off by whoever has to live with it. */
    private void patience(FirmwareSection firmware, RunSection run) {
        if (firmware.interlock() == null || !firmware.measuresTemperature()) {
            return;
        }
        long period = firmware.log() == null
                ? firmware.thermocouples().getFirst().periodNanos()
                : firmware.log().following().pollNanos();
        long least = 2 * period + run.snapshotPeriod().toNanos();
        if (firmware.interlock().lostNanos() < least) {
            complaints.add(
                    "interlock.temperature_lost_seconds must be at least two periods of the first thermocouple (looks at the"
                            + " log) and one of run.snapshots_per_second, together " + least / 1e9 + ", is "
                            + firmware.interlock().lostNanos() / 1e9);
        }
    }

    private RunSection run(TomlSection section, SourceKind kind) {
        Path runs = section.file("folder", folder);
        double perSecond = section.number("snapshots_per_second", 4, 0.1, 1000);
        long slots = section.integer("slots", 16, 2, 1024);
        if (Long.bitCount(slots) != 1) {
            section.complain("slots", "must be a power of two, is " + slots);
        }
        // A detector that is made to wait stops measuring, or fills its own memory and then says so.
        WhenFull usual = kind == SourceKind.STREAM2 ? WhenFull.DROP_NEWEST : WhenFull.BLOCK;
        WhenFull whenFull = section.choice("when_full", usual, WhenFull.class);
        RunStart start = section.choice("start", RunStart.AT_ONCE, RunStart.class);
        section.finish();
        return new RunSection(
                runs == null ? folder.resolve("runs") : runs, seconds(1 / perSecond), (int) slots, whenFull, start);
    }

    private static ArchiveSection archive(TomlSection section) {
        SegmentSettings usual = SegmentSettings.USUAL;
        SegmentSettings segments = new SegmentSettings(
                (int) section.integer("segment_frames", usual.frames(), 1, 100_000),
                section.number("segment_seconds", usual.seconds(), 1, YEAR_SECONDS),
                (int) section.integer("image_side", usual.imageSide(), 1, LARGEST_IMAGE_SIDE));
        ArchiveLimits limits = ArchiveLimits.ofMebibytes(
                        section.integer("quota_mib", 0, 0, MOST_MEBIBYTES),
                        section.integer("minimum_free_mib", USUALLY_FREE_MEBIBYTES, 0, MOST_MEBIBYTES))
                .dropping(section.choice("may_drop", MayDrop.NOTHING, MayDrop.class));
        double retentionDays = section.number("retention_days", 0, 0, MOST_DAYS);
        section.finish();
        return new ArchiveSection(segments, limits, retentionDays);
    }

    static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
