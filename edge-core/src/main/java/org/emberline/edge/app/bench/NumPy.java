package org.emberline.edge.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.emberline.gpu.imaging.ImageReduction;
import org.emberline.gpu.imaging.ImagingPlan;

/** NumPy, which most people reduce radiographs with, in a process of its own. */
public final class NumPy {
    private static final String SCRIPT = "image_numpy.py";
    /** It works in single precision; what deviates more has done other work. */
    private static final double AGREES = 1e-5;

    private final Python python;

    private NumPy(Python python) {
        this.python = python;
    }

    /**
     * Looks for a Python that has it: {@code /usr/bin/python3}, then the one on the path.
     *
     * @throws OracleMissingException when there is none
     */
    public static NumPy find() throws OracleMissingException, IOException, InterruptedException {
        return new NumPy(Python.with("numpy", Python.installed()));
    }

    /**
     * Times it on the frames of a scene.
     *
     * @param ours our reduction of the first frame, which its result is compared with
     * @param repeats samples; each is the mean over all frames
     * @throws BenchException when it fails, or has done other work
     */
    NumPyResult measure(ImageScene scene, ImageReduction ours, int repeats)
            throws IOException, InterruptedException, BenchException {
        NumPyResult result =
                python.run(SCRIPT, folder -> write(folder, scene, repeats), (json, folder) -> read(json, folder, ours));
        if (!(result.deviation() <= AGREES)) {
            throw new BenchException("numpy " + result.version() + " does not give our result deviation="
                    + result.deviation() + ", at most " + AGREES);
        }
        return result;
    }

    private static void write(Path folder, ImageScene scene, int repeats) throws IOException {
        ImagingPlan plan = scene.plan();
        for (int i = 0; i < ImageScene.FRAMES; i++) {
            RawFile.write(folder, "frame" + i, scene.frame(i).asByteBuffer());
        }
        RawFile.write(folder, "dark", plan.flatfield().dark());
        RawFile.write(folder, "flat", plan.flatfield().before());
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode job = mapper.createObjectNode();
        job.put("frames", ImageScene.FRAMES);
        job.put("rows", plan.shape().rows());
        job.put("columns", plan.shape().columns());
        job.put("dtype", RawFile.dtype(plan.format()));
        job.put("factor", plan.factor());
        job.put("bins", plan.histogram().bins());
        job.putArray("range").add(plan.histogram().lower()).add(plan.histogram().upper());
        job.put("repeats", repeats);
        mapper.writeValue(folder.resolve("job.json").toFile(), job);
    }

    private static NumPyResult read(JsonNode result, Path folder, ImageReduction ours) throws IOException {
        Samples samples = new Samples(1);
        for (double millis : Python.doubles(result.get("millis"))) {
            samples.add(Math.round(1e6 * millis), 0);
        }
        return new NumPyResult(
                result.get("version").asText(),
                samples,
                deviation(RawFile.floats(folder, "density"), ours.opticalDensity()),
                moved(Python.doubles(result.get("histogram")), ours.histogram()));
    }

    /** Infinite when the maps have not the same size, or one has no number where the other has one. */
    static double deviation(float[] theirs, float[] ours) {
        double largest = theirs.length == ours.length ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(theirs.length, ours.length); i++) {
            boolean nothing = Float.isNaN(theirs[i]) && Float.isNaN(ours[i]);
            double difference = nothing ? 0 : Math.abs((double) theirs[i] - ours[i]);
            largest =
                    difference <= largest ? largest : Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
        }
        return largest;
    }

    /** How many of ours are not in their bin. */
    static long moved(double[] theirs, long[] ours) {
        double missing = 0;
        for (int bin = 0; bin < ours.length; bin++) {
            missing += Math.max(ours[bin] - theirs[bin], 0);
        }
        return Math.round(missing);
    }
}
