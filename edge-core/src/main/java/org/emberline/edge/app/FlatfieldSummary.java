package org.emberline.edge.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.emberline.edge.app.FlatfieldFiles.Images;
import org.emberline.gpu.imaging.FlatScaling;
import org.emberline.gpu.imaging.ImageReducer;
import org.emberline.gpu.imaging.ImagingPlan;

/**
 * What {@code flatfield} says about its work.
 *
 * @param scales what the flat was multiplied by for each image
 */
record FlatfieldSummary(
        Path output,
        FlatfieldQuantity quantity,
        Images images,
        ImageReducer reducer,
        FlatfieldTotals totals,
        List<Double> scales) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** For people. */
    List<String> lines() {
        ImagingPlan plan = reducer.plan();
        String made = String.format(
                Locale.ROOT,
                "output     %s: %s, %d images of %dx%d",
                output,
                quantity.word(),
                totals.images(),
                plan.smallShape().rows(),
                plan.smallShape().columns());
        String values = String.format(
                Locale.ROOT,
                "values     %.6g to %.6g, mean %.6g, %d pixels without",
                totals.minimum(),
                totals.maximum(),
                totals.mean(),
                totals.withoutValue());
        String pixels = String.format(
                Locale.ROOT,
                "pixels     valid %d, saturated %d, unlit %d, dead %d, masked %d",
                totals.valid(),
                totals.saturated(),
                totals.unlit(),
                totals.dead(),
                totals.masked());
        return List.of(made, values, input(plan), pixels, "backend    " + reducer.backend() + ": " + reducer.device());
    }

    private String input(ImagingPlan plan) {
        String input = String.format(
                Locale.ROOT,
                "input      images of %dx%d, bin %d, dark from %d, flat from %d",
                plan.shape().rows(),
                plan.shape().columns(),
                plan.factor(),
                Images.count(images.darks()),
                Images.count(images.flats()));
        String after = images.flatsAfter().isEmpty() ? "" : " and " + Images.count(images.flatsAfter());
        String scaled = scaled()
                ? String.format(
                        Locale.ROOT, ", scaled by %.6g to %.6g", Collections.min(scales), Collections.max(scales))
                : "";
        return input + after + scaled;
    }

    private boolean scaled() {
        return !(reducer.plan().scaling() instanceof FlatScaling.None);
    }

    /** For machines. */
    String json() {
        ImagingPlan plan = reducer.plan();
        ObjectNode root = JSON.createObjectNode();
        root.put("output", output.toString());
        root.put("quantity", quantity.word());
        root.put("images", totals.images());
        root.put("rows", plan.smallShape().rows());
        root.put("columns", plan.smallShape().columns());
        root.put("bin", plan.factor());
        root.put("dark_images", Images.count(images.darks()));
        root.put("flat_images", Images.count(images.flats()));
        root.put("flat_after_images", Images.count(images.flatsAfter()));
        ObjectNode values = root.putObject("values");
        values.put("min", totals.minimum());
        values.put("mean", totals.mean());
        values.put("max", totals.maximum());
        values.put("without", totals.withoutValue());
        ObjectNode pixels = root.putObject("pixels");
        pixels.put("valid", totals.valid());
        pixels.put("saturated", totals.saturated());
        pixels.put("unlit", totals.unlit());
        pixels.put("dead", totals.dead());
        pixels.put("masked", totals.masked());
        if (scaled()) {
            ArrayNode all = root.putArray("flat_scale");
            scales.forEach(scale -> all.add(Double.isNaN(scale) ? null : scale));
        }
        root.put("backend", reducer.backend());
        root.put("device", reducer.device());
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a tree of numbers and texts can be written", e);
        }
    }
}
