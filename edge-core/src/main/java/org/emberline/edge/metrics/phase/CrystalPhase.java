package org.emberline.edge.metrics.phase;

import java.util.List;

/**
 * A crystalline phase as the fit of whole patterns needs it. Immutable.
 *
 * @param name of the phase, and of its metric
 * @param system which edges of the cell are free
 * @param expansionPerKelvin of the three edges: what to expect, not what is taken for true
 * @param structure what makes the lines
 */
public record CrystalPhase(String name, CrystalSystem system, List<Double> expansionPerKelvin, Structure structure) {
    /** The temperature that cells and displacement parameters are stated for. */
    public static final double REFERENCE_KELVIN = 300;

    public CrystalPhase {
        expansionPerKelvin = List.copyOf(expansionPerKelvin);
    }

    /** How much longer an edge (0, 1, 2) is expected to be than at the reference. */
    public double stretch(int edge, double kelvin) {
        return 1 + expansionPerKelvin.get(edge) * (kelvin - REFERENCE_KELVIN);
    }

    /** The cell to expect. */
    public UnitCell cellAt(double kelvin) {
        return structure.cell().stretched(stretch(0, kelvin), stretch(1, kelvin), stretch(2, kelvin));
    }
}
