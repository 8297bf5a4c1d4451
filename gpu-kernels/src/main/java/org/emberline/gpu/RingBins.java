package org.emberline.gpu;

/**
 * The radial bins of a ring and of its flanks: those whose centre lies between the edges.
 *
 * @param first first bin of the ring
 * @param end one beyond its last bin
 * @param innerFirst first bin of the inner flank, which ends at {@code first}; equal to it without background
 * @param outerEnd one beyond the last bin of the outer flank, which begins at {@code end}; equal to it without background
 */
public record RingBins(int first, int end, int innerFirst, int outerEnd) {

    /**
     * The bins of a ring on an axis. Flanks that reach over an end of the axis are cut there.
     *
     * @throws IllegalArgumentException when the ring, or the background it asks for, has no bin
     */
    public static RingBins of(Ring ring, RadialAxis axis) {
        int first = binFrom(ring.lower(), axis);
        int end = binFrom(ring.upper(), axis);
        if (end <= first) {
            throw new IllegalArgumentException("the ring has no bin of its own " + ring.name() + "=" + ring.lower()
                    + "," + ring.upper() + ", range=" + axis.lower() + "," + axis.upper() + ", npt=" + axis.bins());
        }
        int innerFirst = binFrom(ring.lower() - ring.background(), axis);
        int outerEnd = binFrom(ring.upper() + ring.background(), axis);
        if (ring.background() > 0 && innerFirst == first && outerEnd == end) {
            throw new IllegalArgumentException("the background of the ring has no bin " + ring.name() + ".background="
                    + ring.background() + ", bin width " + axis.binWidth());
        }
        return new RingBins(first, end, innerFirst, outerEnd);
    }

    /** The first bin whose centre is not below a coordinate. */
    private static int binFrom(double coordinate, RadialAxis axis) {
        double bin = Math.ceil((coordinate - axis.lower()) / axis.binWidth() - 0.5);
        return (int) Math.clamp(bin, 0.0, axis.bins());
    }
}
