@NullMarked
package org.emberline.edge.pipeline;

import org.jspecify.annotations.NullMarked;
