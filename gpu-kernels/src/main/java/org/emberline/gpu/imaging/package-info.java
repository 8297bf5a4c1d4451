/**
 * Radiographs: a detector frame goes in, a small map of optical density with its variance, a histogram and previews come out.
 *
 * <p>This package holds the values (flat fields, plans, results), the {@link org.emberline.gpu.imaging.ImageReducer} port and the
 * factory that opens it. {@code blocks} holds what its adapters share, {@code cpu} the reference and fallback; the OpenCL adapter lies
 * with the other code that sees JOCL. {@code maps} is the arithmetic on the small maps: registration, sizes, regions, indices.
 */
@NullMarked
package org.emberline.gpu.imaging;

import org.jspecify.annotations.NullMarked;
