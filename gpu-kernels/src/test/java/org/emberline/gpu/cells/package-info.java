/** Checks of the integration, its backends and the files it reads. */
@NullMarked
package org.emberline.gpu.cells;

import org.jspecify.annotations.NullMarked;
