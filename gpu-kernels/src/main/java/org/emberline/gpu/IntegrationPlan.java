package org.emberline.gpu;

/**
 * Everything that is fixed for a run of frames: made once, after which each frame is only summed.
 *
 * @param geometry geometry with a definite detector shape
 * @param format how the frame's pixels lie in memory
 * @param flipRows whether row 0 in memory is the last row of the geometry
 * @param axis the radial bins
 * @param splitting how pixels are shared among bins
 * @param corrections dark, flat, mask, solid angle, polarisation
 * @param errorModel where sigma comes from
 * @param keepNegative whether negative pixels of signed formats count; otherwise they are invalid in that frame (detector gaps)
 * @param saturationCounts raw value at and above which a pixel counts as saturated; infinity for never. Saturated pixels are
 *     counted, not dropped
 */
public record IntegrationPlan(
        Geometry geometry,
        PixelFormat format,
        boolean flipRows,
        RadialAxis axis,
        Splitting splitting,
        Corrections corrections,
        ErrorModel errorModel,
        boolean keepNegative,
        double saturationCounts) {

    public IntegrationPlan {
        int pixels = geometry.detector().pixels();
        if (pixels == 0) {
            throw new IllegalArgumentException("the detector has no shape");
        }
        requireShape("dark", corrections.dark() == null ? pixels : corrections.dark().length, geometry.detector());
        requireShape(
                "dark variance",
                corrections.darkVariance() == null ? pixels : corrections.darkVariance().length,
                geometry.detector());
        requireShape("flat", corrections.flat() == null ? pixels : corrections.flat().length, geometry.detector());
        requireShape("mask", corrections.mask() == null ? pixels : corrections.mask().length, geometry.detector());
        if (axis.unit().needsWavelength() && Double.isNaN(geometry.wavelengthMetres())) {
            throw new IllegalArgumentException("the geometry gives no wavelength, which unit="
                    + axis.unit().symbol() + " needs");
        }
    }

    private static void requireShape(String what, int length, Detector detector) {
        if (length != detector.pixels()) {
            throw new IllegalArgumentException(what + " has " + length + " pixels, the detector " + detector.rows()
                    + "x" + detector.columns() + " = " + detector.pixels());
        }
    }

    /** Bytes of one frame. */
    public long frameBytes() {
        return (long) geometry.detector().pixels() * format.bytes();
    }
}
