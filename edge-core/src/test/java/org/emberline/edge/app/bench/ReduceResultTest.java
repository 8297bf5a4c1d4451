package org.emberline.edge.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.Reduction;
import org.emberline.gpu.Splitting;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is made of the times, on times that were not measured. */
class ReduceResultTest {
    private static final PyFaiMethod CYTHON = new PyFaiMethod("cython csr", null, 30, 80, 1e-7, null);
    private static final PyFaiMethod OPENCL = new PyFaiMethod("opencl lut", "a device", 30, 60, 1e-6, null);
    private static final PyFaiMethod OTHER_WORK = new PyFaiMethod("opencl csr", "a device", 30, 1, 0.02, null);
    private static final PyFaiMethod BROKEN =
            new PyFaiMethod("python lut", null, 0, Double.NaN, Double.POSITIVE_INFINITY, "MemoryError: ");
    private static final List<PyFaiMethod> ALL = List.of(CYTHON, BROKEN, OPENCL, OTHER_WORK);

    private static Samples samples(int frames, double... millisPerFrame) {
        Samples samples = new Samples(frames);
        for (double millis : millisPerFrame) {
            samples.add((long) (millis * 1e6 * frames), 0);
        }
        return samples;
    }

    private static ReduceResult result(String backend, @Nullable PyFaiResult pyFai) {
        Map<Figure, Samples> samples = new EnumMap<>(Figure.class);
        samples.put(Figure.PATTERN, samples(4, 3, 1, 2, 2));
        samples.put(Figure.STREAM, samples(8, 1));
        samples.put(Figure.CAKE, samples(4, 5));
        samples.put(Figure.SUM, samples(4, 0.8));
        samples.put(Figure.READ, samples(4, 0.2));
        ReduceSettings settings = new ReduceSettings(1000, 2000, PixelFormat.U16, Splitting.BBOX, 500, 360, true);
        return new ReduceResult(settings, backend, "a device", backend + ": why", "the ceiling's", samples, pyFai);
    }

    @Test
    void speedsAndRatiosFollowFromTheMedians() throws BenchException {
        JsonNode json = ReduceJson.of(result("cpu", new PyFaiResult("9", ALL)));
        assertEquals(2, json.get("median_ms").asDouble());
        assertEquals(1.3, json.get("p10_ms").asDouble(), 1e-12);
        assertEquals(2.7, json.get("p90_ms").asDouble(), 1e-12);
        assertEquals(1000, json.get("mpix_per_s").asDouble());
        assertEquals(500, json.get("frames_per_s").asDouble());
        assertEquals(1000, json.get("frames_per_s_overlapped").asDouble());
        assertEquals(2500, json.get("ceiling_mpix_per_s").asDouble());
        assertEquals(0.4, json.get("ceiling_share").asDouble());
        assertEquals(10_000, json.get("memory_mpix_per_s").asDouble());
        assertEquals(0.1, json.get("memory_share").asDouble());
        assertEquals(2.5, json.get("cake_to_pattern").asDouble());
        assertEquals("opencl lut", json.get("pyfai_method").asText());
        assertEquals(2000 / 60.0, json.get("pyfai_mpix_per_s").asDouble(), 1e-9);
        assertEquals(30, json.get("ratio_to_pyfai").asDouble());
        assertEquals(2, json.get("median_ms_before_pyfai").asDouble());
        assertEquals(2, json.get("median_ms_after_pyfai").asDouble());
        assertEquals("1000x2000", json.get("shape").asText());
        assertEquals("u16", json.get("dtype").asText());
        assertEquals("bbox", json.get("split").asText());
        assertTrue(json.get("masked_frame").asBoolean());
        assertFalse(json.has("transfer_share"), "nothing was transferred");
    }

    @Test
    void theShareOfACeilingIsMpixelsOverMpixels() throws BenchException {
        JsonNode json = ReduceJson.of(result("cpu", null));
        assertEquals(
                json.get("mpix_per_s").asDouble()
                        / json.get("ceiling_mpix_per_s").asDouble(),
                json.get("ceiling_share").asDouble(),
                1e-12);
    }

