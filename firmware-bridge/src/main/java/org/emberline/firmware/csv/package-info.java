/** Temperatures that another program, of a furnace controller or a data logger, writes into a growing CSV file. */
@NullMarked
package org.emberline.firmware.csv;

import org.jspecify.annotations.NullMarked;
