package org.emberline.edge.twin;

import java.util.List;

/** Which crystalline phases a sample's state holds, and how much volume each takes. Immutable. */
final class SamplePhases {
    /** Index of the layered phase among the volumes; the listed phases follow it. */
    static final int LAYERED = 0;
    /** Metals in the hexagonal cell. */
    private static final int METALS_PER_CELL = 3;

    private static final List<CrystalPhase> LISTED = List.of(
            CrystalPhase.HYDROXIDE,
            CrystalPhase.SPINEL,
            CrystalPhase.ROCK_SALT,
            CrystalPhase.LITHIATED_ROCK_SALT,
            CrystalPhase.LITHIUM_CARBONATE,
            CrystalPhase.LITHIUM_HYDROXIDE,
            CrystalPhase.BARIUM_CARBONATE,
            CrystalPhase.BARIUM_OXIDE);

    private final PhaseSettings settings;

    SamplePhases(PhaseSettings settings) {
        this.settings = settings;
    }

    /** One more than the phases of {@link #listed}. */
    static int count() {
        return LISTED.size() + 1;
    }

    /** A phase by its index, from 1. */
    static CrystalPhase listed(int phase) {
        return LISTED.get(phase - 1);
    }

    static String name(int phase) {
        return phase == LAYERED ? "nmc532" : listed(phase).name();
    }

    /** Scherrer size of a listed phase, Angstrom. */
    double sizeAngstrom(int phase) {
        CrystalPhase listed = listed(phase);
        boolean ofMetal = listed == CrystalPhase.HYDROXIDE
                || listed == CrystalPhase.SPINEL
                || listed == CrystalPhase.ROCK_SALT
                || listed == CrystalPhase.LITHIATED_ROCK_SALT;
        return 10 * (ofMetal ? settings.precursorNanometres() : settings.saltNanometres());
    }

    /** Volume of the layered cell, cubic Angstrom. */
    static double layeredCellVolume(double kelvin) {
        double a = LayeredOxide.latticeA(kelvin);
        return Math.sqrt(0.75) * a * a * LayeredOxide.latticeC(kelvin);
    }

    /** Volume of a phase at the state's temperature, cubic Angstrom per metal of the sample. */
    double volume(SampleState state, int phase) {
        double kelvin = LayeredOxide.kelvin(state.celsius());
        if (phase == LAYERED) {
            return state.layered() * layeredCellVolume(kelvin) / METALS_PER_CELL;
        }
        CrystalPhase listed = listed(phase);
        return units(state, listed) * listed.formulaVolume(kelvin);
    }

    private double units(SampleState state, CrystalPhase phase) {
        if (phase == CrystalPhase.HYDROXIDE) {
            return state.hydroxide();
        }
        double units = phase == oxide() ? state.oxide() : 0;
        if (phase == CrystalPhase.ROCK_SALT) {
            units += state.rockSalt();
        } else if (phase == salt()) {
            units += state.solidSalt();
        } else if (phase == CrystalPhase.BARIUM_CARBONATE) {
            units += state.bariumCarbonate();
        } else if (phase == CrystalPhase.BARIUM_OXIDE) {
            units += state.bariumPrecipitate();
        }
        return units;
    }

    private CrystalPhase oxide() {
        return switch (settings.oxide()) {
            case SPINEL -> CrystalPhase.SPINEL;
            case ROCK_SALT -> CrystalPhase.ROCK_SALT;
            case LITHIATED_ROCK_SALT -> CrystalPhase.LITHIATED_ROCK_SALT;
        };
    }

    private CrystalPhase salt() {
        return switch (settings.salt()) {
            case CARBONATE -> CrystalPhase.LITHIUM_CARBONATE;
            case HYDROXIDE -> CrystalPhase.LITHIUM_HYDROXIDE;
        };
    }
}
