package org.emberline.edge.app;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.archive.RunReader;
import org.emberline.edge.archive.RunReader.Point;
import org.emberline.edge.archive.TruthTable;

/** Holds what a simulated run has archived against what was true, and leaves the truth in the run's database. */
final class RunTruth {
    private static final String TEMPERATURE = "temperature";

    private RunTruth() {}

    /**
     * @param folder of a run whose archive is closed
     * @param metrics published metrics
     * @return published series against the truth, for those of which the twin knows the truth
     */
    static Map<String, AgainstTruth> compare(RunFolder folder, Input.Truth truth, List<String> metrics)
            throws IOException {
        Map<String, List<Point>> series = new LinkedHashMap<>();
        try (RunReader reader = new RunReader(folder)) {
            series.put(TEMPERATURE, reader.temperature());
            for (String metric : metrics) {
                series.put(metric, reader.metric(metric));
            }
        }
        Map<Long, Map<String, Double>> byFrame = new LinkedHashMap<>();
        for (Point frame : series.getOrDefault(TEMPERATURE, List.of())) {
            byFrame.put(frame.frame(), truth.at(frame.midNanos()));
        }
        TruthTable.write(folder, byFrame);
        Map<String, AgainstTruth> against = new LinkedHashMap<>();
        series.forEach((name, points) -> {
            if (byFrame.values().stream().anyMatch(values -> values.containsKey(name))) {
                against.put(name, AgainstTruth.of(points, frame -> valueOf(byFrame, frame, name)));
            }
        });
        return against;
    }

    private static double valueOf(Map<Long, Map<String, Double>> byFrame, long frame, String name) {
        return byFrame.getOrDefault(frame, Map.of()).getOrDefault(name, Double.NaN);
    }
}
