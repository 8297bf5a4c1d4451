/**
 * A frame is synchronised: bound to its trigger, and given the temperature of its exposure with an uncertainty.
 */
@NullMarked
package org.emberline.edge.sync;

import org.jspecify.annotations.NullMarked;
