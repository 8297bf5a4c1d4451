package org.emberline.edge.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.sync.ClockView;
import org.emberline.edge.sync.TriggerMatcher;

/** What is worth saying of a run when it has ended. */
final class RunRemarks {
    private final Queue<String> shares = new ConcurrentLinkedQueue<>();
    private final Map<String, TriggerMatcher> matchers = new LinkedHashMap<>();

    /** Where a detector's clock is known from. While the run is made. */
    void clockOf(String detector, TriggerMatcher matcher) {
        matchers.put(detector, matcher);
    }

    /** A detector sends some frames only. Any thread. */
    void shared(String text) {
        shares.add(text);
    }

    /** The clocks of the detectors, those that are known. */
    Map<String, ClockView> clocks() {
        Map<String, ClockView> clocks = new LinkedHashMap<>();
        matchers.forEach((name, matcher) -> {
            ClockView view = matcher.clock();
            if (view.matches() > 0) {
                clocks.put(name, view);
            }
        });
        return clocks;
    }

    /** By the names of {@link Input}. */
    Map<String, String> of(List<OpenDetector> detectors) {
        Map<String, String> remarks = new LinkedHashMap<>();
        for (OpenDetector detector : detectors) {
            String loss = detector.input().firstLoss().get();
            if (loss != null) {
                var _ = remarks.putIfAbsent(Input.FIRST_LOSS, loss);
            }
        }
        if (!shares.isEmpty()) {
            remarks.put("shared", String.join("; ", shares));
        }
        return remarks;
    }

    /** How long it took, and how many frames a second that makes. */
    static Map<String, Double> timings(double seconds, Snapshot last) {
        Map<String, Double> timings = new LinkedHashMap<>();
        timings.put("wall_seconds", seconds);
        timings.put("frames_per_second", last.ledger().frames() / seconds);
        return timings;
    }
}
