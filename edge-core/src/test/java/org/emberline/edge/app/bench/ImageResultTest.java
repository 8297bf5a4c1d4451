package org.emberline.edge.app.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is made of the times, on times that were not measured. */
class ImageResultTest {
    private static final ImageSettings SETTINGS = new ImageSettings(1000, 4);

    private static Samples samples(double... millis) {
        Samples samples = new Samples(1);
        for (double each : millis) {
            samples.add((long) (each * 1e6), 0);
        }
        return samples;
    }

    private static ImageResult result(boolean device, @Nullable NumPyResult numPy) {
        Map<Figure, Samples> samples = new EnumMap<>(Figure.class);
        samples.put(Figure.IMAGE, samples(3, 1, 2, 2));
        samples.put(Figure.SUM, samples(0.5));
        samples.put(device ? Figure.TRANSFER : Figure.READ, samples(0.2));
        return new ImageResult(SETTINGS, "cpu", "a device", "cpu: why", "the ceiling's", samples, numPy);
    }

    @Test
    void speedsAndRatiosFollowFromTheMedians() {
        JsonNode json = ImageJson.of(result(false, new NumPyResult("1.2", samples(24, 26, 25), 3e-7, 5)));
        assertEquals(2, json.get("median_ms").asDouble());
        assertEquals(1.3, json.get("p10_ms").asDouble(), 1e-12);
        assertEquals(2.7, json.get("p90_ms").asDouble(), 1e-12);
        assertEquals(500, json.get("frames_per_s").asDouble());
        assertEquals(500, json.get("mpix_per_s").asDouble());
        assertEquals(5000, json.get("ceiling_mpix_per_s").asDouble());
        assertEquals(0.1, json.get("ceiling_share").asDouble());
        assertEquals(25, json.get("numpy_median_ms").asDouble());
        assertEquals(40, json.get("numpy_frames_per_s").asDouble());
        assertEquals(12.5, json.get("ratio_to_numpy").asDouble());
        assertEquals(3e-7, json.get("numpy_deviation").asDouble());
        assertEquals(5, json.get("numpy_histogram_moved").asLong());
        assertEquals(2, json.get("median_ms_before_numpy").asDouble());
        assertEquals("1.2", json.get("numpy_version").asText());
        assertFalse(json.has("transfer_share"), "nothing was transferred");
    }

    @Test
    void aDeviceWithMemoryOfItsOwnIsHeldAgainstItsSum() {
        JsonNode json = ImageJson.of(result(true, null));
        assertEquals(0.25, json.get("ceiling_share").asDouble());
        assertEquals(0.1, json.get("transfer_share").asDouble());
        json.fieldNames().forEachRemaining(key -> assertFalse(key.contains("numpy"), key));
    }

    @Test
    void theTableSaysTheSame() {
        String table = String.join("\n", ImageTable.of(result(false, new NumPyResult("1.2", samples(25), 3e-7, 5))));
        assertTrue(table.contains("1000x1000 u16, dark and flat, optical density of 250x250 pixels"), table);
        assertTrue(table.contains("10.0 % of the speed of reading the memory alone (the ceiling's)"), table);
        assertTrue(
                table.contains("12.5 times the speed of numpy; densities differ by at most 3.0e-07, 5 pixels"), table);
    }

    @Test
    void theDeviationIsTheLargestDifferenceAndGapsMustBeTheSame() {
        float none = Float.NaN;
        assertEquals(0.25, NumPy.deviation(new float[] {1, none, 2}, new float[] {1.125f, none, 1.75f}));
        assertEquals(Double.POSITIVE_INFINITY, NumPy.deviation(new float[] {1, none}, new float[] {1, 1}));
        assertEquals(Double.POSITIVE_INFINITY, NumPy.deviation(new float[] {1, 1}, new float[] {1, none}));
        assertEquals(Double.POSITIVE_INFINITY, NumPy.deviation(new float[] {1}, new float[] {1, 1}));
    }

    @Test
    void whatIsInAnotherBinHasMoved() {
        assertEquals(0, NumPy.moved(new double[] {3, 4, 5}, new long[] {3, 4, 5}));
        assertEquals(2, NumPy.moved(new double[] {5, 3, 4}, new long[] {3, 4, 5}));
    }

    @Test
    void aPythonWithoutNumPyIsSaid() {
        String message = assertThrows(OracleMissingException.class, () -> Python.with("numpy", List.of()))
                .getMessage();
        assertEquals("no numpy (Debian: python3-numpy), asked no python3", message);
    }
}
