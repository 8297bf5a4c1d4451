/**
 * Integration by OpenCL kernels: the only code that sees JOCL. A kernel is two files with one stem in one folder, and its host class
 * begins with the table of its buffers. Devices are listed by a process of their own, because a broken driver can end the process that
 * asks it.
 */
@NullMarked
package org.emberline.gpu.opencl;

import org.jspecify.annotations.NullMarked;
