package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files give an {@link InputException} or pixels, and nothing else, whatever is wrong with them. */
class HostileFilesTest {
    private static final long MOST_BYTES = 64L << 20;
    private static final int[] EXTREMES = {0, 1, 0x7f, 0x80, 0xff};

    @TempDir
    Path folder;

    /** All images of a file, or null when it is refused; any other exception ends the test. */
    private static @Nullable List<double[]> readAll(byte[] bytes, @Nullable String dataset) {
        try (ImageStack stack = FuzzedFiles.open(bytes, dataset)) {
            List<double[]> images = new ArrayList<>();
            assertTrue(stack.shape().frameBytes() < MOST_BYTES, () -> "claims to hold " + stack.shape());
            for (int frame = 0; frame < Math.min(stack.shape().frames(), 8); frame++) {
                images.add(Pixels.read(stack, frame));
            }
            return images;
        } catch (InputException e) {
            String message = String.valueOf(e.getMessage());
            assertTrue(message.startsWith(FuzzedFiles.NAME + ": ") && message.indexOf('\n') < 0, message);
            return null;
        }
    }

    private Path tiff(ByteOrder order, boolean deflated) throws IOException {
        TiffWriter writer = new TiffWriter(order);
        for (int page = 0; page < 2; page++) {
            byte[] image = Pixels.encode(SampleType.U16, order, Pixels.rich(SampleType.U16, 1000 * page, 35));
            if (deflated) {
                writer.page(5, 7, SampleType.U16, 5, List.of(TiffFileTest.deflate(image)))
                        .tag(259, 8);
            } else {
                writer.page(5, 7, SampleType.U16, 2, Pixels.strips(image, 28));
            }
        }
        return Files.write(folder.resolve("whole.tif"), writer.write());
    }

    /** Checks that every prefix is refused or, where only bytes without meaning are cut off, reads as the whole. */
    private int countReadablePrefixes(Path whole, @Nullable String dataset) throws IOException {
        byte[] bytes = Files.readAllBytes(whole);
        List<double[]> expected = Objects.requireNonNull(readAll(bytes, dataset), "the whole file is readable");
        int refused = 0;
        for (int length = 1; length < bytes.length; length++) {
            List<double[]> images = readAll(Arrays.copyOf(bytes, length), dataset);
            if (images == null) {
                refused++;
                continue;
            }
            for (int frame = 0; frame < images.size(); frame++) {
                assertArrayEquals(expected.get(frame), images.get(frame), "prefix of " + length + " bytes");
            }
        }
        return bytes.length - 1 - refused;
    }

    @Test
    void everyPrefixOfATiffIsRefused() throws IOException {
        assertTrue(countReadablePrefixes(tiff(ByteOrder.LITTLE_ENDIAN, false), null) == 0);
        assertTrue(countReadablePrefixes(tiff(ByteOrder.BIG_ENDIAN, true), null) == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"u2.npy", "v2.npy", "u2.edf", "u2.edf.gz"})
    void everyPrefixOfAnArrayIsRefused(String name) throws IOException {
        assertTrue(countReadablePrefixes(Pixels.resource(name), null) == 0);
    }

    @ParameterizedTest
    @CsvSource({"linked.nxs,", "preferred.h5,", "layouts_latest.h5,per_frame_u4"})
    void everyPrefixOfAnHdf5IsRefusedOrComplete(String name, @Nullable String dataset) throws IOException {
        Path file = Pixels.resource(name);
        assertTrue(countReadablePrefixes(file, dataset) < Files.size(file) / 2);
    }

    /** What is behind the pixels of a CBF means nothing. */
    @Test
    void everyPrefixOfACbfIsRefusedOrComplete() throws IOException {
        assertTrue(countReadablePrefixes(Pixels.resource("jumps.cbf"), null) <= 40);
    }

    /** Of a series, whole images may be left. */
    @Test
    void everyPrefixOfASeriesIsRefusedOrHasWholeImages() throws IOException {
        assertTrue(countReadablePrefixes(Pixels.resource("series.edf"), null) < 1200);
    }

    @Test
    void mutatedLzwIsRefusedOrRead() throws IOException {
        assertTrue(fuzz(Pixels.resource("lzw_flat.tif"), null, 2000) > 200);
        assertTrue(fuzz(Pixels.resource("lzw2.tif"), null, 200) > 20);
    }

    private static byte[] mutate(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        int places = 1 + random.nextInt(3);
        for (int i = 0; i < places; i++) {
            int at = random.nextInt(bytes.length);
            int run = Math.min(1 + random.nextInt(4), bytes.length - at);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> Arrays.fill(bytes, at, at + run, (byte) EXTREMES[random.nextInt(EXTREMES.length)]);
                default -> System.arraycopy(whole, random.nextInt(bytes.length - run + 1), bytes, at, run);
            }
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    /** Returns how many mutants were refused. */
    private int fuzz(Path whole, @Nullable String dataset, int mutants) throws IOException {
        byte[] bytes = Files.readAllBytes(whole);
        int refused = 0;
        for (int seed = 0; seed < mutants; seed++) {
            byte[] mutant = mutate(bytes, new Random(seed));
            try {
                refused += mutant.length == 0 || readAll(mutant, dataset) == null ? 1 : 0;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed=" + seed + " of " + whole, e);
            }
        }
        return refused;
    }

    @Test
    void mutatedTiffsAreRefusedOrRead() throws IOException {
        assertTrue(fuzz(tiff(ByteOrder.LITTLE_ENDIAN, false), null, 2000) > 200);
        assertTrue(fuzz(tiff(ByteOrder.BIG_ENDIAN, false), null, 2000) > 200);
        assertTrue(fuzz(tiff(ByteOrder.LITTLE_ENDIAN, true), null, 2000) > 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"u2.npy", "v2.npy", "u2.edf", "series.edf", "jumps.cbf", "u2.edf.gz"})
    void mutatedArraysAreRefusedOrRead(String name) throws IOException {
        assertTrue(fuzz(Pixels.resource(name), null, 2000) > 200);
    }

    @ParameterizedTest
    @CsvSource({
        "linked.nxs,",
        "preferred.h5,",
        "single.h5,",
        "layouts_latest.h5,per_frame_u4",
        "layouts_latest.h5,lzf_u1",
        "layouts.h5,odd_chunks_i2",
        "filters.h5,shuffle_lz4",
        "filters.h5,bslz4_fletcher"
    })
    void mutatedHdf5IsRefusedOrRead(String name, @Nullable String dataset) throws IOException {
        assertTrue(fuzz(Pixels.resource(name), dataset, 400) > 10);
    }
}
