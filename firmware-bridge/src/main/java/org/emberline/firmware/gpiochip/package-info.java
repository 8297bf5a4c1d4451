/**
 * GPIO lines by the kernel's character device, version 2 (Linux 5.10 and newer): trigger edges with the kernel's own time stamps and
 * sequence numbers, output lines, and what there is. See docs/adr/0018.
 */
@NullMarked
package org.emberline.firmware.gpiochip;

import org.jspecify.annotations.NullMarked;
