package org.emberline.edge.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.Reduction;

/** pyFAI, the reference of the field, in a process of its own. */
public final class PyFai {
    private static final String SCRIPT = "reduce_pyfai.py";

    private final Python python;

    private PyFai(Python python) {
        this.python = python;
    }

    /**
     * Looks for a Python that has it: {@code /usr/bin/python3}, then the one on the path.
     *
     * @throws OracleMissingException when there is none
     */
    public static PyFai find() throws OracleMissingException, IOException, InterruptedException {
        return new PyFai(Python.with("pyFAI", Python.installed()));
    }

    /**
     * One that can read compressed frames besides.
     *
     * @throws OracleMissingException when there is none
     */
    public static PyFai findWithHdf5Plugin() throws OracleMissingException, IOException, InterruptedException {
        var _ = Python.with("hdf5plugin", Python.installed());
        return find();
    }

    /**
     * Times every method that pyFAI has for the plan's splitting.
     *
     * @param frame the frame to reduce
     * @param ours our reduction of that frame, which its results are compared with
     * @param repeats runs a method; slow ones get fewer, but at least 5
     * @throws BenchException when it fails
     */
    PyFaiResult measure(IntegrationPlan plan, MemorySegment frame, Reduction ours, int repeats)
            throws IOException, InterruptedException, BenchException {
        return python.run(
                SCRIPT, folder -> PyFaiJob.write(folder, plan, frame, repeats), (result, folder) -> read(result, ours));
    }

    /**
     * The same where the frame has to be read first, by h5py with hdf5plugin, from a file with one chunk.
     *
     * @param chunk the frame, compressed by bitshuffle with LZ4
     */
    PyFaiResult measureCompressed(IntegrationPlan plan, MemorySegment chunk, Reduction ours, int repeats)
            throws IOException, InterruptedException, BenchException {
        return python.run(
                SCRIPT,
                folder -> PyFaiJob.writeCompressed(folder, plan, chunk, repeats),
                (result, folder) -> read(result, ours));
    }

    private static PyFaiResult read(JsonNode result, Reduction ours) {
        List<PyFaiMethod> methods = new ArrayList<>();
        for (JsonNode method : result.get("methods")) {
            double[] millis = Python.doubles(method.path("millis"));
            methods.add(new PyFaiMethod(
                    method.get("name").asText(),
                    method.hasNonNull("device") ? method.get("device").asText() : null,
                    millis.length,
                    Samples.percentile(millis, 50),
                    deviation(Python.doubles(method.path("intensity")), ours),
                    method.hasNonNull("problem") ? method.get("problem").asText() : null));
        }
        return new PyFaiResult(
                result.get("version").asText(),
                methods,
                Samples.percentile(Python.doubles(result.path("decode_millis")), 50));
    }

    /** Median relative deviation over our bins that hold pixels; a bin that the other has not deviates without bounds. */
    static double deviation(double[] theirs, Reduction ours) {
        double[] deviations = new double[ours.count().length];
        int bins = 0;
        for (int bin = 0; bin < deviations.length; bin++) {
            if (ours.count()[bin] > 0) {
                double own = ours.intensity()[bin];
                double deviation = bin < theirs.length ? Math.abs(theirs[bin] - own) / Math.abs(own) : Double.NaN;
                deviations[bins++] = Double.isNaN(deviation) ? Double.POSITIVE_INFINITY : deviation;
            }
        }
        double[] known = Arrays.copyOf(deviations, bins);
        Arrays.sort(known);
        return bins == 0 ? Double.POSITIVE_INFINITY : known[bins / 2];
    }
}
