package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.emberline.edge.RealData;
import org.emberline.edge.acquire.FrameFile;
import org.emberline.edge.acquire.FrameFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Measured radiographs through {@code flatfield}, against figures that were computed elsewhere. */
class FlatfieldTest {
    private static final String RADIOGRAPHS = "radiography/";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static String path(String name) {
        return RealData.path(RADIOGRAPHS + name).toString();
    }

    private static List<String> projections() throws IOException {
        try (Stream<Path> files = Files.list(RealData.path(RADIOGRAPHS + "i13-projections"))) {
            return files.map(Path::toString)
                    .filter(name -> name.contains("raw_"))
                    .sorted()
                    .toList();
        }
    }

    private static Cli flatfield(Path output, List<String> options, List<String> files) {
        List<String> words = new ArrayList<>(List.of("flatfield"));
        words.addAll(options);
        words.addAll(List.of("-o", output.toString()));
        words.addAll(files);
        return Cli.done(words.toArray(String[]::new));
    }

    /** All pixels of all images of a file. */
    private static double[] pixels(Path file) throws IOException {
        try (FrameFile images = FrameFiles.open(file, null);
                Arena arena = Arena.ofConfined()) {
            MemorySegment image = arena.allocate(images.frameBytes());
            int each = images.rows() * images.columns();
            double[] pixels = new double[images.frames() * each];
            for (int i = 0; i < images.frames(); i++) {
                images.read(i, image);
                for (int pixel = 0; pixel < each; pixel++) {
                    pixels[i * each + pixel] = images.format().read(image, pixel);
                }
            }
            return pixels;
        }
    }

    private static double mean(double[] pixels) {
        return numbers(pixels).average().orElseThrow();
    }

    private static DoubleStream numbers(double[] pixels) {
        return Arrays.stream(pixels).filter(pixel -> !Double.isNaN(pixel));
    }

    private static void assertClose(JsonNode frame, String key, double found) {
        double expected = frame.get(key).asDouble();
        assertEquals(expected, found, 1e-6 * Math.abs(expected), key);
    }

    @ParameterizedTest
    @CsvSource({"cpu, .tif", "cpu, .h5", "opencl, .tiff"})
    void measuredProjectionsAgreeWithTheReference(String backend, String ending) throws IOException {
        Cli.needs(backend);
        List<String> options = List.of(
                "--dark", path("i13-projections/dark_00001.tiff"),
                "--flat", path("i13-projections/flat_00001.tiff"),
                "--backend", backend);
        Path full = folder.resolve("full" + ending);
        Path halved = folder.resolve("halved" + ending);
        Path density = folder.resolve("density" + ending);
        Cli cli = flatfield(full, options, projections());
        flatfield(
                halved, Stream.concat(options.stream(), Stream.of("--bin", "2")).toList(), projections());
        flatfield(
                density,
                Stream.concat(options.stream(), Stream.of("--quantity", "od")).toList(),
                projections());
        assertTrue(
                cli.out().contains("\npixels     valid 993554, saturated 0, unlit 0, dead 46, masked 0\n"), cli.out());
        assertTrue(cli.out().contains("\nbackend    " + backend + ": "), cli.out());
        JsonNode reference = new ObjectMapper()
                .readTree(RealData.path(RADIOGRAPHS + "i13-projections/ref_flatfield.json")
                        .toFile());
        double[] t = pixels(full);
        double[] half = pixels(halved);
        double[] od = pixels(density);
        assertEquals(46 * 135 * 160, t.length);
        assertEquals(46 * 67 * 80, half.length);
        for (int number : new int[] {0, 30}) {
            JsonNode frame = reference.get("frames").get("" + number);
            double[] image = Arrays.copyOfRange(t, number * 135 * 160, (number + 1) * 135 * 160);
            assertTrue(Double.isNaN(image[0]), "pixel (0, 0) is dead");
            assertEquals(135 * 160 - 1, numbers(image).count());
            assertClose(frame, "T_mean", mean(image));
            assertClose(frame, "T_min", numbers(image).min().orElseThrow());
            assertClose(frame, "T_max", numbers(image).max().orElseThrow());
            assertClose(frame, "T_01", image[1]);
            assertClose(frame, "T_67_80", image[67 * 160 + 80]);
            double[] small = Arrays.copyOfRange(half, number * 67 * 80, (number + 1) * 67 * 80);
            assertClose(frame, "ds2_mean", mean(small));
            assertClose(frame, "ds2_00", small[0]);
            assertClose(
                    frame, "negln_mean", mean(Arrays.copyOfRange(od, number * 135 * 160, (number + 1) * 135 * 160)));
        }
    }

