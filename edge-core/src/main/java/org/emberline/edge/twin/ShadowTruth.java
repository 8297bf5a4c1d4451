package org.emberline.edge.twin;

/**
 * What the image metrics would find in a radiograph's shadow at rest, without noise, blur and flat.
 *
 * @param porosity 1 - metal as dense layered oxide over the ball with the area of the outline's convex hull
 * @param relativeDensity volume of that ball in the first set of energies over its volume now
 * @param grainMicrometres from the autocorrelation with the local mean taken off; NaN without texture
 * @param segregation barium where the oxide is thin over where it is thick; NaN without barium
 * @param gini of the barium in squares of 8 pixels; NaN without barium
 * @param moran Moran's I of the same
 */
record ShadowTruth(
        double porosity,
        double relativeDensity,
        double grainMicrometres,
        double segregation,
        double gini,
        double moran) {}
