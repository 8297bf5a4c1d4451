package org.emberline.edge.app;

import java.io.IOException;
import java.util.function.Supplier;
import org.emberline.edge.archive.HistoryReader;
import org.emberline.edge.archive.RunFolder;
import org.emberline.edge.service.History;
import org.jspecify.annotations.Nullable;

/** The history of the run at hand, from its archive. */
final class ArchiveHistory implements History {
    private static final long LIMIT_NANOS = 2_000_000_000;
    private static final double NANOS = 1e9;

    private final Supplier<@Nullable RunFolder> folder;

    /** @param folder of the run; null until it is made */
    ArchiveHistory(Supplier<@Nullable RunFolder> folder) {
        this.folder = folder;
    }

    @Override
    public Answer read(Question question) {
        RunFolder run = folder.get();
        if (run == null) {
            return new Unavailable("the run has not begun");
        }
        // Opened for each question: what stays open keeps the run from being closed to a single file.
        try (HistoryReader reader = new HistoryReader(run)) {
            long begin = System.nanoTime();
            HistoryReader.Series series = reader.read(
                    question.name(),
                    nanos(question.fromSeconds()),
                    nanos(question.toSeconds()),
                    question.points(),
                    () -> System.nanoTime() - begin,
                    LIMIT_NANOS);
            return series == null
                    ? new Unknown()
                    : new Series(
                            series.unit(),
                            series.points().stream()
                                    .map(point -> new Point(point.nanos(), point.value(), point.sigma()))
                                    .toList(),
                            series.absent());
        } catch (IOException e) {
            return new Unavailable(String.valueOf(e.getMessage()));
        }
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * NANOS);
    }
}
