/**
 * The twin: a simulated calcination whose true values are known for every frame. Touched only by factories, the app and tests.
 */
@NullMarked
package org.emberline.edge.twin;

import org.jspecify.annotations.NullMarked;
