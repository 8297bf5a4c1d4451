package org.emberline.edge.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The result for machines. Keys are a contract; {@code docs/benchmarks/README.md} says what each means. */
final class ImageJson {

    private ImageJson() {}

    static ObjectNode of(ImageResult result) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        ReduceJson.surroundings(root, "image", result.backend(), result.device(), result.reason());
        ImageSettings settings = result.settings();
        root.put("shape", settings.size() + "x" + settings.size());
        root.put("dtype", "u16");
        root.put("factor", settings.factor());
        ReduceJson.times(root, result.of(Figure.IMAGE), ImageScene.FRAMES);
        root.put("mpix_per_s", result.mpixPerSecond(result.of(Figure.IMAGE)));
        root.put("frames_per_s", ImageResult.framesPerSecond(result.of(Figure.IMAGE)));
        root.put("allocated_bytes_per_frame", result.of(Figure.IMAGE).bytesPerFrame());
        root.put("ceiling_device", result.ceilingDevice());
        root.put("ceiling_mpix_per_s", result.mpixPerSecond(result.of(result.ceiling())));
        root.put("ceiling_share", result.shareOf(result.ceiling()));
        if (result.has(Figure.TRANSFER)) {
            root.put("transfer_mpix_per_s", result.mpixPerSecond(result.of(Figure.TRANSFER)));
            root.put("transfer_share", result.shareOf(Figure.TRANSFER));
        }
        if (result.numPy() != null) {
            numPy(root, result, result.numPy());
        }
        return root;
    }

    private static void numPy(ObjectNode root, ImageResult result, NumPyResult numPy) {
        Samples ours = result.of(Figure.IMAGE);
        root.put("median_ms_before_numpy", ours.medianMillis(0, ours.count() / 2));
        root.put("median_ms_after_numpy", ours.medianMillis(ours.count() / 2, ours.count()));
        root.put("numpy_version", numPy.version());
        root.put("numpy_median_ms", numPy.samples().medianMillis());
        root.put("numpy_p10_ms", numPy.samples().percentileMillis(10));
        root.put("numpy_p90_ms", numPy.samples().percentileMillis(90));
        root.put("numpy_frames_per_s", ImageResult.framesPerSecond(numPy.samples()));
        root.put("ratio_to_numpy", result.ratioTo(numPy));
        root.put("numpy_deviation", numPy.deviation());
        root.put("numpy_histogram_moved", numPy.moved());
    }
}
