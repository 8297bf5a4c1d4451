@NullMarked
package org.emberline.edge.sync;

import org.jspecify.annotations.NullMarked;
