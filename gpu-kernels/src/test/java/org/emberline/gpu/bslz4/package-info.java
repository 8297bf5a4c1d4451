@NullMarked
package org.emberline.gpu.bslz4;

import org.jspecify.annotations.NullMarked;
