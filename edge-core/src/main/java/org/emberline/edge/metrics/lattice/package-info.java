/**
 * Finds a phase's cell in a pattern without knowing the temperature or the frames before: what the fit of the whole pattern starts from.
 */
@NullMarked
package org.emberline.edge.metrics.lattice;

import org.jspecify.annotations.NullMarked;
