/**
 * A frame is reduced: its pixels become a radial pattern, by one of the backends of gpu-kernels.
 */
@NullMarked
package org.emberline.edge.reduce;

import org.jspecify.annotations.NullMarked;
