package org.emberline.edge.app;

import java.util.Map;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.csv.CsvStatus;
import org.emberline.firmware.sampling.SamplingStatus;

/** How sensors are shown, a line each. */
interface SensorFormat {

    String reading(String channel, ThermocoupleReading reading);

    /**
     * The trigger line.
     *
     * @param utcNanos now, nanoseconds since the Unix epoch
     * @param perSecond edges a second since the line before
     */
    String edges(long utcNanos, double perSecond, SensorBoard.Edges edges);

    /** That the trigger line has ended by itself. */
    String lost(long utcNanos, String failure);

    /** What a channel did in all. */
    String total(SamplingStatus.Channel channel);

    /** What came of a log in all. */
    String total(CsvStatus log);

    /**
     * What the trigger line did in all.
     *
     * @param counts of its adapter, may be empty
     */
    String total(SensorBoard.Edges edges, Map<String, Long> counts);
}
