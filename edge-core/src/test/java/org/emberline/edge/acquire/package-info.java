/** Frames, corrections and temperatures from files: generated ones, hostile ones and measured ones. */
@NullMarked
package org.emberline.edge.acquire;

import org.jspecify.annotations.NullMarked;
