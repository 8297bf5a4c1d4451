package org.emberline.edge.metrics.pattern;

/**
 * The lines of one phase as the fit needs them. A line's place follows from two edges of the cell, of which the second may be tied to
 * the first: {@code (q/2π)² = basal/f₁² + axial/f₂²}, f the stretch of the edges from the reference cell.
 */
public interface CrystalLines {

    /** Name in messages and of the metric. */
    String name();

    /** Number of lines, by rising q at the reference cell. */
    int size();

    /** Share of 1/d² that the first edge decides, at the reference cell, 1/Å². */
    double basal(int line);

    /** Share of 1/d² that the second edge decides; 0 for all lines when there is one edge only. */
    double axial(int line);

    /** Multiplicity. */
    int multiplicity(int line);

    /** Whether the second edge is free of the first. */
    boolean hasTwoEdges();

    /** Whether disorder changes its strengths. */
    boolean hasDisorder();

    /** Stretch of the first edge that thermal expansion lets expect. */
    double basalStretch(double kelvin);

    /** Stretch of the second edge that thermal expansion lets expect. */
    double axialStretch(double kelvin);

    /** Fills {@code m|F|²/V²} of all lines, on a scale that all phases share. */
    void strengths(double kelvin, double[] perLine);

    /**
     * The same with cation disorder.
     *
     * @param heat factor on all displacement parameters, 1 at 300 K
     * @param disorder fraction of the one site that holds the other's ion; without meaning in a phase that knows none
     */
    void strengths(double heat, double disorder, double[] perLine);
}
