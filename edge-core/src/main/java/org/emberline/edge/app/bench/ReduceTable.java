package org.emberline.edge.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The result for people. */
final class ReduceTable {
    /** Above the lines of what was measured. */
    static final String HEAD = String.format(
            Locale.ROOT,
            "%-26s %10s  %18s %10s %10s %8s",
            "",
            "ms/frame",
            "p10..p90     ",
            "Mpixel/s",
            "frames/s",
            "B/frame");

    private ReduceTable() {}

    static List<String> of(ReduceResult result) throws BenchException {
        List<String> lines = new ArrayList<>();
        ReduceSettings settings = result.settings();
        lines.add(String.format(
                Locale.ROOT,
                "reduce     %dx%d %s, split %s, %d bins, all corrections, poisson%s",
                settings.rows(),
                settings.columns(),
                word(settings.format()),
                word(settings.splitting()),
                settings.bins(),
                settings.maskedFrame() ? ", invalid pixels in the frames" : ""));
        lines.add("backend    " + result.reason() + "; " + result.device());
        lines.add("");
        lines.add(HEAD);
        for (Figure figure : Figure.values()) {
            if (result.has(figure)) {
                lines.add(row(figure.words(), result.of(figure), settings.pixels()));
            }
        }
        lines.add("");
        shares(lines, result);
        if (result.pyFai() != null) {
            pyFai(lines, result, result.pyFai());
        }
        return lines;
    }

    /** A line below {@link #HEAD}. */
    static String row(String words, Samples samples, int pixels) {
        double millis = samples.medianMillis();
        return String.format(
                Locale.ROOT,
                "%-26s %10.4g  %8.4g..%-8.4g %10.5g %10.5g %8.0f",
                words,
                millis,
                samples.percentileMillis(10),
                samples.percentileMillis(90),
                pixels / (1e3 * millis),
                1e3 / millis,
                samples.bytesPerFrame());
    }

    private static void shares(List<String> lines, ReduceResult result) {
        if (result.has(Figure.CAKE)) {
            lines.add(String.format(
                    Locale.ROOT, "cake and rings take %.2f times the pattern's time", result.cakeToPattern()));
        }
        for (Figure ceiling : List.of(Figure.SUM, Figure.READ, Figure.TRANSFER)) {
            if (result.has(ceiling)) {
                lines.add(String.format(
                        Locale.ROOT,
                        "%.1f %% of the speed of %s (%s)",
                        100 * result.shareOf(ceiling),
                        ceiling.words(),
                        result.ceilingDevice()));
            }
        }
    }

    private static void pyFai(List<String> lines, ReduceResult result, PyFaiResult pyFai) throws BenchException {
        lines.add("");
        lines.add("pyFAI " + pyFai.version());
        for (PyFaiMethod method : pyFai.methods()) {
            String name = method.openCl() ? method.name() + ", " + method.device() : method.name();
            lines.add(
                    method.problem() != null
                            ? "  " + name + ": " + method.problem()
                            : String.format(
                                    Locale.ROOT,
                                    "%10.4g ms %8.4g Mpixel/s  deviates by %.1e%s  %s",
                                    method.medianMillis(),
                                    result.mpixPerSecond(method.medianMillis()),
                                    method.deviation(),
                                    method.comparable() ? "" : " (not comparable)",
                                    name));
        }
        PyFaiMethod rival = pyFai.requireRivalOf(result.backend());
        lines.add(String.format(
                Locale.ROOT, "%.1f times the speed of pyFAI's best (%s)", result.ratioTo(rival), rival.name()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
