package org.emberline.edge.metrics.phase;

import org.jspecify.annotations.Nullable;

/**
 * What a phase file says; at least one of the two parts.
 *
 * @param name of the phase
 * @param lattice how to search for its cell; null when nobody said in which range
 * @param crystal what its lines are; null without a structure
 */
public record PhaseDescription(
        String name, @Nullable Phase lattice, @Nullable CrystalPhase crystal) {

    public PhaseDescription {
        if (lattice == null && crystal == null) {
            throw new IllegalArgumentException("phase " + name
                    + ": has neither symmetry and sites nor scale_range and reflections: there is nothing to look for");
        }
    }

    /** A phase without a structure. */
    public static PhaseDescription of(Phase lattice) {
        return new PhaseDescription(lattice.name(), lattice, null);
    }

    /**
     * The part to search with.
     *
     * @throws IllegalArgumentException when there is none
     */
    public Phase searchable() {
        if (lattice == null) {
            throw new IllegalArgumentException(
                    "phase " + name + ": scale_range is missing, so that its cell cannot be searched for");
        }
        return lattice;
    }
}
