package org.emberline.edge.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.emberline.edge.acquire.stream2.StreamImage.Encoding;
import org.emberline.edge.acquire.stream2.StreamWriter;
import org.emberline.gpu.Backend;
import org.emberline.gpu.Devices;
import org.emberline.gpu.NoDeviceException;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.ProbeReport;
import org.emberline.gpu.Reducer;
import org.emberline.gpu.Reducers;
import org.emberline.gpu.Reduction;
import org.emberline.gpu.Splitting;
import org.emberline.gpu.bslz4.Bitshuffle;
import org.emberline.gpu.bslz4.CorruptChunkException;
import org.jspecify.annotations.Nullable;

/** From frames compressed by bitshuffle with LZ4 to patterns, beside the same frames uncompressed, decoding alone, and what pyFAI needs with h5py. */
public final class FeedBench {
    /** Counts of a diffraction pattern at a hundred frames a second: few between the rings. */
    private static final double BACKGROUND = 2;

    private static final double PEAK = 60;
    private static final double GIGA = 1e9;
    /** Bitshuffle's own choice for all sample sizes. */
    private static final int BLOCK_BYTES = 8192;

    private static final String COMPRESSED = "frames_per_s";
    private static final PixelFormat FORMAT = PixelFormat.U16;

    private final Settings settings;
    private final Consumer<String> log;

    /** @param repeats samples of each figure, at least 2 */
    public record Settings(int rows, int columns, int bins, Backend backend, int repeats) {}

    /** @param log told in a line each what is going on */
    public FeedBench(Settings settings, Consumer<String> log) {
        this.settings = settings;
        this.log = log;
    }

    /**
     * Measures on the calling thread.
     *
     * @param pyFai what to compare with, which must have hdf5plugin too; or null
     * @param stream what was measured over a socket, added as it is
     * @throws BenchException when the device or pyFAI fails
     */
    public Report run(@Nullable PyFai pyFai, ObjectNode stream)
            throws NoDeviceException, IOException, InterruptedException, BenchException {
        ReduceSettings reduce = new ReduceSettings(
                settings.rows(), settings.columns(), FORMAT, Splitting.NO, settings.bins(), 0, false);
        BenchDetector detector = new BenchDetector(reduce);
        ProbeReport probe =
                settings.backend() == Backend.CPU ? new ProbeReport(List.of(), "not looked for") : Devices.probe();
        List<String> switches = new ArrayList<>();
        Reducers.Opened opened =
                Reducers.open(settings.backend(), detector.plan(), probe, new Reducers.Settings(null, switches::add));
        log.accept(opened.reason());
        boolean[] mask = Objects.requireNonNull(detector.corrections().mask());
        try (Reducer reducer = opened.reducer();
                Arena arena = Arena.ofShared();
                BenchFrames frames = new BenchFrames(reduce, mask, BACKGROUND, PEAK)) {
            MemorySegment[] chunks = chunks(frames, arena);
            NativeLz4 lz4 = NativeLz4.find(BLOCK_BYTES, arena);
            Turns turns = turns(reducer, frames, chunks, lz4);
            PyFaiResult rival = measure(turns, reducer, chunks, pyFai);
            if (!switches.isEmpty()) {
                throw new BenchException(switches.getFirst());
            }
            ObjectNode json = new ObjectMapper().createObjectNode();
            ReduceJson.surroundings(json, "feed", reducer.backend(), reducer.device(), opened.reason());
            figures(json, turns.samples(), chunks);
            if (rival != null) {
                rival(json, rival, reducer.backend());
            }
            json.setAll(stream);
            return new Report(json, lines(json));
        }
    }

    private MemorySegment[] chunks(BenchFrames frames, Arena arena) {
        StreamWriter writer = new StreamWriter(new StreamWriter.Series(
                "BENCH", 1, Instant.EPOCH, "threshold_1", settings.rows(), settings.columns(), FORMAT, Encoding.BSLZ4));
        return IntStream.range(0, BenchFrames.COUNT)
                .mapToObj(i -> arena.allocateFrom(
                        ValueLayout.JAVA_BYTE, writer.store(frames.at(i)).bytes()))
                .toArray(MemorySegment[]::new);
    }

