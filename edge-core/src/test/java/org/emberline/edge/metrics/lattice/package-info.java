/** Tests of the search for a cell, and the rings they are tried on. */
@NullMarked
package org.emberline.edge.metrics.lattice;

import org.jspecify.annotations.NullMarked;
