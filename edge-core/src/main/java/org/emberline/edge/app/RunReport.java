package org.emberline.edge.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.emberline.edge.pipeline.Ledger;
import org.emberline.edge.pipeline.Snapshot;
import org.emberline.edge.pipeline.Snapshot.DetectorView;

/** The table at the end of a run, for people. */
final class RunReport {
    private final PrintWriter out;

    RunReport(PrintWriter out) {
        this.out = out;
    }

    void print(Outcome outcome, Path folder) {
        Snapshot last = outcome.last();
        line("run", last.run().runId() + "  " + outcome.reason());
        line("folder", folder.toString());
        line("backend", last.run().backend());
        line(
                "frames",
                String.format(
                        Locale.ROOT,
                        "%d in %.1f s (%.1f/s)",
                        last.ledger().frames(),
                        outcome.timings().get("wall_seconds"),
                        outcome.timings().get("frames_per_second")));
        line("ledger", ledger(last.ledger(), last.settled()));
        if (last.detectors().size() > 1) {
            for (DetectorView detector : last.detectors()) {
                line(
                        detector.name(),
                        ledger(detector.ledger(), detector.ledger().settled()));
            }
        }
        if (last.run().fault() != null) {
            line("fault", Objects.requireNonNull(last.run().fault()));
        }
        clock(outcome.clock());
        outcome.remarks().forEach(this::line);
        metrics(outcome);
    }

    /** Silent while there is nothing to doubt. */
    private void clock(RunClock.Facts clock) {
        if (!clock.trusted()) {
            String steps = clock.steps() == 0
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "; set %d times, the latest by %+.3f s",
                            clock.steps(),
                            clock.latestStepNanos() / 1e9);
            line("clock", FirmwareWords.of(clock.synchronisation()) + steps);
        }
    }

    private void metrics(Outcome outcome) {
        List<DetectorView> detectors = outcome.last().detectors();
        if (detectors.stream().allMatch(detector -> detector.frame() == null)) {
            return;
        }
        boolean truth = !outcome.truth().isEmpty();
        out.println();
        out.println((row("metric", "last frame", "unit") + (truth ? row3("rms error", "bias", "in 95 %") : ""))
                .stripTrailing());
        for (int i = 0; i < detectors.size(); i++) {
            Snapshot.FrameView frame = detectors.get(i).frame();
            if (frame != null) {
                frame(outcome, Names.temperature(i, detectors.get(i).name()), frame);
            }
        }
        if (truth) {
            out.println("rms error, bias and the share of truths within the stated 95 % interval are over all frames");
        }
    }

    private void frame(Outcome outcome, String temperature, Snapshot.FrameView frame) {
        metric(outcome, temperature, frame.temperatureCelsius(), frame.temperatureSigma(), "Cel");
        for (Snapshot.MetricView metric : frame.metrics()) {
            metric(outcome, metric.name(), metric.value(), metric.sigma(), metric.unit());
            if (!metric.flags().isEmpty()) {
                out.println("    " + String.join(" ", metric.flags()));
            }
        }
        if (!frame.flags().isEmpty()) {
            line("flags", String.join(" ", frame.flags()));
        }
    }

    private void metric(Outcome outcome, String name, double value, double sigma, String unit) {
        AgainstTruth truth = outcome.truth().get(name);
        String tail = truth == null
                ? ""
                : row3(
                        String.format(Locale.ROOT, "%.2e", truth.rmsError()),
                        String.format(Locale.ROOT, "%+.2e", truth.bias()),
                        String.format(Locale.ROOT, "%.1f %%", 100 * truth.coverage95()));
        out.println((row(name, Figures.withSigma(value, sigma), unit) + tail).stripTrailing());
    }

    private static String ledger(Ledger ledger, boolean closes) {
        return String.format(
                Locale.ROOT,
                "triggers %d, frames %d, reduced %d, published %d, archived %d, lost %d%s: %s",
                ledger.triggers(),
                ledger.frames(),
                ledger.reduced(),
                ledger.published(),
                ledger.archived(),
                ledger.lostTotal(),
                ledger.lost().isEmpty() ? "" : " " + ledger.lost(),
                closes ? "closes" : "DOES NOT CLOSE");
    }

    private void line(String name, String text) {
        out.println(String.format(Locale.ROOT, "%-10s %s", name, text));
    }

    private static String row(String name, String value, String unit) {
        return String.format(Locale.ROOT, "%-23s %-26s %-8s", name, value, unit);
    }

    private static String row3(String a, String b, String c) {
        return String.format(Locale.ROOT, " %12s %12s %10s", a, b, c);
    }
}