    @Test
    void withoutPyFaiThereAreNoKeysOfIt() throws BenchException {
        JsonNode json = ReduceJson.of(result("cpu", null));
        json.fieldNames().forEachRemaining(key -> assertFalse(key.contains("pyfai"), key));
    }

    @Test
    void everyMethodOfPyFaiIsListed() throws BenchException {
        JsonNode methods =
                ReduceJson.of(result("cpu", new PyFaiResult("9", ALL))).get("pyfai_methods");
        assertEquals(4, methods.size());
        assertTrue(methods.get(0).get("device").isNull());
        assertEquals("MemoryError: ", methods.get(1).get("problem").asText());
        assertFalse(methods.get(1).has("median_ms"));
        assertFalse(methods.get(3).get("comparable").asBoolean());
    }

    @Test
    void theTableSaysTheSame() throws BenchException {
        String table = String.join("\n", ReduceTable.of(result("cpu", new PyFaiResult("9", ALL))));
        assertTrue(table.contains("1000x2000 u16, split bbox, 500 bins"), table);
        assertTrue(table.contains("cake and rings take 2.50 times"), table);
        assertTrue(table.contains("40.0 % of the speed of sum of the pixels alone (the ceiling's)"), table);
        assertTrue(table.contains("30.0 times the speed of pyFAI's best (opencl lut)"), table);
        assertTrue(table.contains("python lut: MemoryError: "), table);
        assertTrue(table.contains("(not comparable)  opencl csr, a device"), table);
    }

    @Test
    void openClIsComparedWithOpenClAndTheCpuWithTheBestOfAll() throws BenchException {
        PyFaiMethod quick = new PyFaiMethod("cython lut", null, 30, 20, 0, null);
        PyFaiResult pyFai = new PyFaiResult("9", List.of(CYTHON, OPENCL, quick, OTHER_WORK));
        assertEquals(quick, pyFai.requireRivalOf("cpu"));
        assertEquals(OPENCL, pyFai.requireRivalOf("opencl"));
        assertEquals(OPENCL, new PyFaiResult("9", ALL).requireRivalOf("cpu"));
    }

    @Test
    void nothingIsComparedWithOtherWork() {
        PyFaiResult pyFai = new PyFaiResult("9", List.of(CYTHON, OTHER_WORK, BROKEN));
        String message = assertThrows(BenchException.class, () -> pyFai.requireRivalOf("opencl"))
                .getMessage();
        assertEquals(
                "pyFAI 9 has no method to compare backend=opencl with: cython csr deviates by 1.0E-7;"
                        + " opencl csr deviates by 0.02; python lut: MemoryError: ",
                message);
    }

    @Test
    void theDeviationIsTheMedianOverBinsWithPixels() {
        Reduction ours = new Reduction(5);
        double[] intensity = {10, 20, 40, 50, Double.NaN};
        System.arraycopy(intensity, 0, ours.intensity(), 0, 5);
        System.arraycopy(new double[] {1, 1, 1, 1, 0}, 0, ours.count(), 0, 5);
        assertEquals(0.1, PyFai.deviation(new double[] {11, 22, 40, 50, 0}, ours), 1e-12);
        assertEquals(0, PyFai.deviation(intensity, ours));
        assertEquals(
                Double.POSITIVE_INFINITY, PyFai.deviation(new double[] {10, Double.NaN, Double.NaN, Double.NaN}, ours));
        assertEquals(Double.POSITIVE_INFINITY, PyFai.deviation(new double[0], ours));
    }

    @Test
    void aPythonWithoutPyFaiIsSaid() {
        String message = assertThrows(OracleMissingException.class, () -> Python.with("pyFAI", List.of()))
                .getMessage();
        assertEquals("no pyFAI (Debian: python3-pyfai), asked no python3", message);
    }
}
