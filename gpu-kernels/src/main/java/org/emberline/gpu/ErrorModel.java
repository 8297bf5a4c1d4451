package org.emberline.gpu;

/** Where a bin's sigma comes from. */
public enum ErrorModel {
    /**
     * The counts are Poisson: the variance of a pixel is its raw count, plus the variance of the dark it is corrected by. A bin's
     * variance is never taken for less than that of one count, so that a bin without counts does not pretend to be certain.
     */
    POISSON,
    /** The scatter of the pixels within the bin, whatever causes it; needs no knowledge of the detector's gain. */
    AZIMUTHAL,
    /** No sigma is computed; it is NaN in every bin. */
    NONE
}
