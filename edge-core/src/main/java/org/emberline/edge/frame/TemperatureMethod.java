package org.emberline.edge.frame;

/** How the temperature of a frame came about. */
public enum TemperatureMethod {
    /** There is none; a flag says why. */
    NONE,
    /** Time-mean over an exposure with readings in it. */
    MEAN,
    /** No reading lay in the exposure: from the straight line between those before and after. */
    INTERPOLATED,
    /** The exposure ended after the last reading, by no more than one reading period. */
    EXTRAPOLATED,
    /** The frame came with it: its file states one temperature, which is taken for the sample's as it stands. */
    STATED
}
