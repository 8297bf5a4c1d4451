package org.emberline.gpu;

/** How a pixel's counts are shared among radial bins. */
public enum Splitting {
    /** All to the bin that holds the pixel's centre. */
    NO,
    /** Over the bins between the smallest and largest radius of the pixel's corners, in proportion (pyFAI's "bbox"). */
    BBOX
}
