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
 * @param pyFai what pyFAI needed, or null when it was not asked
 */
record ReduceResult(
        ReduceSettings settings,
        String backend,
        String device,
        String reason,
        String ceilingDevice,
        Map<Figure, Samples> samples,
        @Nullable PyFaiResult pyFai) {

    ReduceResult {
        samples = Map.copyOf(samples);
    }

    boolean has(Figure figure) {
        return samples.containsKey(figure);
    }

    Samples of(Figure figure) {
        return Objects.requireNonNull(samples.get(figure), figure.name());
    }

    /** Million pixels a second at so many milliseconds a frame. */
    double mpixPerSecond(double millis) {
        return settings.pixels() / (1e3 * millis);
    }

    double mpixPerSecond(Figure figure) {
        return mpixPerSecond(of(figure).medianMillis());
    }

    double framesPerSecond(Figure figure) {
        return 1e3 / of(figure).medianMillis();
    }

    /** How much of the speed of something simpler the pattern reaches. */
    double shareOf(Figure ceiling) {
        return of(ceiling).medianMillis() / of(Figure.PATTERN).medianMillis();
    }

    /** How many times the time of the pattern alone cake and rings with it take. */
    double cakeToPattern() {
        return of(Figure.CAKE).medianMillis() / of(Figure.PATTERN).medianMillis();
    }

    /** How many times as quick we are as that method. */
    double ratioTo(PyFaiMethod method) {
        return method.medianMillis() / of(Figure.PATTERN).medianMillis();
    }
}
