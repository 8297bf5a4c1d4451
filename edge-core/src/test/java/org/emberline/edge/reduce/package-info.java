/** Rebinning of measured patterns. */
@NullMarked
package org.emberline.edge.reduce;

import org.jspecify.annotations.NullMarked;
