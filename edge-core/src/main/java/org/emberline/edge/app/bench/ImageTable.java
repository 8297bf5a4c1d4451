package org.emberline.edge.app.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The result for people. */
final class ImageTable {
    private ImageTable() {}

    static List<String> of(ImageResult result) {
        List<String> lines = new ArrayList<>();
        ImageSettings settings = result.settings();
        lines.add(String.format(
                Locale.ROOT,
                "image      %dx%d u16, dark and flat, optical density of %dx%d pixels, histogram",
                settings.size(),
                settings.size(),
                settings.smallSize(),
                settings.smallSize()));
        lines.add("backend    " + result.reason() + "; " + result.device());
        lines.add("");
        lines.add(ReduceTable.HEAD);
        for (Figure figure : Figure.values()) {
            if (result.has(figure)) {
                lines.add(ReduceTable.row(figure.words(), result.of(figure), settings.pixels()));
            }
        }
        NumPyResult numPy = result.numPy();
        if (numPy != null) {
            lines.add(ReduceTable.row("numpy " + numPy.version(), numPy.samples(), settings.pixels()));
        }
        lines.add("");
        lines.add(share(result, result.ceiling()));
        if (result.has(Figure.TRANSFER)) {
            lines.add(share(result, Figure.TRANSFER));
        }
        if (numPy != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%.1f times the speed of numpy; densities differ by at most %.1e, %d pixels are in other bins",
                    result.ratioTo(numPy),
                    numPy.deviation(),
                    numPy.moved()));
        }
        return lines;
    }

    private static String share(ImageResult result, Figure ceiling) {
        return String.format(
                Locale.ROOT,
                "%.1f %% of the speed of %s (%s)",
                100 * result.shareOf(ceiling),
                ceiling.words(),
                result.ceilingDevice());
    }
}
