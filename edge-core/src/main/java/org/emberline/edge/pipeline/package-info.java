/**
 * The pipeline carries frames from a source through the stages, and shows the latest state as immutable records. Disruptor only
 * here.
 */
@NullMarked
package org.emberline.edge.pipeline;

import org.jspecify.annotations.NullMarked;
