package org.emberline.edge.app.bench;

import org.jspecify.annotations.Nullable;

/**
 * How one of pyFAI's methods did.
 *
 * @param name implementation and algorithm, for example {@code cython csr}
 * @param device the OpenCL device, or null
 * @param runs how many runs were timed
 * @param medianMillis median time of a run; NaN when it failed
 * @param deviation median over the bins of the relative deviation of its intensity from ours; infinite when most bins are missing
 * @param problem why there are no figures, or null
 */
record PyFaiMethod(
        String name,
        @Nullable String device,
        int runs,
        double medianMillis,
        double deviation,
        @Nullable String problem) {
    /** pyFAI bins in single precision; what deviates more has done other work. */
    private static final double AGREES = 1e-3;

    /** Whether it did the same work as we. */
    boolean comparable() {
        return problem == null && deviation <= AGREES;
    }

    boolean openCl() {
        return device != null;
    }
}
