package org.emberline.edge.metrics.phase;

/**
 * An exchange of ions between two sites: a share x of the first site holds the second's ion, and where {@code exchanged} the second site
 * holds as much of the first's; otherwise the second stays full of its own, and the first's ion has left the crystal.
 *
 * @param first label of the one site, such as that of lithium
 * @param firstIon what leaves it
 * @param second label of the other
 * @param secondIon what comes instead
 */
public record Antisite(String first, String firstIon, String second, String secondIon, boolean exchanged) {}
