/**
 * What diffraction tells of a frame: one analysis of the whole pattern, and the metrics that read it.
 */
@NullMarked
package org.emberline.edge.metrics.diffraction;

import org.jspecify.annotations.NullMarked;
