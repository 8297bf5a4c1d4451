package org.emberline.edge.twin;

import java.util.HashMap;
import java.util.Map;
import org.emberline.edge.twin.RadiographTruth.Segregation;

/** What is true of the radiographs, by the frame in whose period they were taken. One thread; a tenth of a second each. */
final class RadiographTruths {
    private final Radiograph radiographs;
    private final Map<Long, Long> byFrame = new HashMap<>();

    RadiographTruths(Radiograph radiographs, Twin twin) {
        this.radiographs = radiographs;
        for (long i = 0; i < radiographs.frames(); i++) {
            long nanos = twin.startNanos() + Math.round(radiographs.seconds(i) * 1e9);
            byFrame.put(twin.exposureAt(nanos), i);
        }
    }

    void addTo(Map<String, Double> values, long frame) {
        Long index = byFrame.get(frame);
        if (index == null) {
            return;
        }
        RadiographTruth truth = radiographs.truth(index);
        values.put("image_porosity", truth.sample().porosity());
        values.put("image_grain_size", truth.sample().meanGrainMicrometres());
        values.put("moved_fraction", truth.movedFraction());
        values.put("image_oxide_picograms", truth.mass().oxidePicograms());
        values.put("image_barium_picograms", truth.mass().bariumPicograms());
        Segregation segregation = truth.segregation();
        putKnown(values, "segregation", segregation.boundaryRatio());
        putKnown(values, "segregation_cv", segregation.variation());
        putKnown(values, "segregation_gini", segregation.gini());
        putKnown(values, "segregation_morans_i", segregation.moran());
    }

    private static void putKnown(Map<String, Double> values, String name, double value) {
        if (!Double.isNaN(value)) {
            values.put(name, value);
        }
    }
}
