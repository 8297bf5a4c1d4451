/**
 * Inputs without hardware: adapters that a simulation drives by hand (what it delivers reaches the sink at once, on the thread that
 * delivers it), and a probe whose values and troubles follow a script, for the same sampling that asks real chips.
 */
@NullMarked
package org.emberline.firmware.sim;

import org.jspecify.annotations.NullMarked;
