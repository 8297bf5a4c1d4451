/**
 * Which of several backends does the work: the fastest by measurement, which is remembered, and another when its device fails. Knows
 * nothing of what the work is.
 */
@NullMarked
package org.emberline.gpu.choice;

import org.jspecify.annotations.NullMarked;
