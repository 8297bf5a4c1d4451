package org.emberline.gpu;

/** How a pixel's counts are shared among radial bins. */
public enum Splitting {
    /** All to the bin that holds the pixel's centre. */
    NO,
    /** Over the bins between the smallest and largest radius of the pixel's corners, in proportion (pyFAI's "bbox"). */
    BBOX,
    /**
     * Each bin gets the fraction of the pixel's area whose radial coordinate lies in it.
     *
     * <p>The pixel is cut into four triangles between its centre and its sides, and the radial coordinate taken as linear in each:
     * where the coordinate curves, a level lies off by up to a quarter of the pixel's squared side over the radius. pyFAI's "full"
     * differs in taking the area in radius and azimuth, where the inner part of a pixel weighs more, by the ratio of the radii. As
     * with pyFAI, of a pixel that reaches over an end of the axis the part inside stands for all of it.
     */
    FULL
}
