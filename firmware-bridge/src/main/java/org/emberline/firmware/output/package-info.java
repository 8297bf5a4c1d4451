/** Lines that tell the outside how the run is: a heartbeat for a watchdog and an interlock. */
@NullMarked
package org.emberline.firmware.output;

import org.jspecify.annotations.NullMarked;
