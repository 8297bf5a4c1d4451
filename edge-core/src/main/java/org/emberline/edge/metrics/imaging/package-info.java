/** What is measured in radiographs. */
@NullMarked
package org.emberline.edge.metrics.imaging;

import org.jspecify.annotations.NullMarked;
