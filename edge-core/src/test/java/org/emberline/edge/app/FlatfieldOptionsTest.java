package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options of {@code flatfield} do, on images whose correction is known: dark 100, flat 1100, unless a test says more. */
class FlatfieldOptionsTest {
    private static final int ROWS = 6;
    private static final int COLUMNS = 8;
    private static final int PIXELS = ROWS * COLUMNS;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void makeFields() throws IOException {
        Npy.u16(folder.resolve("dark.npy"), 2, ROWS, COLUMNS, i -> i < PIXELS ? 90 : 110);
        Npy.u16(folder.resolve("flat.npy"), 1, ROWS, COLUMNS, _ -> 1100);
    }

    private Cli run(String... more) {
        List<String> words = new ArrayList<>(List.of("flatfield", "--dark", at("dark.npy"), "--flat", at("flat.npy")));
        words.addAll(List.of("-o", at("out.h5")));
        words.addAll(Arrays.asList(more));
        return Cli.run(words.toArray(String[]::new));
    }

    private float[][][] done(String... more) {
        Cli cli = run(more);
        assertEquals(ExitCode.DONE, cli.code(), cli.err());
        return written();
    }

    private float[][][] written() {
        try (HdfFile hdf = new HdfFile(folder.resolve("out.h5"))) {
            return (float[][][]) hdf.getDatasetByPath("/entry/data/data").getData();
        }
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void sixtyFourBitNumbersAreRadiographsToo() throws IOException {
        Npy.f64(folder.resolve("raw.npy"), 2, ROWS, COLUMNS, i -> 100 + i / 4.0);
        float[][][] t = done(at("raw.npy"));
        assertEquals(2, t.length);
        assertEquals(PIXELS / 4.0 / 1000, t[1][0][0], 1e-9);
        assertEquals((PIXELS + 9) / 4.0 / 1000, t[1][1][1], 1e-9);
    }

    @Test
    void maskedPixelsAreLeftOut() throws IOException {
        Npy.u16(folder.resolve("raw.npy"), 1, ROWS, COLUMNS, i -> i == 9 ? 60_000 : 600);
        Npy.u16(folder.resolve("mask.npy"), 1, ROWS, COLUMNS, i -> i == 9 ? 7 : 0);
        float[][][] t = done("--mask", at("mask.npy"), at("raw.npy"));
        assertTrue(Float.isNaN(t[0][1][1]));
        assertEquals(0.5f, t[0][1][0]);
        Cli binned = run("--mask", at("mask.npy"), "--bin", "2", at("raw.npy"));
        assertEquals(0.5f, written()[0][0][0], "the mean over the other three");
        assertTrue(binned.out().contains("valid 47, saturated 0, unlit 0, dead 0, masked 1"), binned.out());
    }

    @Test
    void rowsAndColumnsThatFillNoBlockAreDropped() throws IOException {
        Npy.u16(folder.resolve("raw.npy"), 1, ROWS, COLUMNS, i -> i / COLUMNS < 4 && i % COLUMNS < 8 ? 600 : 0);
        Cli cli = run("--bin", "4", at("raw.npy"));
        float[][][] t = written();
        assertEquals("1 1 2", t.length + " " + t[0].length + " " + t[0][0].length);
        assertEquals(0.5f, t[0][0][1]);
        assertTrue(cli.out().contains("valid 32, saturated 0, unlit 0, dead 0, masked 0"), cli.out());
    }

    @Test
    void saturatedPixelsAreLeftOutAndWarnedOf() throws IOException {
        Npy.u16(folder.resolve("raw.npy"), 3, ROWS, COLUMNS, i -> i < PIXELS ? 65_535 : i == PIXELS ? 65_535 : 600);
        Cli taken = run(at("raw.npy"));
        assertEquals(65.435f, written()[1][0][0]);
        assertEquals(
                (PIXELS + 1)
                        + " pixels have 65535, the largest value of u16, and are taken as measured; --saturation 65535 leaves"
                        + " them out\n",
                taken.err());
        Cli left = run("--saturation", "65535", at("raw.npy"));
        assertEquals(ExitCode.DONE, left.code());
        float[][][] t = written();
        assertTrue(Float.isNaN(t[0][3][3]) && Float.isNaN(t[1][0][0]));
        assertEquals(0.5f, t[1][0][1]);
        assertEquals(
                at("raw.npy")
                        + " image 0: no pixel has a value, saturated=48 unlit=0\n1 of 3 images have no pixel with a"
                        + " value\n",
                left.err());
        assertTrue(left.out().contains("valid 95, saturated 49, unlit 0, dead 0, masked 0"), left.out());
    }

    @Test
    void anUnlitPixelHasATransmissionButNoOpticalDensity() throws IOException {
        Npy.u16(folder.resolve("raw.npy"), 1, ROWS, COLUMNS, i -> i == 0 ? 90 : i == 1 ? 100 : 600);
        assertEquals(-0.01f, done(at("raw.npy"))[0][0][0]);
        assertEquals((-0.01 + 0 + 0.5 + 0.5) / 4, done("--bin", "2", at("raw.npy"))[0][0][0], 1e-7);
        float[][][] od = done("--quantity", "od", at("raw.npy"));
        assertTrue(Float.isNaN(od[0][0][0]) && Float.isNaN(od[0][0][1]));
        assertEquals(Math.log(2), od[0][0][2], 1e-7);
    }

    @ParameterizedTest
    @CsvSource({"rim", "'region=4,0,2,8'"})
    void theFlatIsScaledToTheBeam(String scale) throws IOException {
        // A sample in the middle that lets half through, in a beam of 3/4 and of 5/4 of the flat's.
        Npy.u16(folder.resolve("raw.npy"), 2, ROWS, COLUMNS, i -> {
            int row = i % PIXELS / COLUMNS;
            int column = i % COLUMNS;
            boolean sample = row > 1 && row < 4 && column > 1 && column < 6;
            return 100 + (i < PIXELS ? 750 : 1250) * (sample ? 0.5 : 1);
        });
        assertEquals(0.375f, done(at("raw.npy"))[0][2][2]);
        for (float[][] image : done("--scale", scale, at("raw.npy"))) {
            assertEquals(0.5f, image[2][2], 1e-6f);
            assertEquals(1, image[0][0], 1e-6f);
        }
        Cli cli = run("--scale", scale, at("raw.npy"));
        assertTrue(cli.out().contains(", scaled by 0.750000 to 1.25000\n"), cli.out());
        Cli half = run("--scale", scale, "--bin", "2", "--quantity", "od", at("raw.npy"));
        assertEquals(ExitCode.DONE, half.code(), half.err());
        assertEquals(Math.log(2), written()[1][1][1], 1e-6);
    }

    @Test
    void imagesLieEvenlyBetweenTwoFlats() throws IOException {
        Npy.u16(folder.resolve("after.npy"), 1, ROWS, COLUMNS, _ -> 2100);
        Npy.u16(folder.resolve("raw.npy"), 2, ROWS, COLUMNS, _ -> 1100);
        float[][][] t = done("--flat-after", at("after.npy"), "--", at("raw.npy"), at("raw.npy"));
        assertEquals(4, t.length);
        for (int i = 0; i < 4; i++) {
            assertEquals(1000 / (1000 * (1 + (i + 0.5) / 4)), t[i][5][7], 1e-6);
        }
    }

    @Test
    void theSummaryIsForMachinesToo() throws IOException {
        Npy.u16(folder.resolve("raw.npy"), 2, ROWS, COLUMNS, i -> i % PIXELS == 0 ? 0 : 600);
        Npy.u16(folder.resolve("mask.npy"), 1, ROWS, COLUMNS, i -> i == 0 ? 1 : 0);
        Cli cli = run("--json", "--bin", "3", "--scale", "rim", "--mask", at("mask.npy"), at("raw.npy"));
        JsonNode json = new ObjectMapper().readTree(cli.out());
        assertEquals("transmission", json.get("quantity").asText());
        assertEquals(at("out.h5"), json.get("output").asText());
        assertEquals(2, json.get("dark_images").asInt());
        assertEquals(1, json.get("values").get("mean").asDouble(), 1e-6);
        assertEquals(2, json.get("flat_scale").size());
        assertEquals(0.5, json.get("flat_scale").get(1).asDouble(), 1e-6);
        JsonNode pixels = json.get("pixels");
        long sum = 0;
        for (JsonNode count : pixels) {
            sum += count.asLong();
        }
        assertEquals(2 * 6 * 6, sum, "every pixel of the blocks is counted once: " + pixels);
        assertEquals(2, pixels.get("masked").asLong());
        assertEquals("cpu", json.get("backend").asText());
    }

    @Test
    void anExistingOutputIsReplaced() throws IOException {
        Npy.u16(folder.resolve("raw.npy"), 1, ROWS, COLUMNS, _ -> 600);
        Files.writeString(folder.resolve("out.h5"), "old");
        assertEquals(0.5f, done(at("raw.npy"))[0][0][0]);
        try (Stream<Path> files = Files.list(folder)) {
            assertFalse(files.anyMatch(file -> file.toString().endsWith(".part")));
        }
    }
}
