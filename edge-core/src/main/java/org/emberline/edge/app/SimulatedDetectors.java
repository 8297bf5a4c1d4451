package org.emberline.edge.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.emberline.edge.app.config.ConfigFile;
import org.emberline.edge.frame.DetectorRole;
import org.emberline.edge.twin.SimulationSettings;
import org.jspecify.annotations.Nullable;

/** Puts a simulated panel and a simulated microscope in place of whatever detectors a configuration has. */
final class SimulatedDetectors {
    static final String BESIDE = "beside";

    private static final String IMAGE = "beside.image";
    /** What is said of the sample and of pairs of energies, and not of the microscope. */
    private static final List<String> KEPT =
            List.of("absorption", "grams_per_cm3", "largest_shift_pixels", "pair_gap_seconds", "pair_kelvin");

    private SimulatedDetectors() {}

    /**
     * The configuration may be a beamline's own by now: what belongs to its sources and detectors does not fit the simulated ones. What it
     * says of reducing and measuring diffraction stays, and so does what an imaging detector beside it says of sample and metrics.
     *
     * @param radiographs how many, 0 for none, null for the scenario's own number
     */
    static void put(ObjectNode tree, Path scenario, SimulationSettings settings, @Nullable Integer radiographs) {
        if (isImaging(tree)) {
            tree.remove(List.of("image", "metrics"));
        }
        JsonNode beside = tree.path(BESIDE);
        JsonNode image = isImaging(beside) ? beside.path("image") : MissingNode.getInstance();
        JsonNode metrics = isImaging(beside) ? beside.get("metrics") : null;
        tree.remove(List.of("source", "detector", BESIDE));
        ConfigFile.set(tree, "source", "kind", "simulated");
        ConfigFile.set(tree, "source", "scenario", scenario.toString());
        int frames = radiographs == null ? settings.radiographs() : radiographs;
        if (frames == 0) {
            return;
        }
        ConfigFile.set(tree, "beside.source", "frames", frames);
        ConfigFile.set(tree, "beside.detector", "role", Choice.word(DetectorRole.IMAGING));
        double pixel = settings.radiograph().camera().pixelNanometres();
        ConfigFile.set(tree, IMAGE, "pixel_nanometres", pixel);
        for (String key : KEPT) {
            if (image.has(key)) {
                ConfigFile.set(tree, IMAGE, key, image.get(key));
            }
        }
        if (metrics != null) {
            ConfigFile.set(tree, BESIDE, "metrics", metrics);
        }
    }

    private static boolean isImaging(JsonNode detectors) {
        return detectors.path("detector").path("role").asText().equals(Choice.word(DetectorRole.IMAGING));
    }
}
