package org.emberline.edge.twin;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** What is true of the radiographs. One thread; a tenth of a second each, more where a set is complete. */
final class RadiographTruths {
    private static final double METRES = 1e-6;
    private static final double KILOGRAMS = 1e-15;

    private final Radiograph radiographs;

    RadiographTruths(Radiograph radiographs) {
        this.radiographs = radiographs;
    }

    /** Those that are compared with a set of energies only for the frame with which a set is complete: they take a while. */
    SequencedMap<String, Double> values(long index) {
        RadiographTruth truth = radiographs.truth(index);
        SequencedMap<String, Double> values = new LinkedHashMap<>();
        values.put("image_porosity_drawn", truth.sample().porosity());
        values.put("image_grain_size_drawn", truth.sample().meanGrainMicrometres() * METRES);
        values.put("image_oxide_mass", truth.mass().oxidePicograms() * KILOGRAMS);
        values.put("wetted_share", truth.sample().wettedShare());
        putKnown(values, "segregation_drawn", truth.segregation().boundaryRatio());
        if (radiographs.endsSweep(index)) {
            values.put("mass_conservation", 1.0);
            values.put("dopant_mass", truth.mass().bariumPicograms() * KILOGRAMS);
            values.put("moved_fraction", truth.movedFraction());
            addShadow(values, radiographs.shadowTruth(index));
        }
        return values;
    }

    private static void addShadow(SequencedMap<String, Double> values, ShadowTruth shadow) {
        values.put("porosity", shadow.porosity());
        values.put("relative_density", shadow.relativeDensity());
        putKnown(values, "image_grain_size", shadow.grainMicrometres() * METRES);
        putKnown(values, "segregation", shadow.segregation());
        putKnown(values, "segregation_gini", shadow.gini());
        putKnown(values, "segregation_morans_i", shadow.moran());
    }

    private static void putKnown(Map<String, Double> values, String name, double value) {
        if (!Double.isNaN(value)) {
            values.put(name, value);
        }
    }
}
