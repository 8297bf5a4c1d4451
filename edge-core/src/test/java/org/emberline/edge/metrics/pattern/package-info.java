/** Tests of the fit of a whole pattern. */
@NullMarked
package org.emberline.edge.metrics.pattern;

import org.jspecify.annotations.NullMarked;
