package org.emberline.edge.pipeline;

import java.time.Instant;
import java.util.List;
import org.emberline.gpu.RadialAxis;

/**
 * What is fixed for a run and needed to read its frames.
 *
 * @param runId name of the run
 * @param started begin of the run
 * @param backend backend and device of the reduction, in words
 * @param detector detector name, a CoAP path segment
 * @param axis radial bins
 * @param metricNames names in slot order
 * @param metricUnits SenML units in slot order
 * @param channels thermocouple channels in the order of their indices
 */
public record RunLayout(
        String runId,
        Instant started,
        String backend,
        String detector,
        RadialAxis axis,
        List<String> metricNames,
        List<String> metricUnits,
        List<String> channels) {

    public RunLayout {
        metricNames = List.copyOf(metricNames);
        metricUnits = List.copyOf(metricUnits);
        channels = List.copyOf(channels);
    }
}
