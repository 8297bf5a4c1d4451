/**
 * The whole pattern of a frame as one least-squares problem: the lines of all phases over a smooth background, with the covariance of
 * everything that is fitted. What the lines' areas mean is decided outside.
 */
@NullMarked
package org.emberline.edge.metrics.pattern;

import org.jspecify.annotations.NullMarked;
