/** Radiographs in plain Java: the reference the kernel is held to, and the fallback where there is no device. */
@NullMarked
package org.emberline.gpu.imaging.cpu;

import org.jspecify.annotations.NullMarked;
