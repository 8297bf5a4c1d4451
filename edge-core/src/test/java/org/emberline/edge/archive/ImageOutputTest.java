package org.emberline.edge.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.emberline.edge.archive.ImageOutput.Contents;
import org.emberline.edge.archive.ImageOutput.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written, byte by byte; other programs read it in the tests of {@code flatfield}. */
class ImageOutputTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static Contents contents(int images, int rows, int columns) {
        return new Contents(
                images,
                rows,
                columns,
                "transmission",
                "(raw - dark) / (flat - dark)",
                "1.2.3",
                Map.of("bin", 2, "files", List.of("a.tif", "b.tif")));
    }

    private static float[] image(int number, int pixels) {
        Random random = new Random(number);
        float[] image = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            image[i] = random.nextInt(20) == 0 ? Float.NaN : random.nextFloat();
        }
        return image;
    }

    private static void write(ImageOutput output, Contents contents) throws IOException {
        try (output) {
            for (int i = 0; i < contents.images(); i++) {
                output.add(image(i, contents.rows() * contents.columns()));
            }
            output.commit();
        }
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** A TIFF file of either kind, read by the letter of its definition. */
    private record Tiff(ByteBuffer bytes, boolean big) {
        static Tiff of(Path file) throws IOException {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            assertEquals("II", (char) bytes.get(0) + "" + (char) bytes.get(1));
            boolean big = bytes.getShort(2) == 43;
            assertEquals(big ? 43 : 42, bytes.getShort(2));
            assertTrue(!big || (bytes.getShort(4) == 8 && bytes.getShort(6) == 0));
            return new Tiff(bytes, big);
        }

        int first() {
            return big ? (int) bytes.getLong(8) : bytes.getInt(4);
        }

        int entries(int directory) {
            return big ? (int) bytes.getLong(directory) : bytes.getShort(directory);
        }

        int next(int directory) {
            int entries = entries(directory);
            return big ? (int) bytes.getLong(directory + 8 + 20 * entries) : bytes.getInt(directory + 2 + 12 * entries);
        }

        /** The value of a tag, or where its values are; the tags before it must be smaller. */
        long value(int directory, int tag) {
            int before = 0;
            for (int i = 0; i < entries(directory); i++) {
                int at = directory + (big ? 8 + 20 * i : 2 + 12 * i);
                int found = bytes.getShort(at);
                assertTrue(found > before, "tags ascend");
                before = found;
                if (found == tag) {
                    int value = at + (big ? 12 : 8);
                    return switch (bytes.getShort(at + 2)) {
                        case 3 -> bytes.getShort(value);
                        case 16 -> bytes.getLong(value);
                        default -> big ? bytes.getLong(value) : bytes.getInt(value);
                    };
                }
            }
            throw new AssertionError("no tag " + tag);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, false", "3, 5, 7, false", "3, 5, 7, true", "2, 700, 900, false", "2, 700, 900, true"})
    void everyPageHasItsPixels(int images, int rows, int columns, boolean big) throws IOException {
        Contents contents = contents(images, rows, columns);
        Path file = folder.resolve("out.tif");
        long length = new TiffPageHeader(contents, false).fileBytes();
        write(new TiffOutput(file, contents, big ? length - 1 : length), contents);
        Tiff tiff = Tiff.of(file);
        assertEquals(big, tiff.big);
        int directory = tiff.first();
        for (int page = 0; page < images; page++) {
            assertEquals(columns, tiff.value(directory, 256));
            assertEquals(rows, tiff.value(directory, 257));
            assertEquals(32, tiff.value(directory, 258), "bits per sample");
            assertEquals(1, tiff.value(directory, 259), "no compression");
            assertEquals(1, tiff.value(directory, 262), "large is light");
            assertEquals(1, tiff.value(directory, 277), "samples per pixel");
            assertEquals(rows, tiff.value(directory, 278), "rows per strip");
            assertEquals(4L * rows * columns, tiff.value(directory, 279));
            assertEquals(3, tiff.value(directory, 339), "floating point");
            float[] found = new float[rows * columns];
            int place = (int) tiff.value(directory, 273);
            tiff.bytes
                    .slice(place, 4 * found.length)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(found);
            assertArrayEquals(image(page, found.length), found, "page " + page);
            assertEquals(0, place % 4, "can be mapped as numbers");
            directory = tiff.next(directory);
        }
        assertEquals(0, directory, "no further page");
        assertEquals(List.of("out.tif"), names());
    }

    @Test
    void aTiffSaysWhatItHolds() throws IOException {
        Path file = folder.resolve("out.tif");
        write(ImageOutput.open(file, Kind.TIFF, contents(1, 2, 2)), contents(1, 2, 2));
        Tiff tiff = Tiff.of(file);
        assertEquals("transmission: (raw - dark) / (flat - dark)", text(tiff, 270));
        assertEquals("emberline 1.2.3", text(tiff, 305));
    }

    private static String text(Tiff tiff, int tag) {
        StringBuilder text = new StringBuilder();
        for (int at = (int) tiff.value(tiff.first(), tag); tiff.bytes.get(at) != 0; at++) {
            text.append((char) tiff.bytes.get(at));
        }
        return text.toString();
    }

    @Test
    void nexusSaysWhatItHolds() throws IOException {
        Path file = folder.resolve("out.nxs");
        write(ImageOutput.open(file, Kind.NEXUS, contents(3, 2, 5)), contents(3, 2, 5));
        try (HdfFile hdf = new HdfFile(file)) {
            float[][][] found =
                    (float[][][]) hdf.getDatasetByPath("/entry/data/data").getData();
            assertEquals(3, found.length);
            assertArrayEquals(Arrays.copyOfRange(image(2, 10), 5, 10), found[2][1]);
            assertEquals(2, hdf.getDatasetByPath("/entry/process/input/bin").getData());
            assertArrayEquals(new String[] {"a.tif", "b.tif"}, (String[])
                    hdf.getDatasetByPath("/entry/process/input/files").getData());
        }
        assertEquals(List.of("out.nxs"), names());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whatIsNotFinishedLeavesTheOldFileAsItWas(Kind kind) throws IOException {
        Path file = Files.writeString(folder.resolve("out" + (kind == Kind.TIFF ? ".tif" : ".h5")), "old");
        try (ImageOutput output = ImageOutput.open(file, kind, contents(2, 3, 3))) {
            output.add(image(0, 9));
            assertThrows(IllegalStateException.class, output::commit, "an image is missing");
        }
        assertEquals("old", Files.readString(file));
        assertEquals(1, names().size(), "no part is left behind");
        write(ImageOutput.open(file, kind, contents(2, 3, 3)), contents(2, 3, 3));
        assertFalse(Files.size(file) == 3, "and is replaced by what is finished");
        assertEquals(1, names().size());
    }

    @Test
    void whatDoesNotFitIntoMemoryIsRefusedBeforehand() {
        Path file = folder.resolve("out.h5");
        IOException e =
                assertThrows(IOException.class, () -> new NexusOutput(file, contents(1024, 1024, 512), (2L << 30) - 1));
        assertEquals(
                file + ": 1024 images of 1024x512 need 2.00 GiB of memory to be written as HDF5, there are 2.00; write"
                        + " .tif",
                e.getMessage());
    }

    @Test
    void theEndingChooses() {
        assertEquals(Optional.of(Kind.TIFF), Kind.of(Path.of("a/b.TIFF")));
        assertEquals(Optional.of(Kind.NEXUS), Kind.of(Path.of("a.tif.nxs")));
        assertEquals(Optional.empty(), Kind.of(Path.of("h5")));
        assertEquals(List.of(".tif", ".tiff", ".h5", ".nxs"), Kind.allEndings());
    }
}
