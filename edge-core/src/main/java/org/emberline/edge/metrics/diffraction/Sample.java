package org.emberline.edge.metrics.diffraction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.emberline.edge.metrics.pattern.Optics;
import org.emberline.edge.metrics.phase.PhaseDescription;
import org.jspecify.annotations.Nullable;

/**
 * What is in the beam, and what the instrument does to its lines.
 *
 * @param phase the phase of interest; null when none is named
 * @param others what may be there besides
 */
public record Sample(@Nullable PhaseDescription phase, List<PhaseDescription> others, Optics optics) {

    public Sample {
        others = List.copyOf(others);
        Set<String> names = new HashSet<>();
        List<PhaseDescription> all = new ArrayList<>(others);
        if (phase != null) {
            all.add(phase);
        }
        for (PhaseDescription one : all) {
            if (!names.add(one.name())) {
                throw new IllegalArgumentException("two phases have name=" + one.name());
            }
        }
        if (phase == null && !others.isEmpty()) {
            throw new IllegalArgumentException("metrics.phases needs metrics.phase, the phase of interest, beside it");
        }
        for (PhaseDescription other : others) {
            if (other.crystal() == null) {
                throw new IllegalArgumentException(
                        "metrics.phases: phase " + other.name() + " has no structure, so that its lines are not known");
            }
        }
    }

    /** Nothing is known. */
    public static Sample unknown() {
        return new Sample(null, List.of(), Optics.of(Double.NaN));
    }

    /** One phase, of which only the lattice is looked for. */
    public static Sample of(PhaseDescription phase) {
        return new Sample(phase, List.of(), Optics.of(Double.NaN));
    }
}
