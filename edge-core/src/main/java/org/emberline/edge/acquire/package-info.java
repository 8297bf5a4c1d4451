/**
 * A frame is acquired: sources that fill slots from files or a live detector, and the readers of image, mask and temperature
 * files. Everything read here is hostile until parsed.
 */
@NullMarked
package org.emberline.edge.acquire;

import org.jspecify.annotations.NullMarked;
