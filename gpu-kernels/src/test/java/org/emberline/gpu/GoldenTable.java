package org.emberline.gpu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A file of src/test/python/make_geometry_golden.py: settings, then a table.
 *
 * @param columns names of the columns
 */
record GoldenTable(Map<String, Double> settings, List<String> columns, double[][] rows) {

    static GoldenTable read(String name) throws IOException {
        List<String> lines = new String(bytes(name + ".csv"), StandardCharsets.US_ASCII)
                .lines()
                .toList();
        List<String> keys = words(lines.get(0));
        double[] values = numbers(lines.get(1));
        Map<String, Double> settings = new HashMap<>();
        for (int i = 0; i < values.length; i++) {
            settings.put(keys.get(i), values[i]);
        }
        double[][] rows = lines.stream().skip(3).map(GoldenTable::numbers).toArray(double[][]::new);
        return new GoldenTable(settings, words(lines.get(2)), rows);
    }

    static byte[] bytes(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(GoldenTable.class.getResourceAsStream(name), name)) {
            return stream.readAllBytes();
        }
    }

    private static List<String> words(String line) {
        return List.of(line.split(",", -1));
    }

    private static double[] numbers(String line) {
        return Stream.of(line.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
    }

    double setting(String key) {
        return Objects.requireNonNull(settings.get(key), key);
    }

    int whole(String key) {
        return (int) setting(key);
    }

    Geometry geometry() {
        Detector detector =
                new Detector("golden", whole("rows"), whole("columns"), setting("pixel1"), setting("pixel2"), 3);
        return new Geometry(
                detector,
                setting("dist"),
                setting("poni1"),
                setting("poni2"),
                setting("rot1"),
                setting("rot2"),
                setting("rot3"),
                setting("wavelength"));
    }
}