    private Turns turns(Reducer reducer, BenchFrames frames, MemorySegment[] chunks, @Nullable NativeLz4 lz4) {
        Turns turns = new Turns(log);
        Reduction into = Reduction.of(reducer.plan());
        Bitshuffle decoder = new Bitshuffle(FORMAT.bytes(), 0, true);
        turns.add(Figure.COMPRESSED, BenchFrames.COUNT, i -> reduce(reducer, chunks[i], into));
        turns.add(Figure.PATTERN, BenchFrames.COUNT, i -> reducer.reduce(frames.at(i), into));
        turns.add(Figure.DECODE, BenchFrames.COUNT, i -> decode(decoder, chunks[i]));
        if (lz4 == null) {
            log.accept("no liblz4 (Debian: liblz4-1) to compare with");
        } else {
            turns.add(Figure.LIBLZ4, BenchFrames.COUNT, i -> lz4.decode(chunks[i]));
        }
        return turns;
    }

    private static void reduce(Reducer reducer, MemorySegment chunk, Reduction into) {
        try {
            reducer.reduceCompressed(chunk, 1, into);
        } catch (CorruptChunkException e) {
            throw new IllegalStateException("it was made here", e);
        }
    }

    private void decode(Bitshuffle decoder, MemorySegment chunk) {
        try {
            var _ = decoder.decode(chunk, frameBytes());
        } catch (CorruptChunkException e) {
            throw new IllegalStateException("it was made here", e);
        }
    }

    private int frameBytes() {
        return settings.rows() * settings.columns() * FORMAT.bytes();
    }

    private @Nullable PyFaiResult measure(Turns turns, Reducer reducer, MemorySegment[] chunks, @Nullable PyFai pyFai)
            throws IOException, InterruptedException, BenchException {
        if (pyFai == null) {
            turns.measure(settings.repeats());
            return null;
        }
        turns.measure(settings.repeats() / 2);
        Reduction ours = Reduction.of(reducer.plan());
        reduce(reducer, chunks[0], ours);
        log.accept("h5py and pyFAI at work, this can take some minutes ...");
        PyFaiResult rival = pyFai.measureCompressed(reducer.plan(), chunks[0], ours, settings.repeats());
        turns.measure(settings.repeats() - settings.repeats() / 2);
        return rival;
    }

    private void figures(ObjectNode json, Map<Figure, Samples> samples, MemorySegment[] chunks) {
        json.put("shape", settings.rows() + "x" + settings.columns());
        json.put("dtype", FORMAT.name().toLowerCase(Locale.ROOT));
        json.put("npt", settings.bins());
        json.put("counts_between_rings", BACKGROUND);
        json.put("counts_on_rings", BACKGROUND + PEAK);
        long stored = 0;
        for (MemorySegment chunk : chunks) {
            stored += chunk.byteSize();
        }
        json.put("compression_ratio", (double) frameBytes() * chunks.length / stored);
        Samples compressed = Objects.requireNonNull(samples.get(Figure.COMPRESSED));
        ReduceJson.times(json, compressed, BenchFrames.COUNT);
        json.put(COMPRESSED, 1e3 / compressed.medianMillis());
        json.put("allocated_bytes_per_frame", compressed.bytesPerFrame());
        json.put("uncompressed_frames_per_s", 1e3 / median(samples, Figure.PATTERN));
        json.put("decode_gb_per_s", gigabytesPerSecond(median(samples, Figure.DECODE)));
        if (samples.containsKey(Figure.LIBLZ4)) {
            json.put("liblz4_gb_per_s", gigabytesPerSecond(median(samples, Figure.LIBLZ4)));
        }
    }

    private double gigabytesPerSecond(double frameMillis) {
        return frameBytes() / GIGA / (frameMillis / 1e3);
    }

    private static double median(Map<Figure, Samples> samples, Figure figure) {
        return Objects.requireNonNull(samples.get(figure)).medianMillis();
    }

    private void rival(ObjectNode json, PyFaiResult rival, String backend) throws BenchException {
        PyFaiMethod best = rival.requireRivalOf(backend);
        json.put("pyfai_version", rival.version());
        json.put("pyfai_method", best.name());
        json.put("pyfai_deviation", best.deviation());
        json.put("pyfai_frames_per_s", 1e3 / best.medianMillis());
        json.put("hdf5plugin_decode_gb_per_s", gigabytesPerSecond(rival.decodeMillis()));
        json.put("ratio_to_pyfai", json.get(COMPRESSED).asDouble() * best.medianMillis() / 1e3);
    }

    private static List<String> lines(ObjectNode json) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            lines.add(String.format(Locale.ROOT, "%-28s %s", field.getKey(), words(field.getValue())));
        }
        return lines;
    }

    private static String words(JsonNode value) {
        return value.isDouble() ? String.format(Locale.ROOT, "%.5g", value.asDouble()) : value.asText(value.toString());
    }
}
