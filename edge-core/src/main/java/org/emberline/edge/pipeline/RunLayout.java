package org.emberline.edge.pipeline;

import java.time.Instant;
import java.util.List;
import org.emberline.edge.frame.DetectorLayout;

/**
 * What is fixed for a run and needed to read its frames.
 *
 * @param runId name of the run
 * @param started begin of the run
 * @param detectors at least one; the first is the one that a run with a single detector would have
 * @param channels thermocouple channels in the order of their indices
 */
public record RunLayout(String runId, Instant started, List<DetectorLayout> detectors, List<String> channels) {

    public RunLayout {
        detectors = List.copyOf(detectors);
        channels = List.copyOf(channels);
        if (detectors.isEmpty()) {
            throw new IllegalArgumentException("a run needs a detector run=" + runId);
        }
    }

    /** Backend and device of every reduction in words; the name stands before that of a detector beside the first. */
    public String backend() {
        StringBuilder text = new StringBuilder(detectors.getFirst().backend());
        for (DetectorLayout beside : detectors.subList(1, detectors.size())) {
            text.append("; ").append(beside.name()).append(' ').append(beside.backend());
        }
        return text.toString();
    }
}
