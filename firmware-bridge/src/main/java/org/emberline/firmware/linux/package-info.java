/**
 * The Linux kernel by its system calls, through the foreign function interface and without a native library: opening devices, asking
 * them, waiting for them, and telling in words what went wrong and what mends it. x86-64 and arm64, whose numbers and layouts are the
 * same.
 */
@NullMarked
package org.emberline.firmware.linux;

import org.jspecify.annotations.NullMarked;
