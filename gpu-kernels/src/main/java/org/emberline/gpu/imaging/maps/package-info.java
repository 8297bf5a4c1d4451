/**
 * Arithmetic on the small maps that radiographs are reduced to: registration, autocorrelation, sizes, thresholds, regions, two energies,
 * flux, indices of unevenness. Maps lie row by row; NaN marks a pixel that is not known, and is left out of whatever is computed. An object
 * holds the memory that its computation needs for one shape, so that nothing is allocated from frame to frame; one thread at a time.
 */
@NullMarked
package org.emberline.gpu.imaging.maps;

import org.jspecify.annotations.NullMarked;
