package org.emberline.edge.app.bench;

import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.Splitting;

/**
 * What frames are reduced, and to what.
 *
 * @param rows rows of the detector
 * @param columns its columns
 * @param format how its pixels lie in memory
 * @param splitting how pixels are shared among bins
 * @param bins radial bins
 * @param sectors azimuthal sectors of the cake; 0 for no cake
 * @param maskedFrame whether the frames themselves carry invalid pixels
 */
public record ReduceSettings(
        int rows, int columns, PixelFormat format, Splitting splitting, int bins, int sectors, boolean maskedFrame) {

    /** Number of pixels of a frame. */
    public int pixels() {
        return Math.multiplyExact(rows, columns);
    }

    /** Whether pattern, cake and rings together are measured beside the pattern. */
    public boolean cake() {
        return sectors > 0;
    }
}
