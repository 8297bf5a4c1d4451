@NullMarked
package org.emberline.firmware.chip;

import org.jspecify.annotations.NullMarked;
