/** The wires a chip hangs on, as small as chips need them. Adapters: {@code linux}, {@code gpiochip}, {@code pi4j}. */
@NullMarked
package org.emberline.firmware.bus;

import org.jspecify.annotations.NullMarked;
