package org.emberline.edge.archive;

import static org.emberline.edge.archive.NxAzint.described;
import static org.emberline.edge.archive.NxAzint.group;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.emberline.edge.archive.SegmentContent.Images;
import org.emberline.edge.archive.SegmentContent.Patterns;
import org.emberline.edge.archive.SegmentFrames.Channel;
import org.emberline.edge.archive.SegmentFrames.MetricSeries;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;

/**
 * Patterns of many frames as one NeXus file after NXazint1d, or radiographs and maps, with {@code default} attributes so that viewers plot
 * them at once, and what was measured meanwhile: metrics in an NXcollection, readings in an NXlog for each channel. All times are seconds
 * since the attribute {@code start}. Numbers are the database's, bit for bit.
 */
final class SegmentFile {
    static final String DTYPE = "<f4";
    private static final List<String> NEEDED = List.of("radial_unit", "radial_lower", "radial_upper", "bins");
    /** Level 1 takes half the time of the usual 6 and leaves a tenth more. */
    private static final int DEFLATE = 1;

    private static final double NANOS = 1e9;

    private final SegmentFrames frames;
    private final String start;
    private final long startNanos;

    private SegmentFile(SegmentFrames frames) {
        this.frames = frames;
        startNanos = Long.parseLong(fact("started_ns"));
        start = instant(startNanos).toString();
    }

