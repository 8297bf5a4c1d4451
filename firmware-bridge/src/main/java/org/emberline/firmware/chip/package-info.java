/** Thermocouple converter chips as pure functions: bytes in, a {@link org.emberline.firmware.chip.Conversion} out. No I/O, no state. */
@NullMarked
package org.emberline.firmware.chip;

import org.jspecify.annotations.NullMarked;
