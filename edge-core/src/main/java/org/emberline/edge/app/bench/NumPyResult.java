package org.emberline.edge.app.bench;

/**
 * How NumPy did.
 *
 * @param version its version
 * @param samples its times
 * @param deviation the largest difference of its optical densities from ours, which is the largest relative one of transmissions
 * @param moved downsampled pixels that it counts in another bin than we do
 */
record NumPyResult(String version, Samples samples, double deviation, long moved) {}
