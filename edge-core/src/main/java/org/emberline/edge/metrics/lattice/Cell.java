package org.emberline.edge.metrics.lattice;

/** A cell in the making, written over and over; ångström. NaN where {@link #flags} says why; c is meaningless in a cubic phase. */
public final class Cell {
    public double a;
    public double c;
    public double sigmaA;
    public double sigmaC;
    public long flags;

    public void none(long newFlags) {
        a = Double.NaN;
        c = Double.NaN;
        sigmaA = Double.NaN;
        sigmaC = Double.NaN;
        flags = newFlags;
    }
}
