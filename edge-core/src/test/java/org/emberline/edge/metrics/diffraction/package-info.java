/** Tests of the metrics, and the rings they are tried on. */
@NullMarked
package org.emberline.edge.metrics.diffraction;

import org.jspecify.annotations.NullMarked;
