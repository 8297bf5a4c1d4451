@NullMarked
package org.emberline.gpu.cpu;

import org.jspecify.annotations.NullMarked;
