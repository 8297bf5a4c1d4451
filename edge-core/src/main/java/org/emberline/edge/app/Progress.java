package org.emberline.edge.app;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.DetectorView;

/** Shows how far a run is: a bar that redraws itself on a terminal, a plain line now and then elsewhere. */
final class Progress {
    private static final int WIDTH = 30;
    private static final int PLAIN_LINES = 10;
    /** Of each detector, of those that have a value: a line is to be read at a glance. */
    private static final int MOST_METRICS = 4;

    private static final long REFRESH_NANOS = 200_000_000;

    private final PrintWriter err;
    private final boolean terminal;
    private final List<Long> expected;
    private final long total;
    private long lastTenth = -1;

    /** @param expected frames of each detector in the whole run, 0 where there is no end */
    Progress(PrintWriter err, boolean terminal, List<Long> expected) {
        this.err = err;
        this.terminal = terminal;
        this.expected = List.copyOf(expected);
        total = expected.contains(0L)
                ? 0
                : expected.stream().mapToLong(frames -> frames).sum();
    }

    /** Shows the latest state a few times a second until the thread is interrupted. */
    void follow(Supplier<Snapshot> latest) {
        while (!Thread.currentThread().isInterrupted()) {
            show(latest.get());
            LockSupport.parkNanos(REFRESH_NANOS);
        }
    }

    void show(Snapshot snapshot) {
        long done = snapshot.ledger().published();
        if (terminal) {
            err.print("\r" + bar(done) + " " + line(snapshot) + "\u001b[K");
            err.flush();
        } else if (total > 0 && done * PLAIN_LINES / total > lastTenth) {
            lastTenth = done * PLAIN_LINES / total;
            err.println(line(snapshot));
        }
    }

    void finish() {
        if (terminal) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    private String bar(long done) {
        if (total == 0) {
            return "";
        }
        int full = (int) Math.min(WIDTH, done * WIDTH / total);
        return "[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "]";
    }

    private String line(Snapshot snapshot) {
        StringBuilder text = new StringBuilder();
        List<DetectorView> detectors = snapshot.detectors();
        for (int i = 0; i < detectors.size(); i++) {
            DetectorView detector = detectors.get(i);
            String counted = detectors.size() == 1 ? "frame" : detector.name();
            text.append(text.isEmpty() ? "" : "  ")
                    .append(counted)
                    .append(' ')
                    .append(detector.ledger().published());
            if (expected.get(i) > 0) {
                text.append(" of ").append(expected.get(i));
            }
            if (detector.frame() != null) {
                append(text, detector.frame());
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Snapshot.FrameView frame) {
        text.append(
                Double.isNaN(frame.temperatureCelsius())
                        ? "  no temperature"
                        : String.format(Locale.ROOT, "  %.1f Cel", frame.temperatureCelsius()));
        int shown = 0;
        for (Snapshot.MetricView metric : frame.metrics()) {
            if (Double.isNaN(metric.value()) || shown++ >= MOST_METRICS) {
                continue;
            }
            text.append("  ")
                    .append(metric.name())
                    .append(' ')
                    .append(Figures.withSigma(metric.value(), metric.sigma()));
        }
    }
}
