/** A crystalline phase as data: what its lines are, and where and how strong they are to be expected. */
@NullMarked
package org.emberline.edge.metrics.phase;

import org.jspecify.annotations.NullMarked;
