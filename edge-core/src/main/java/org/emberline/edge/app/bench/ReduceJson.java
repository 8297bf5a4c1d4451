package org.emberline.edge.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;

/** The result for machines. Keys are a contract; {@code docs/benchmarks/README.md} says what each means. */
final class ReduceJson {

    private ReduceJson() {}

    static ObjectNode of(ReduceResult result) throws BenchException {
        ObjectNode root = new ObjectMapper().createObjectNode();
        surroundings(root, "reduce", result.backend(), result.device(), result.reason());
        settings(root, result.settings());
        pattern(root, result);
        ceiling(root, result);
        if (result.has(Figure.CAKE)) {
            cake(root, result);
        }
        if (result.pyFai() != null) {
            pyFai(root, result, result.pyFai());
        }
        return root;
    }

    /** What every bench says of itself and the machine. */
    static void surroundings(ObjectNode root, String bench, String backend, String device, String reason) {
        root.put("bench", bench);
        root.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        root.put("java", System.getProperty("java.version"));
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("backend", backend);
        root.put("device", device);
        root.put("reason", reason);
    }

    private static void settings(ObjectNode root, ReduceSettings settings) {
        root.put("shape", settings.rows() + "x" + settings.columns());
        root.put("dtype", settings.format().name().toLowerCase(Locale.ROOT));
        root.put("split", settings.splitting().name().toLowerCase(Locale.ROOT));
        root.put("npt", settings.bins());
        root.put("masked_frame", settings.maskedFrame());
    }

    private static void pattern(ObjectNode root, ReduceResult result) {
        Samples samples = result.of(Figure.PATTERN);
        times(root, samples, BenchFrames.COUNT);
        root.put("mpix_per_s", result.mpixPerSecond(Figure.PATTERN));
        root.put("frames_per_s", result.framesPerSecond(Figure.PATTERN));
        root.put("allocated_bytes_per_frame", samples.bytesPerFrame());
        root.put("frames_per_s_overlapped", result.framesPerSecond(Figure.STREAM));
        root.put(
                "allocated_bytes_per_frame_overlapped", result.of(Figure.STREAM).bytesPerFrame());
    }

    /** The times of what the bench is about. */
    static void times(ObjectNode root, Samples samples, int framesPerRepeat) {
        root.put("repeats", samples.count());
        root.put("frames_per_repeat", framesPerRepeat);
        root.put("median_ms", samples.medianMillis());
        root.put("p10_ms", samples.percentileMillis(10));
        root.put("p90_ms", samples.percentileMillis(90));
    }

    private static void ceiling(ObjectNode root, ReduceResult result) {
        root.put("ceiling_device", result.ceilingDevice());
        root.put("ceiling_mpix_per_s", result.mpixPerSecond(Figure.SUM));
        root.put("ceiling_share", result.shareOf(Figure.SUM));
        if (result.has(Figure.READ)) {
            root.put("memory_mpix_per_s", result.mpixPerSecond(Figure.READ));
            root.put("memory_share", result.shareOf(Figure.READ));
        }
        if (result.has(Figure.TRANSFER)) {
            root.put("transfer_mpix_per_s", result.mpixPerSecond(Figure.TRANSFER));
            root.put("transfer_share", result.shareOf(Figure.TRANSFER));
        }
    }

    private static void cake(ObjectNode root, ReduceResult result) {
        Samples samples = result.of(Figure.CAKE);
        root.put("cake_sectors", result.settings().sectors());
        root.put("cake_median_ms", samples.medianMillis());
        root.put("cake_p10_ms", samples.percentileMillis(10));
        root.put("cake_p90_ms", samples.percentileMillis(90));
        root.put("cake_mpix_per_s", result.mpixPerSecond(Figure.CAKE));
        root.put("cake_allocated_bytes_per_frame", samples.bytesPerFrame());
        root.put("cake_to_pattern", result.cakeToPattern());
    }

    private static void pyFai(ObjectNode root, ReduceResult result, PyFaiResult pyFai) throws BenchException {
        Samples ours = result.of(Figure.PATTERN);
        root.put("median_ms_before_pyfai", ours.medianMillis(0, ours.count() / 2));
        root.put("median_ms_after_pyfai", ours.medianMillis(ours.count() / 2, ours.count()));
        root.put("pyfai_version", pyFai.version());
        PyFaiMethod rival = pyFai.requireRivalOf(result.backend());
        root.put("pyfai_method", rival.name());
        root.put("pyfai_mpix_per_s", result.mpixPerSecond(rival.medianMillis()));
        root.put("pyfai_deviation", rival.deviation());
        root.put("ratio_to_pyfai", result.ratioTo(rival));
        pyFai.bestOpenCl().ifPresent(best -> {
            root.put("pyfai_opencl_method", best.name());
            root.put("pyfai_opencl_device", best.device());
            root.put("pyfai_opencl_mpix_per_s", result.mpixPerSecond(best.medianMillis()));
        });
        for (PyFaiMethod method : pyFai.methods()) {
            method(root.withArray("pyfai_methods").addObject(), method);
        }
    }

    private static void method(ObjectNode node, PyFaiMethod method) {
        node.put("name", method.name());
        node.put("device", method.device());
        node.put("runs", method.runs());
        node.put("comparable", method.comparable());
        if (method.problem() != null) {
            node.put("problem", Objects.requireNonNull(method.problem()));
            return;
        }
        node.put("median_ms", method.medianMillis());
        node.put("deviation", Double.isFinite(method.deviation()) ? (Double) method.deviation() : null);
    }
}
