/**
 * Adapters that a simulation drives by hand: what it delivers reaches the sink at once, on the thread that delivers it.
 */
@NullMarked
package org.emberline.firmware.sim;

import org.jspecify.annotations.NullMarked;
