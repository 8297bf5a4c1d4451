package org.emberline.gpu.imaging;

/** What is wanted of a frame beside its optical density. */
public enum ImageDetail {
    /** Optical density only, about twice as fast: transmission and variance are not made. */
    DENSITY,
    /** Optical density, transmission and variance. */
    FULL
}
