/**
 * Temperatures and triggers as they come from the hardware (or its simulation), before anything is made of them.
 *
 * <p>Ports live here, adapters below. This module knows neither frames nor kernels.
 */
@NullMarked
package org.emberline.firmware;

import org.jspecify.annotations.NullMarked;
