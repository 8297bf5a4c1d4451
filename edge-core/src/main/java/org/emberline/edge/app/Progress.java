package org.emberline.edge.app;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.emberline.edge.pipeline.Snapshot;

/** Shows how far a run is: a bar that redraws itself on a terminal, a plain line now and then elsewhere. */
final class Progress {
    private static final int WIDTH = 30;
    private static final int PLAIN_LINES = 10;
    private static final long REFRESH_NANOS = 200_000_000;

    private final PrintWriter err;
    private final boolean terminal;
    private final long expected;
    private long lastTenth = -1;

    /** @param expected frames of the whole run, 0 when it has no end */
    Progress(PrintWriter err, boolean terminal, long expected) {
        this.err = err;
        this.terminal = terminal;
        this.expected = expected;
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
        } else if (expected > 0 && done * PLAIN_LINES / expected > lastTenth) {
            lastTenth = done * PLAIN_LINES / expected;
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
        if (expected == 0) {
            return "";
        }
        int full = (int) Math.min(WIDTH, done * WIDTH / expected);
        return "[" + "#".repeat(full) + " ".repeat(WIDTH - full) + "]";
    }

    private String line(Snapshot snapshot) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "frame %d", snapshot.ledger().published()));
        if (expected > 0) {
            text.append(" of ").append(expected);
        }
        Snapshot.FrameView frame = snapshot.frame();
        if (frame != null) {
            text.append(
                    Double.isNaN(frame.temperatureCelsius())
                            ? "  no temperature"
                            : String.format(Locale.ROOT, "  %.1f Cel", frame.temperatureCelsius()));
            for (Snapshot.MetricView metric : frame.metrics()) {
                text.append("  ")
                        .append(metric.name())
                        .append(' ')
                        .append(Figures.withSigma(metric.value(), metric.sigma()));
            }
        }
        return text.toString();
    }
}
