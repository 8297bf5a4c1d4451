/**
 * What {@code bench} measures: synthetic input, a stopwatch that takes candidates in turns, and the comparison with independent
 * programs. Knows nothing of the command line.
 */
@NullMarked
package org.emberline.edge.app.bench;

import org.jspecify.annotations.NullMarked;
