/**
 * The detectors' compression: bitshuffle with LZ4, as DECTRIS detectors send frames and as HDF5 filter 32008 stores chunks. A chunk is
 * hostile until parsed: whatever is wrong with it becomes a {@link org.emberline.gpu.bslz4.CorruptChunkException}, and it costs no more
 * memory than what it must decode to.
 */
@NullMarked
package org.emberline.gpu.bslz4;

import org.jspecify.annotations.NullMarked;
