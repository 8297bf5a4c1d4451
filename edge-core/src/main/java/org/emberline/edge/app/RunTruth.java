package org.emberline.edge.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.archive.RunReader;
import org.emberline.edge.archive.RunReader.Point;
import org.emberline.edge.archive.TruthTable;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.MetricLayout;
import org.jspecify.annotations.Nullable;

/** Holds what a simulated run has archived against what was true, and leaves the truth in the run's database. */
final class RunTruth {

    private RunTruth() {}

    /**
     * What is known of one detector.
     *
     * @param metrics its published metrics
     * @param truth what is true of its frames, or null for real ones
     */
    record Known(String detector, List<String> metrics, Input.@Nullable Truth truth) {}

    /** Of a run whose archive is closed, by the truth that its detectors' inputs know; see {@link #compare}. */
    static Map<String, AgainstTruth> compareAll(RunFolder folder, List<OpenDetector> detectors) throws IOException {
        List<Known> known = new ArrayList<>();
        for (OpenDetector detector : detectors) {
            DetectorLayout about = detector.layout();
            known.add(new Known(
                    about.name(),
                    about.metrics().stream().map(MetricLayout::name).toList(),
                    detector.input().truth()));
        }
        return compare(folder, known);
    }

    /**
     * @param folder of a run whose archive is closed
     * @param detectors in the order of the archive
     * @return published series against the truth, for those of which the twin knows the truth, by {@link Names} and metric
     */
    static Map<String, AgainstTruth> compare(RunFolder folder, List<Known> detectors) throws IOException {
        Map<String, AgainstTruth> against = new LinkedHashMap<>();
        List<Map<Long, Map<String, Double>>> byFrame = new ArrayList<>();
        try (RunReader reader = new RunReader(folder)) {
            for (int i = 0; i < detectors.size(); i++) {
                byFrame.add(compare(reader, i, detectors.get(i), against));
            }
        }
        if (detectors.stream().anyMatch(detector -> detector.truth != null)) {
            TruthTable.write(folder, byFrame);
        }
        return against;
    }

    private static Map<Long, Map<String, Double>> compare(
            RunReader reader, int index, Known detector, Map<String, AgainstTruth> against) throws IOException {
        Map<Long, Map<String, Double>> byFrame = new LinkedHashMap<>();
        if (detector.truth == null) {
            return byFrame;
        }
        List<Point> temperature = reader.temperature(index);
        for (Point frame : temperature) {
            byFrame.put(frame.frame(), detector.truth.at(frame.midNanos()));
        }
        String name = Names.temperature(index, detector.detector);
        against.put(name, AgainstTruth.of(temperature, frame -> valueOf(byFrame, frame, Names.TEMPERATURE)));
        for (String metric : detector.metrics) {
            if (byFrame.values().stream().anyMatch(values -> values.containsKey(metric))) {
                against.put(metric, AgainstTruth.of(reader.metric(metric), frame -> valueOf(byFrame, frame, metric)));
            }
        }
        return byFrame;
    }

    private static double valueOf(Map<Long, Map<String, Double>> byFrame, long frame, String name) {
        return byFrame.getOrDefault(frame, Map.of()).getOrDefault(name, Double.NaN);
    }
}
