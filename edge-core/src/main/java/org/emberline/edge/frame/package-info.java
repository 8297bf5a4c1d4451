/**
 * The frame on its way: one mutable slot, its flags, and the one-method interface of whatever works on it. Knows the leaves' values
 * only.
 */
@NullMarked
package org.emberline.edge.frame;

import org.jspecify.annotations.NullMarked;
