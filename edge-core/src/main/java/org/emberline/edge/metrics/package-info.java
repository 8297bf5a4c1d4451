/**
 * A frame is measured: every {@link org.emberline.edge.metrics.Metric} turns the reduced slot into one value with its sigma, or into
 * a flag that says why there is none.
 */
@NullMarked
package org.emberline.edge.metrics;

import org.jspecify.annotations.NullMarked;
