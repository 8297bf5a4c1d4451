/** Tests over the whole of edge-core, and what tests share. */
@NullMarked
package org.emberline.edge;

import org.jspecify.annotations.NullMarked;
