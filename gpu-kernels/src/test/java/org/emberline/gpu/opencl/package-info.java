@NullMarked
package org.emberline.gpu.opencl;

import org.jspecify.annotations.NullMarked;
