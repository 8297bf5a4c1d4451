@NullMarked
package org.emberline.edge.archive;

import org.jspecify.annotations.NullMarked;
