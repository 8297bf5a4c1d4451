package org.emberline.edge.twin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.OptionalDouble;
import java.util.SequencedMap;

/**
 * What is true of one simulated exposure.
 *
 * @param frameIndex running number of the exposure from 0, dropped frames counted
 * @param values by name: {@code temperature} (sample, mean over the exposure, Cel), {@code thermocouple} (junction, noise-free,
 *     at mid-exposure, Cel), {@code lattice_a} and {@code lattice_c} (angstrom), {@code c_over_a}, {@code disorder},
 *     {@code lithium_loss}, {@code grain_size} (volume-weighted diameter, metres), {@code graininess} (expected epsilon^2 of ring 104), {@code porosity},
 *     {@code relative_density}, {@code total_counts} and {@code saturated_fraction} (expected values over live pixels; absent while an
 *     event adds spots), {@code barium_coverage} (0..1), {@code phase:NAME} (volume fractions of the crystalline phases), and
 *     where a radiograph was taken in the frame's period {@code image_porosity}, {@code image_grain_size} (metres, by number),
 *     {@code moved_fraction}, {@code image_oxide_picograms}, {@code image_barium_picograms}, {@code segregation} (boundary over
 *     interior), {@code segregation_cv}, {@code segregation_gini}, {@code segregation_morans_i}.
 *     What does not exist in a frame is absent
 */
public record TwinTruth(long frameIndex, SequencedMap<String, Double> values) {

    public TwinTruth {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    /** The true value of that name; empty when the twin does not know it, or it does not exist in this frame. */
    public OptionalDouble valueOf(String name) {
        Double value = values.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
