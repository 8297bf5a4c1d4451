package org.emberline.edge.metrics;

/** A cell in the making, written over and over; ångström. NaN where {@link #flags} says why; c is meaningless in a cubic phase. */
final class Cell {
    double a;
    double c;
    double sigmaA;
    double sigmaC;
    long flags;

    void none(long newFlags) {
        a = Double.NaN;
        c = Double.NaN;
        sigmaA = Double.NaN;
        sigmaC = Double.NaN;
        flags = newFlags;
    }
}