    @Test
    void normalisedTomogramsAgreeAlsoBelowTheDark() throws IOException {
        Path output = folder.resolve("t.tif");
        Cli cli = flatfield(
                output,
                List.of("--dark", path("normalize-vectors/dark.npy"), "--flat", path("normalize-vectors/flat.npy")),
                List.of(path("normalize-vectors/tomo.npy")));
        double[] found = pixels(output);
        double[] expected = pixels(RealData.path(RADIOGRAPHS + "normalize-vectors/normalize.npy"));
        assertEquals(expected.length, found.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found[i], 1e-6 * Math.abs(expected[i]), "pixel " + i);
        }
        assertTrue(cli.out().contains("pixels     valid 1088, saturated 0, unlit 4800, dead 0, masked 0"), cli.out());
        assertTrue(cli.out().contains("values     -0.0101010 to 1.00000"), cli.out());
    }

    @ParameterizedTest
    @CsvSource({
        "transmission, 1, .tif, false",
        "od, 1, .nxs, false",
        "transmission, 3, .h5, true",
        "od, 3, .tif, true",
        "transmission, 1, .tiff, true"
    })
    void numpyComesToTheSame(String quantity, int bin, String ending, boolean second)
            throws IOException, InterruptedException {
        Python.needs("numpy, h5py, PIL");
        List<String> fields = new ArrayList<>(List.of("--dark", path("i12-pco2/pco2_darks_00000.hdf")));
        fields.addAll(List.of("--flat", path("i12-pco2/pco2_flats_00000.hdf")));
        if (second) {
            // Any images do for the flats at the end.
            fields.addAll(List.of(
                    "--flat-after", path("i12-pco2/pc2_projections.hdf"), path("i12-pco2/pco2_flats_00000.hdf")));
        }
        String raw = path("i12-pco2/pc2_projections.hdf");
        Path output = folder.resolve("out" + ending);
        List<String> options = new ArrayList<>(fields);
        options.addAll(List.of("--quantity", quantity, "--bin", "" + bin));
        flatfield(output, options, List.of(raw, raw));
        List<String> words = new ArrayList<>(List.of(output.toString(), quantity, "" + bin));
        words.addAll(fields);
        words.addAll(List.of("--raw", raw, raw));
        Python.check("check_flatfield.py", words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"transmission", "od"})
    void aScanBringsItsOwnDarksAndFlats(String quantity) throws IOException, InterruptedException {
        Python.needs("numpy, h5py, PIL");
        String scan = folder.resolve("scan.nxs").toString();
        Python.check("check_flatfield.py", List.of("--make", scan));
        Path output = folder.resolve("out.tif");
        Cli cli = flatfield(output, List.of("--quantity", quantity), List.of(scan));
        Python.check("check_flatfield.py", List.of(output.toString(), quantity, "1", "--scan", scan));
        assertTrue(cli.out().contains("input      images of 9x14, bin 1, dark from 3, flat from 5\n"), cli.out());
        assertTrue(cli.out().contains("dead 4"), "one pixel of four images: " + cli.out());
        // Named one by one, the same images of the same file come to the same.
        Path again = folder.resolve("again.tif");
        flatfield(again, List.of("--quantity", quantity, "--dark", scan, "--flat", scan), List.of(scan));
        assertEquals(-1, Files.mismatch(output, again));
    }

    @Test
    void theKeyOfAMeasuredScanSortsAStack() throws IOException {
        // By its scan command: flat and dark images first, and 91 projections between two sets.
        String key = path("nxtomo-meta/24888.nxs");
        List<Integer> kinds = Hdf5Keys.of(Path.of(key), "/entry1/tomo_entry/instrument/detector/image_key");
        int[] counts = {1500, 3000, 1000};
        Path stack = Npy.u16(folder.resolve("stack.npy"), 111, 2, 2, i -> counts[kinds.get(i / 4)] + i / 4);
        Path output = folder.resolve("out.tif");
        Cli cli = flatfield(output, List.of("--image-key", key), List.of(stack.toString()));
        double dark = 0;
        double flat = 0;
        List<Integer> projections = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            switch (kinds.get(i)) {
                case 0 -> projections.add(i);
                case 1 -> flat += (3000 + i) / 10.0;
                default -> dark += (1000 + i) / 10.0;
            }
        }
        double[] found = pixels(output);
        assertEquals(91 * 4, found.length);
        for (int i = 0; i < found.length; i++) {
            double expected = (1500 + projections.get(i / 4) - dark) / (flat - dark);
            assertEquals(expected, found[i], 1e-6, "pixel " + i);
        }
        assertTrue(cli.out().contains("dark from 10, flat from 10\n"), cli.out());
    }
}
