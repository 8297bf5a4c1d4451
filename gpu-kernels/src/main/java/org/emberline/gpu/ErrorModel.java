package org.emberline.gpu;

/** Where a bin's sigma comes from. */
public enum ErrorModel {
    /** The counts are Poisson: the variance of a pixel is its raw count (plus that of the dark it is corrected by). */
    POISSON,
    /** No sigma is computed; it is NaN in every bin. */
    NONE
}
