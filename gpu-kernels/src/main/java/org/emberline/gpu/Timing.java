package org.emberline.gpu;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a backend did on frames of a plan.
 *
 * @param name {@code "cpu"}, or device and platform in words
 * @param milliseconds median time of a frame; NaN when it could not be timed
 * @param problem why not, in one line, or null
 */
public record Timing(
        String name, double milliseconds, @Nullable String problem) {

    /** For example {@code 0.91 ms on A100 (NVIDIA CUDA)}. */
    public String inWords() {
        return problem == null
                ? String.format(Locale.ROOT, "%.3g ms on %s", milliseconds, name)
                : name + ", which failed: " + problem;
    }
}
