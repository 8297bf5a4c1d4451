@NullMarked
package org.emberline.edge.app;

import org.jspecify.annotations.NullMarked;
