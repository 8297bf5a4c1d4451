@NullMarked
package org.emberline.edge.app.bench;

import org.jspecify.annotations.NullMarked;
