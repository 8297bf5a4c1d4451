/** Asks the chips in time: deadlines, retries, faults that last, readings stamped at the centre of their conversion. */
@NullMarked
package org.emberline.firmware.sampling;

import org.jspecify.annotations.NullMarked;
