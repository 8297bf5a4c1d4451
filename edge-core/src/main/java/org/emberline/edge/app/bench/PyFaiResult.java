package org.emberline.edge.app.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What pyFAI needed for the same frame.
 *
 * @param version its version
 * @param methods every method that it has for this splitting
 * @param decodeMillis what reading the frame alone took, where it was compressed; NaN otherwise
 */
record PyFaiResult(String version, List<PyFaiMethod> methods, double decodeMillis) {

    PyFaiResult {
        methods = List.copyOf(methods);
    }

    /** Of a frame that was there. */
    PyFaiResult(String version, List<PyFaiMethod> methods) {
        this(version, methods, Double.NaN);
    }

    /** The quickest method that did the same work as we. */
    Optional<PyFaiMethod> best() {
        return methods.stream()
                .filter(PyFaiMethod::comparable)
                .min(Comparator.comparingDouble(PyFaiMethod::medianMillis));
    }

    /** The quickest of those on OpenCL. */
    Optional<PyFaiMethod> bestOpenCl() {
        List<PyFaiMethod> openCl = methods.stream().filter(PyFaiMethod::openCl).toList();
        return new PyFaiResult(version, openCl, decodeMillis).best();
    }

    /** The one that a backend is held against: OpenCL against OpenCL, everything else against the best of all. */
    Optional<PyFaiMethod> rivalOf(String backend) {
        return backend.equals("opencl") ? bestOpenCl() : best();
    }

    /**
     * As {@link #rivalOf}.
     *
     * @throws BenchException when there is none
     */
    PyFaiMethod requireRivalOf(String backend) throws BenchException {
        return rivalOf(backend)
                .orElseThrow(() -> new BenchException("pyFAI " + version + " has no method to compare backend="
                        + backend + " with: "
                        + String.join(
                                "; ", methods.stream().map(PyFaiResult::words).toList())));
    }

    private static String words(PyFaiMethod method) {
        return method.name()
                + (method.problem() == null ? " deviates by " + method.deviation() : ": " + method.problem());
    }
}
