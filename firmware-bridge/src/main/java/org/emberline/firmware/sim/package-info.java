/**
 * Inputs without hardware: adapters that a simulation drives by hand. What it delivers reaches the sink at once, on the thread that
 * delivers it.
 */
@NullMarked
package org.emberline.firmware.sim;

import org.jspecify.annotations.NullMarked;
