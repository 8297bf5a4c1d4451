package org.emberline.edge.twin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.emberline.edge.twin.RadiographTruth.Segregation;

/** What is true of the radiographs. One thread; a tenth of a second each. */
final class RadiographTruths {
    private final Radiograph radiographs;

    RadiographTruths(Radiograph radiographs) {
        this.radiographs = radiographs;
    }

    SequencedMap<String, Double> values(long index) {
        RadiographTruth truth = radiographs.truth(index);
        SequencedMap<String, Double> values = new LinkedHashMap<>();
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
        return values;
    }

    private static void putKnown(Map<String, Double> values, String name, double value) {
        if (!Double.isNaN(value)) {
            values.put(name, value);
        }
    }
}
