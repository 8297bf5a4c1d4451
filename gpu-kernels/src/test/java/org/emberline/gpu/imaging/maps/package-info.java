/** Checks of the arithmetic on maps. */
@NullMarked
package org.emberline.gpu.imaging.maps;

import org.jspecify.annotations.NullMarked;
