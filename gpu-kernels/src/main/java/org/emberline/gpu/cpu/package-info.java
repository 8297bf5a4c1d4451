/**
 * Integration in plain Java: the reference the kernels are held to, and the fallback where there is no device.
 */
@NullMarked
package org.emberline.gpu.cpu;

import org.jspecify.annotations.NullMarked;
