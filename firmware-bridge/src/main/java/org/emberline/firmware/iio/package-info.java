/** Chips that the kernel owns: its Industrial I/O drivers show them as small text files, whatever bus they hang on. */
@NullMarked
package org.emberline.firmware.iio;

import org.jspecify.annotations.NullMarked;
