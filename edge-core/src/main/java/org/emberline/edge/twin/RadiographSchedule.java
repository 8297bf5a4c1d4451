package org.emberline.edge.twin;

/**
 * When radiographs are taken: in sweeps through the energies, the sweeps spread evenly over the run. A sweep that would not fit its share of
 * the run is no sweep, and the radiographs then follow each other evenly.
 *
 * @param frames radiographs of the run; the last sweep may lack some
 * @param energies radiographs of a sweep
 * @param secondsBetween from one to the next within a sweep; 0 for radiographs evenly over the run
 */
record RadiographSchedule(int frames, int energies, double secondsBetween, double runSeconds) {

    private boolean sweeps() {
        return secondsBetween > 0 && secondsBetween < runSeconds / frames;
    }

    /** Middle of an exposure, seconds since the start of the run. */
    double middle(long frame) {
        double share = runSeconds / frames;
        if (!sweeps()) {
            return (frame + 0.5) * share;
        }
        long sweep = frame / energies;
        // What is left over of the last sweep is centred in the shorter share that is left for it.
        long first = sweep * energies;
        long inSweep = Math.min(energies, frames - first);
        return (first + inSweep / 2.0) * share + (frame - first - (inSweep - 1) / 2.0) * secondsBetween;
    }

    /** The radiograph whose exposure lies nearest to a moment. */
    long nearest(double seconds) {
        long sweep = (long) Math.floor(seconds / (runSeconds / frames) / energies);
        long best = 0;
        double distance = Double.POSITIVE_INFINITY;
        long from = Math.clamp((sweep - 1) * energies, 0, frames - 1L);
        long to = Math.clamp((sweep + 2) * energies, 0, frames - 1L);
        for (long frame = from; frame <= to; frame++) {
            double off = Math.abs(middle(frame) - seconds);
            best = off < distance ? frame : best;
            distance = Math.min(off, distance);
        }
        return best;
    }

    /** Longest exposure with which no radiograph overlaps the next one. */
    double longestExposureSeconds() {
        return sweeps() ? secondsBetween : runSeconds / frames;
    }

    /** Whether a radiograph is the last of a sweep, with which a set of all energies is complete. */
    boolean endsSweep(long frame) {
        return frame % energies == energies - 1;
    }

    /** The last radiograph of the first sweep, with which the first set is complete. */
    long firstSet() {
        return Math.min(frames, energies) - 1L;
    }
}
