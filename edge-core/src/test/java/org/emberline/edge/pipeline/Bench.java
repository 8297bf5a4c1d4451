package org.emberline.edge.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.MetricLayout;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;

/** A pipeline of tiny slots that the test fills as it likes. */
final class Bench {
    static final int SLOTS = 4;

    private Bench() {}

    /** @param ways one or two; their detectors are called panel and microscope */
    static Pipeline pipeline(WhenFull whenFull, Pipeline.Way... ways) {
        RadialAxis axis = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 8, 0, 8);
        List<DetectorLayout> detectors = Stream.of("panel", "microscope")
                .limit(ways.length)
                .map(name -> new DetectorLayout(
                        name, "none", new DetectorLayout.Patterns(64, axis), List.of(MetricLayout.of("m", ""))))
                .toList();
        return new Pipeline(
                new PipelineSettings(SLOTS, whenFull, Duration.ofMillis(1)),
                new RunLayout("test", Instant.EPOCH, detectors, List.of()),
                List.of(ways),
                new LatestReadings(List.of()),
                new HealthBoard(() -> 0));
    }
}
