package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.emberline.edge.RealData;
import org.emberline.gpu.PixelFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scan files with an image_key, a measured one among them. */
class NxTomoTest {
    private static final String DATA = "/entry/instrument/detector/data";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** A scan of images of 2 x 3 pixels, all pixels of image i being i. */
    private Path scan(String entry, Object key, int images) {
        Path file = folder.resolve("scan.nxs");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            WritableGroup group = hdf;
            for (String name : (entry + "/instrument/detector").split("/", -1)) {
                group = group.putGroup(name);
            }
            group.putDataset("image_key", key);
            if (images > 0) {
                group.putDataset("data", pixels(images));
            }
        }
        return file;
    }

    private static short[][][] pixels(int images) {
        short[][][] pixels = new short[images][2][3];
        IntStream.range(0, images).forEach(i -> Arrays.stream(pixels[i]).forEach(row -> Arrays.fill(row, (short) i)));
        return pixels;
    }

    private static void assertKinds(NxTomo key) {
        assertArrayEquals(new int[] {2, 4}, key.images(ImageKind.PROJECTION));
        assertArrayEquals(new int[] {1, 5}, key.images(ImageKind.FLAT));
        assertArrayEquals(new int[] {0}, key.images(ImageKind.DARK));
        assertArrayEquals(new int[] {3}, key.images(ImageKind.INVALID));
        assertEquals(6, key.images());
        assertEquals("projection 2, flat 2, dark 1, invalid 1", key.toString());
    }

    @Test
    void numbersOfAnyTypeAreKeys() throws IOException {
        for (Object numbers : List.of(
                new byte[] {2, 1, 0, 3, 0, 1},
                new short[] {2, 1, 0, 3, 0, 1},
                new int[] {2, 1, 0, 3, 0, 1},
                new long[] {2, 1, 0, 3, 0, 1},
                new float[] {2, 1, 0, 3, 0, 1},
                new double[] {2, 1, 0, 3, 0, 1})) {
            assertKinds(NxTomo.read(scan("entry", numbers, 6)).orElseThrow());
        }
    }

    @Test
    void anEntryOfAnyNameOrASubentryHasTheKey() throws IOException {
        int[] key = {2, 1, 0, 3, 0, 1};
        for (String entry : List.of("entry0000", "entry1/tomo_entry")) {
            NxTomo found = NxTomo.read(scan(entry, key, 6)).orElseThrow();
            assertKinds(found);
            assertEquals(
                    "/" + entry + "/instrument/detector/data", found.dataset().orElseThrow());
        }
    }

    @Test
    void aFileWithoutKeyIsNoScan() throws IOException {
        assertEquals(Optional.empty(), NxTomo.read(Pixels.resource("preferred.h5")));
        assertEquals(Optional.empty(), NxTomo.read(Pixels.resource("layouts.h5")), "with links in a ring and outside");
        assertEquals(Optional.empty(), NxTomo.read(Pixels.resource("u2.npy")));
    }

    @Test
    void theKeyChoosesImages() throws IOException {
        Path file = scan("entry", new int[] {2, 1, 0, 3, 0, 1}, 6);
        ImageSelection flats = ImageSelection.of(file, null, ImageKind.FLAT);
        assertTrue(flats.keyed());
        assertEquals(2, flats.size());
        assertEquals(5, flats.image(1));
        assertEquals(PixelFormat.I16, flats.format());
        assertArrayEquals(new float[] {3, 3, 3, 3, 3, 3}, ImageSelection.mean(List.of(flats)));
        ImageSelection projections = ImageSelection.of(file, DATA, ImageKind.PROJECTION);
        assertArrayEquals(
                new float[] {3, 3, 3, 3, 3, 3},
                ImageSelection.mean(List.of(projections)),
                "a dataset of as many images is the one that the key tells about");
        assertArrayEquals(
                new float[] {2, 2, 2, 2, 2, 2},
                ImageSelection.mean(List.of(ImageSelection.of(file, null, ImageKind.DARK), flats)),
                "every image has the same weight");
    }

    @Test
    void filesWithoutKeyAreTakenWhole() throws IOException {
        Path file = Pixels.resource("preferred.h5");
        ImageSelection all = ImageSelection.of(file, null, ImageKind.DARK);
        assertEquals(3, all.size());
        assertTrue(!all.keyed());
    }

    @Test
    void theKeyOfAnotherFileChooses() throws IOException {
        NxTomo key = NxTomo.read(scan("entry", new int[] {1, 2, 0}, 0)).orElseThrow();
        assertEquals(Optional.empty(), key.dataset());
        ImageSelection one = ImageSelection.of(Pixels.resource("preferred.h5"), null, key, ImageKind.PROJECTION);
        assertEquals(1, one.size());
        assertEquals(2, one.image(0));
    }

    private void assertRefused(Object key, int images, @Nullable String dataset, String message) {
        Path file = scan("entry", key, images);
        InputException e =
                assertThrows(InputException.class, () -> ImageSelection.of(file, dataset, ImageKind.PROJECTION));
        assertEquals(file + ": " + message.replace("@", file.toString()), e.getMessage());
    }

    @Test
    void refusesWhatDoesNotFit() {
        String path = "/entry/instrument/detector/image_key";
        assertRefused(new int[] {0, 4}, 2, null, path + " must be 0, 1, 2 or 3: image=1 image_key=4.0");
        assertRefused(new double[] {0.5, 1}, 2, null, path + " must be 0, 1, 2 or 3: image=0 image_key=0.5");
        assertRefused(new int[][] {{0, 1}}, 2, null, path + " is no list of numbers: " + path + " [1, 2] i32");
        assertRefused(new int[] {0, 1, 2}, 2, null, "has 2 images, the image_key of @ is about 3");
        assertRefused(
                new int[] {1, 2, 2},
                3,
                null,
                "no image is a projection, says the image_key of @: projection 0, flat 1, dark 2, invalid 0");
        assertRefused(new int[] {0}, 1, "/entry/none", "has no dataset of that name: dataset=/entry/none");
    }

    @Test
    void aMeasuredScanHasItsKeyInASubentryAndItsImagesElsewhere() throws IOException {
        Path file = RealData.path("radiography/nxtomo-meta/24888.nxs");
        NxTomo key = NxTomo.read(file).orElseThrow();
        assertEquals("projection 91, flat 10, dark 10, invalid 0", key.toString());
        InputException e =
                assertThrows(InputException.class, () -> ImageSelection.of(file, null, ImageKind.PROJECTION));
        assertEquals(
                file + ": /entry1/tomo_entry/instrument/detector/data is a link to another file; open that file:"
                        + " /dls/i13/data/2014/mt9396-1/raw/pco1-24888.hdf:entry/instrument/detector/data",
                e.getMessage());
    }
}
