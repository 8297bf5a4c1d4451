/** What the unevenness of one ring around the circle says of the grains behind it: how many there are, how large, and whether they stay. */
@NullMarked
package org.emberline.edge.metrics.grains;

import org.jspecify.annotations.NullMarked;
