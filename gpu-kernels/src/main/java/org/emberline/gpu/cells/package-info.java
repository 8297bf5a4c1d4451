/**
 * Where pixels go, and what becomes of their sums. A <em>cell</em> is one radial bin in one azimuthal sector; the pattern is the sum
 * of its cells over the sectors. For each frame a backend only has to sum raw counts cell by cell and to tell which pixels became
 * invalid or valid again: everything else that enters the result is constant in between and kept here.
 */
@NullMarked
package org.emberline.gpu.cells;

import org.jspecify.annotations.NullMarked;
