/** The clocks that stamp readings and edges, how they relate, and whether anything keeps the system's clock right. */
@NullMarked
package org.emberline.firmware.clock;

import org.jspecify.annotations.NullMarked;
