/**
 * What the backends share on a radiograph: which blocks of pixels need a closer look, and what becomes of the blocks' figures: scale,
 * histogram, previews. A block is the square of detector pixels behind one downsampled pixel.
 */
@NullMarked
package org.emberline.gpu.imaging.blocks;

import org.jspecify.annotations.NullMarked;
