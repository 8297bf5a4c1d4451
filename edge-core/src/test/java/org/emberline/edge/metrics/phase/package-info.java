/** Tests of phases as data. */
@NullMarked
package org.emberline.edge.metrics.phase;

import org.jspecify.annotations.NullMarked;
