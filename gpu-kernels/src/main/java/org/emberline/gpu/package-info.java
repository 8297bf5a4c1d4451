/**
 * The arithmetic on detector pixels: a frame goes in, a radial pattern with its uncertainty comes out.
 *
 * <p>This package holds the values (geometry, corrections, plans, results), the {@link org.emberline.gpu.Reducer} port and the
 * factory that opens it. Adapters live below: {@code cpu} (reference and fallback) and {@code opencl} (the only code that sees
 * JOCL). Nothing here knows the furnace, the archive or the network.
 */
@NullMarked
package org.emberline.gpu;

import org.jspecify.annotations.NullMarked;
