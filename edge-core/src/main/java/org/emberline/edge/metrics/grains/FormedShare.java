package org.emberline.edge.metrics.grains;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.emberline.edge.metrics.phase.CrystalPhase;

/**
 * The volume of the phase of interest over what it will be once all of the sample has become it: its share of the atoms that stay in the
 * sample, whatever phases they are in. Those are the phase's elements beyond neon; lithium, oxygen and carbon come and go with salts and
 * gases. Volumes do not stay: an oxide and a salt take up half as much again as what they become. Immutable.
 */
final class FormedShare {
    private static final Set<String> LIGHT = Set.of("H", "He", "Li", "Be", "B", "C", "N", "O", "F", "Ne");

    /** Such atoms per volume of each phase. */
    private final double[] density;

    /** @param phases the first is that of interest */
    FormedShare(List<CrystalPhase> phases) {
        Set<String> stay = new HashSet<>(phases.getFirst().structure().atoms().keySet());
        stay.removeAll(LIGHT);
        density = new double[phases.size()];
        for (int p = 0; p < density.length; p++) {
            double atoms = 0;
            for (Map.Entry<String, Double> element :
                    phases.get(p).structure().atoms().entrySet()) {
                atoms += stay.contains(element.getKey()) ? element.getValue() : 0;
            }
            density[p] = atoms / phases.get(p).structure().cell().volume();
        }
    }

    /** @param fraction of each phase in the volume, in the order of the phases */
    double of(double[] fraction) {
        double all = 0;
        for (int p = 0; p < density.length; p++) {
            all += fraction[p] * density[p];
        }
        return density[0] > 0 ? fraction[0] * density[0] / all : fraction[0];
    }
}
