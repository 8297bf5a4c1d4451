package org.emberline.edge.frame;

import org.jspecify.annotations.Nullable;

/**
 * What is fixed of one metric of a run.
 *
 * @param name unique within the run
 * @param unit SenML unit, or empty
 * @param definition which definition of its name it follows
 * @param map the map that it makes beside its value, or null
 */
public record MetricLayout(
        String name,
        String unit,
        String definition,
        @Nullable MapLayout map) {

    /** Of a metric without a map that follows the first definition of its name. */
    public static MetricLayout of(String name, String unit) {
        return new MetricLayout(name, unit, name + "/1", null);
    }
}
