package org.emberline.edge.app.bench;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of it.
 *
 * @param settings what was measured
 * @param backend {@code cpu} or {@code opencl}
 * @param device what did the arithmetic
 * @param reason why it was chosen
 * @param ceilingDevice where the ceiling was measured
 * @param samples by what was measured
 * @param numPy what NumPy needed, or null when it was not asked
 */
record ImageResult(
        ImageSettings settings,
        String backend,
        String device,
        String reason,
        String ceilingDevice,
        Map<Figure, Samples> samples,
        @Nullable NumPyResult numPy) {

    ImageResult {
        samples = Map.copyOf(samples);
    }

    boolean has(Figure figure) {
        return samples.containsKey(figure);
    }

    Samples of(Figure figure) {
        return Objects.requireNonNull(samples.get(figure), figure.name());
    }

    /** The quickest way to read a frame's memory that was measured. */
    Figure ceiling() {
        return has(Figure.READ) ? Figure.READ : Figure.SUM;
    }

    double mpixPerSecond(Samples measured) {
        return settings.pixels() / (1e3 * measured.medianMillis());
    }

    static double framesPerSecond(Samples measured) {
        return 1e3 / measured.medianMillis();
    }

    /** How much of the speed of something simpler the reduction reaches. */
    double shareOf(Figure simpler) {
        return of(simpler).medianMillis() / of(Figure.IMAGE).medianMillis();
    }

    /** How many times as quick we are. */
    double ratioTo(NumPyResult rival) {
        return rival.samples().medianMillis() / of(Figure.IMAGE).medianMillis();
    }
}
