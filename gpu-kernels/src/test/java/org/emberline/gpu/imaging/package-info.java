/** Checks of the radiographs, their backends and the arithmetic on their maps. */
@NullMarked
package org.emberline.gpu.imaging;

import org.jspecify.annotations.NullMarked;
