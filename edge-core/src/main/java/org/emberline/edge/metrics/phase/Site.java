package org.emberline.edge.metrics.phase;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * One site of a structure.
 *
 * @param label its name within the phase
 * @param x fractional coordinate, likewise y and z
 * @param bIso displacement parameter B at 300 K, Å²
 * @param occupancy share of the site that each ion takes, by its symbol in the table of form factors
 */
public record Site(String label, double x, double y, double z, double bIso, SequencedMap<String, Double> occupancy) {

    public Site {
        occupancy = new LinkedHashMap<>(occupancy);
        double sum = 0;
        for (Map.Entry<String, Double> share : occupancy.entrySet()) {
            double of = share.getValue();
            if (!(of > 0 && of <= 1)) {
                throw new IllegalArgumentException(
                        "site " + label + ": occupancy " + share.getKey() + "=" + of + " is not above 0 and at most 1");
            }
            sum += of;
        }
        if (occupancy.isEmpty() || sum > 1 + 1e-9) {
            throw new IllegalArgumentException("site " + label + ": occupancy adds up to " + sum + ", not to 0..1");
        }
        if (!(bIso >= 0 && bIso <= 20)) {
            throw new IllegalArgumentException("site " + label + ": b_iso=" + bIso + " is not within 0 and 20");
        }
        if (!(Math.abs(x) <= 2 && Math.abs(y) <= 2 && Math.abs(z) <= 2)) {
            throw new IllegalArgumentException(
                    "site " + label + ": position=[" + x + ", " + y + ", " + z + "] is not within the cell");
        }
    }
}
