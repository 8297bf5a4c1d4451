package org.emberline.edge.app;

import java.util.Map;
import org.emberline.edge.pipeline.EndReason;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.sync.ClockView;

/**
 * How a run ended.
 *
 * @param reason why it ended
 * @param last the final state
 * @param truth published values against the simulated truth, by metric; empty for real frames
 * @param timings figures by name
 * @param remarks what else is worth knowing, by name
 * @param clock how the system's clock stood, and what was done to it
 * @param detectorClocks what was found of the detectors' clocks, by detector; those left out of which nothing is known
 */
record Outcome(
        EndReason reason,
        Snapshot last,
        Map<String, AgainstTruth> truth,
        Map<String, Double> timings,
        Map<String, String> remarks,
        RunClock.Facts clock,
        Map<String, ClockView> detectorClocks) {

    /** Whether frames were carried to the end without a defect on the way. */
    boolean sound() {
        return (reason == EndReason.COMPLETED || reason == EndReason.STOPPED)
                && last.run().fault() == null
                && last.settled();
    }
}
