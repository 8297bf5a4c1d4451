/** The door of the firmware bridge: from settings to ports, whatever adapter they name. */
@NullMarked
package org.emberline.firmware.bridge;

import org.jspecify.annotations.NullMarked;
