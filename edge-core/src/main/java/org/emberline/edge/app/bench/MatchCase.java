package org.emberline.edge.app.bench;

/**
 * A simulated series of frames and triggers.
 *
 * @param name as printed
 * @param frames exposures
 * @param periodNanos from exposure to exposure
 * @param irregular whether the intervals vary, by up to their half
 * @param numbered whether frames have numbers
 * @param stamped whether frames have the detector's time
 * @param detectorJitterNanos standard deviation of the detector's stamps
 * @param edgeJitterNanos standard deviation of the edges' stamps
 * @param lossFraction probability that an edge is missed, that it comes twice, and that a frame is lost, each
 * @param latencyFraction share of the period that frames take after their exposure at least; on average 5 % more
 * @param latencyKnown whether the matcher is told that this is less than a period
 * @param eventful whether there are a pause, a re-armed series, a wrap of the numbers, and jumps of both clocks
 */
record MatchCase(
        String name,
        int frames,
        long periodNanos,
        boolean irregular,
        boolean numbered,
        boolean stamped,
        double detectorJitterNanos,
        double edgeJitterNanos,
        double lossFraction,
        double latencyFraction,
        boolean latencyKnown,
        boolean eventful) {}