    /**
     * Writes the file beside its place, and moves it there when the disk has it.
     *
     * @param frames at least one
     * @throws IOException naming the file
     */
    static void write(Path file, SegmentFrames frames) throws IOException {
        PartFile part = new PartFile(file);
        try {
            part.discard();
            try (WritableHdfFile hdf = HdfFile.write(part.path())) {
                hdf.putAttribute("NX_class", "NXroot");
                hdf.putAttribute("default", "entry");
                new SegmentFile(frames).entry(group(hdf, "entry", "NXentry"));
            }
            part.commit();
        } catch (IOException | RuntimeException e) {
            part.discard(); // what is left of it may be the room that is missing
            throw new IOException(file + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    private String fact(String key) {
        return Objects.requireNonNull(frames.facts.get(key), key);
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }

    private void entry(WritableGroup entry) {
        entry.putDataset("title", fact("run"));
        entry.putDataset("entry_identifier", frames.facts.getOrDefault("run_uuid", fact("run")));
        entry.putDataset("start_time", instant(frames.startNanos[0]).toString());
        entry.putDataset(
                "end_time", instant(frames.stopNanos[frames.size() - 1]).toString());
        instrument(entry);
        switch (frames.content) {
            case Patterns patterns -> azint(entry, patterns);
            case Images images -> radiographs(entry, images);
        }
        frameTable(group(entry, "frames", "NXcollection"));
        // jHDF cannot write a group in which nothing is.
        if (!frames.metrics.isEmpty()) {
            metrics(group(entry, "metrics", "NXcollection"));
        }
        List<Channel> logs = frames.channels.stream()
                .filter(channel -> channel.nanos().length > 0)
                .toList();
        if (!logs.isEmpty()) {
            WritableGroup sample = group(entry, "sample", "NXsample");
            logs.forEach(channel -> log(sample, channel));
        }
    }

    private void azint(WritableGroup entry, Patterns patterns) {
        entry.putAttribute("default", "data");
        entry.putDataset("definition", "NXazint1d");
        flag(entry, "solid_angle_applied");
        flag(entry, "polarization_applied");
        // The intensity is a mean per pixel: always divided by the pixels' weights.
        entry.putDataset("normalization_applied", true);
        reduction(entry, "sum(raw - dark) / sum(flat * solid angle * polarisation) of the pixels of a bin");
        data(group(entry, "data", "NXdata"), patterns);
    }

    private void radiographs(WritableGroup entry, Images images) {
        reduction(entry, "optical density of the transmission (raw - dark) / (flat - dark)");
        SegmentImageData data = new SegmentImageData(images, frames.frame);
        if (images.rows() > 0) {
            entry.putAttribute("default", "data");
            WritableGroup group = group(entry, "data", "NXdata");
            data.radiographs(group);
            time(group, "time", middles(), "middle of the exposure");
        } else {
            entry.putAttribute("default", "maps");
        }
        data.maps(entry);
    }

    private void flag(WritableGroup entry, String key) {
        String known = frames.facts.get(key);
        if (known != null) {
            entry.putDataset(key, Boolean.parseBoolean(known));
        }
    }

    private void instrument(WritableGroup entry) {
        double angstrom = Double.parseDouble(frames.facts.getOrDefault("wavelength_angstrom", "NaN"));
        WritableGroup instrument = NxAzint.instrument(entry, angstrom);
        group(instrument, "detector", "NXdetector").putDataset("local_name", frames.detectorName);
    }

    private void reduction(WritableGroup entry, String reference) {
        WritableGroup process = group(entry, "reduction", "NXprocess");
        process.putDataset("program", "emberline");
        process.putDataset("version", frames.facts.getOrDefault("software_version", "unknown"));
        process.putDataset("date", instant(frames.stopNanos[frames.size() - 1]).toString());
        process.putDataset("reference", reference);
        WritableGroup input = group(process, "input", "NXparameters");
        frames.facts.forEach(input::putDataset);
    }

    private void data(WritableGroup data, Patterns patterns) {
        data.putAttribute("signal", "I");
        data.putAttribute("axes", new String[] {"time", "radial_axis"});
        data.putAttribute("time_indices", 0);
        data.putAttribute("radial_axis_indices", 1);
        data.putAttribute("interpretation", "spectrum");
        int[] chunk = patterns.chunk();
        described(rows(data, "I", patterns.intensity(), chunk), "intensity", NxAzintData.NO_UNIT);
        described(rows(data, "I_errors", patterns.sigma(), chunk), "estimated intensity error", NxAzintData.NO_UNIT);
        described(
                rows(data, "norm", patterns.count(), chunk),
                "effective number of pixels contributing to the corresponding bin",
                NxAzintData.NO_UNIT);
        time(data, "time", middles(), "middle of the exposure");
        NxAzintData.radialAxis(data, axis());
    }

    private RadialAxis axis() {
        return new RadialAxis(
                RadialUnit.ofSymbol(fact("radial_unit")).orElseThrow(),
                Integer.parseInt(fact("bins")),
                Double.parseDouble(fact("radial_lower")),
                Double.parseDouble(fact("radial_upper")));
    }

    private double[] middles() {
        double[] middles = new double[frames.size()];
        Arrays.setAll(middles, i -> seconds(frames.startNanos[i] + (frames.stopNanos[i] - frames.startNanos[i]) / 2));
        return middles;
    }

    private static WritableDataset rows(WritableGroup data, String name, List<float[]> rows, int[] chunk) {
        WritableDataset dataset = data.putDataset(name, rows.toArray(float[][]::new), packed(chunk));
        dataset.putAttribute("interpretation", "spectrum");
        return dataset;
    }

    static DatasetCreationOptions packed(int... chunk) {
        return DatasetCreationOptions.builder()
                .chunkDimensions(chunk)
                .shuffle()
                .deflate(DEFLATE)
                .build();
    }

    private double seconds(long nanos) {
        return (nanos - startNanos) / NANOS;
    }

    private void time(WritableGroup group, String name, double[] seconds, String longName) {
        WritableDataset time = group.putDataset(name, seconds);
        described(time, longName, "s");
        time.putAttribute("start", start);
    }

    private void frameTable(WritableGroup table) {
        table.putDataset("frame", frames.frame);
        described(table.putDataset("start_ns", frames.startNanos), "begin of the exposure since 1970", "ns");
        described(table.putDataset("stop_ns", frames.stopNanos), "end of the exposure since 1970", "ns");
        table.putDataset("flags", frames.flags).putAttribute("long_name", "bits of FrameFlag, see docs/metrics.md");
        described(table.putDataset("temperature", frames.celsius), "sample temperature", "degC");
        described(table.putDataset("temperature_errors", frames.celsiusSigma), "its standard uncertainty", "K");
    }

    private void metrics(WritableGroup all) {
        for (MetricSeries series : frames.metrics) {
            WritableGroup group = group(all, series.name(), "NXdata");
            group.putAttribute("signal", "value");
            group.putAttribute("axes", "frame");
            group.putDataset("frame", frames.frame);
            WritableDataset value = group.putDataset("value", series.value());
            value.putAttribute("units", series.unit().isEmpty() ? "1" : series.unit());
            value.putAttribute("definition", series.definition());
            group.putDataset("value_errors", series.sigma());
            group.putDataset("flags", series.flags());
        }
    }

    private void log(WritableGroup sample, Channel channel) {
        WritableGroup log = group(sample, channel.name(), "NXlog");
        log.putAttribute("signal", "value");
        log.putAttribute("axes", "time");
        time(
                log,
                "time",
                Arrays.stream(channel.nanos()).mapToDouble(this::seconds).toArray(),
                "of the reading");
        described(log.putDataset("value", channel.celsius()), "hot junction", "degC");
        described(log.putDataset("value_errors", channel.sigma()), "its standard uncertainty", "K");
        if (Arrays.stream(channel.fault()).anyMatch(fault -> !fault.isEmpty())) {
            log.putDataset("fault", channel.fault());
        }
    }

    /** Whether a run's facts are enough for the segments of a detector that delivers patterns. */
    static boolean hasAxis(Map<String, String> facts) {
        return facts.keySet().containsAll(NEEDED);
    }
}
