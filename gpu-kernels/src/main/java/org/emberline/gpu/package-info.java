/**
 * The arithmetic on detector pixels: a frame goes in, a radial pattern with its uncertainty comes out, and a cake and the counts of rings when asked.
 *
 * <p>This package holds the values (geometry, corrections, plans, results), the {@link org.emberline.gpu.Reducer} port and the
 * factory that opens it. Below lie what the adapters share ({@code cells}: where pixels go; {@code bslz4}: compressed frames; {@code choice}: which backend) and the
 * adapters: {@code cpu} (reference and fallback) and {@code opencl} (the only code that sees JOCL). Nothing here knows the furnace, the archive or the network.
 */
@NullMarked
package org.emberline.gpu;

import org.jspecify.annotations.NullMarked;
