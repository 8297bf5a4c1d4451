package org.emberline.gpu.imaging.maps;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.emberline.gpu.imaging.ImageShape;

/** A line of the file that src/test/python/make_maps_golden.py writes. */
record GoldenMaps(ImageShape shape, double[] values) {

    static GoldenMaps read(String name) {
        String path = "maps-golden.csv";
        try (InputStream stream = Objects.requireNonNull(GoldenMaps.class.getResourceAsStream(path), path)) {
            String line = new String(stream.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(candidate -> candidate.startsWith(name + ","))
                    .findFirst()
                    .orElseThrow();
            String[] words = line.split(",", -1);
            ImageShape shape = new ImageShape(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            return new GoldenMaps(
                    shape,
                    Stream.of(words)
                            .skip(3)
                            .mapToDouble(word -> word.equals("nan") ? Double.NaN : Double.parseDouble(word))
                            .toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    float[] floats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
