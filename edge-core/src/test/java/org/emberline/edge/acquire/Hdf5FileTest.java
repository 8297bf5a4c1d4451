package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads files written by h5py: src/test/python/make_hdf5_fixtures.py. */
class Hdf5FileTest {

    private static ImageStack open(String name, @Nullable String dataset) throws InputException {
        return FrameFiles.openStack(Pixels.resource(name), dataset);
    }

    private static void assertFixture(ImageStack stack, SampleType type, int frames) throws InputException {
        assertEquals(new ImageStack.Shape(frames, Pixels.ROWS, Pixels.COLUMNS, type), stack.shape());
        for (int frame = 0; frame < frames; frame++) {
            double[] values = Pixels.read(stack, frame);
            double[] expected = new double[values.length];
            for (int i = 0; i < expected.length; i++) {
                expected[i] = Pixels.fixture(type, frame, i / Pixels.COLUMNS, i % Pixels.COLUMNS);
            }
            assertArrayEquals(expected, values, "frame " + frame);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "layouts.h5, contiguous_u2, U16, 3",
        "layouts.h5, /contiguous_u2, U16, 3",
        "layouts.h5, soft, U16, 3",
        "layouts.h5, contiguous_big_i4, I32, 3",
        "layouts.h5, flat_f8, F64, 1",
        "layouts.h5, flat_i1, I8, 1",
        "layouts.h5, per_frame_u4, U32, 3",
        "layouts.h5, odd_chunks_i2, I16, 3",
        "layouts_latest.h5, odd_chunks_big_f4, F32, 3",
        "layouts_latest.h5, lzf_u1, U8, 3",
        "layouts_latest.h5, per_frame_u4, U32, 3",
        "preferred.h5, , I16, 3",
        "linked.nxs, , U16, 3",
        "single.h5, , U16, 3"
    })
    void readsEveryLayout(String file, @Nullable String dataset, SampleType type, int frames) throws IOException {
        try (ImageStack stack = open(file, dataset)) {
            assertFixture(stack, type, frames);
        }
    }

    @Test
    void readsBoolAsBytes() throws IOException {
        try (ImageStack stack = open("layouts.h5", "flat_bool")) {
            double[] values = Pixels.read(stack, 0);
            for (int i = 0; i < values.length; i++) {
                assertEquals((10 * (i / Pixels.COLUMNS) + i % Pixels.COLUMNS) % 2, values[i]);
            }
        }
    }

    @Test
    void takesTheImageAmongTables() throws IOException {
        try (ImageStack stack = open("dominant.h5", null)) {
            assertEquals(new ImageStack.Shape(1, 64, 35, SampleType.U8), stack.shape());
            assertEquals(2239 % 251, Pixels.read(stack, 0)[2239]);
        }
    }

    @Test
    void aChunkThatWasNeverWrittenIsNoFrame() throws IOException {
        try (ImageStack stack = open("layouts_latest.h5", "holes_u2")) {
            assertEquals(Pixels.fixture(SampleType.U16, 2, 0, 0), Pixels.read(stack, 2)[0]);
            InputException e = assertThrows(InputException.class, () -> Pixels.read(stack, 1));
            assertTrue(String.valueOf(e.getMessage()).contains("/holes_u2 chunk at [1, 0, 0]: "), e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "layouts.h5 | never_u2 | /never_u2 was never written",
                "layouts.h5 | absent | has no dataset of that name: dataset=absent",
                "layouts.h5 | contiguous_u2/inside | has no dataset of that name: dataset=contiguous_u2/inside",
                "layouts.h5 | line_u2 | /line_u2 is no image: /line_u2 [9] u16",
                "layouts.h5 | text | /text is no image: /text [] VariableLength",
                "layouts.h5 | outside | outside is a link to another file; open that file",
                "layouts.h5 | ring | damaged or unread HDF5, its datasets: java.lang.StackOverflowError",
                "layouts.h5 | | image datasets, name one: ",
                "u2.npy | data | is no HDF5 file, so it has no datasets: dataset=data"
            })
    void refusesByName(String file, @Nullable String dataset, String expected) {
        InputException e =
                assertThrows(InputException.class, () -> open(file, dataset).close());
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith(Pixels.resource(file) + ": ") && message.contains(expected), message);
    }

    /** See write_filters() in src/test/python/make_hdf5_fixtures.py. */
    @ParameterizedTest
    @ValueSource(strings = {"lz4", "shuffle_lz4", "lz4_fletcher", "bitshuffle", "bslz4_fletcher"})
    void readsTheFiltersOfPlugIns(String dataset) throws IOException {
        try (ImageStack stack = FrameFiles.openStack(Pixels.resource("filters.h5"), dataset)) {
            assertEquals(new ImageStack.Shape(2, 64, 96, SampleType.U16), stack.shape());
            for (int frame = 0; frame < 2; frame++) {
                double[] pixels = Pixels.read(stack, frame);
                for (int i = 0; i < pixels.length; i++) {
                    int a = frame == 0 ? i / 96 : i % 96;
                    int b = frame == 0 ? i % 96 : i / 96;
                    assertEquals((a * a * 31 + b * b * 17 + a * b * 7) % 997 % 32, pixels[i], dataset + " pixel " + i);
                }
            }
        }
    }

    @Test
    void aMasterHasTheImagesOfTheFilesBesideIt() throws IOException {
        try (ImageStack stack = FrameFiles.openStack(Pixels.resource("eiger_master.h5"), null)) {
            assertEquals(new ImageStack.Shape(3, Pixels.ROWS, Pixels.COLUMNS, SampleType.U16), stack.shape());
            for (int frame = 0; frame < 3; frame++) {
                assertEquals(Pixels.fixture(SampleType.U16, frame, 4, 6), Pixels.read(stack, frame)[34]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "eiger_short_master.h5, eiger_data_000003.h5: no such file",
        "eiger_far_master.h5, links to a file outside its folder: ../single.h5:/entry/data/data"
    })
    void aMasterWhoseFilesAreNotThereIsRefused(String name, String expected) {
        InputException e = assertThrows(
                InputException.class,
                () -> FrameFiles.openStack(Pixels.resource(name), null).close());
        assertTrue(String.valueOf(e.getMessage()).contains(expected), e.getMessage());
    }

    @Test
    void aCheckSumThatDoesNotFitIsDamage(@TempDir Path folder) throws IOException {
        byte[] bytes = Files.readAllBytes(Pixels.resource("filters.h5"));
        Path damaged = folder.resolve("damaged.h5");
        int refused = 0;
        // A chunk of each dataset lies somewhere in here; of those with a check sum none may read with a byte that is
        // not its own.
        for (int at = 4096; at < bytes.length; at += 997) {
            byte[] other = bytes.clone();
            other[at] ^= 1;
            Files.write(damaged, other);
            for (String dataset : List.of("lz4_fletcher", "bslz4_fletcher")) {
                refused += sameOrRefused(damaged, dataset) ? 0 : 1;
            }
        }
        assertTrue(refused > 10, "refused=" + refused);
    }

    /** Whether the first image reads as it does from the undamaged file; it does so or not at all. */
    private static boolean sameOrRefused(Path damaged, String dataset) throws IOException {
        try (ImageStack whole = FrameFiles.openStack(Pixels.resource("filters.h5"), dataset);
                ImageStack stack = FrameFiles.openStack(damaged, dataset)) {
            assertArrayEquals(Pixels.read(whole, 0), Pixels.read(stack, 0));
            return true;
        } catch (InputException e) {
            return false;
        }
    }

    private static List<Path> modules(String... names) {
        return Stream.of(names).map(Pixels::resource).toList();
    }

    @Test
    void modulesArePutWhereTheirFilesSay() throws IOException {
        try (FrameFile file = FrameFiles.openModules(modules("module1.h5", "module2.h5"), null);
                Arena arena = Arena.ofConfined()) {
            assertEquals(3, file.frames());
            assertEquals(11, file.rows());
            assertEquals(10, file.columns());
            MemorySegment pixels = arena.allocate(file.frameBytes());
            file.read(2, pixels);
            for (int row = 0; row < 11; row++) {
                for (int column = 0; column < 10; column++) {
                    boolean first = row < 5 && column < 7;
                    boolean second = row >= 6 && column >= 3 && !(row == 7 && column == 5);
                    double expected = first
                            ? Pixels.fixture(SampleType.I16, 2, row, column)
                            : second ? Pixels.fixture(SampleType.I16, 2, row - 6, column - 3) : -1;
                    assertEquals(expected, file.format().read(pixels, row * 10 + column), row + " " + column);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "module_half.h5, distance is no whole number of pixels: 0.5",
        "module_metres.h5, distance is not in pixels: units=m",
        "module_far.h5, modules are too far apart: together 900005x9",
        "module_unsigned.h5, modules differ: 3x5x7 u16 here",
        "single.h5, has no dataset of that name"
    })
    void modulesThatDoNotFitAreRefused(String name, String expected) {
        InputException e = assertThrows(
                InputException.class,
                () -> FrameFiles.openModules(modules("module1.h5", name), null).close());
        assertTrue(String.valueOf(e.getMessage()).contains(expected), e.getMessage());
    }

    @Test
    void nothingMarksAGapAmongUnsignedPixels() {
        InputException e = assertThrows(
                InputException.class,
                () -> FrameFiles.openModules(modules("module_unsigned.h5"), null)
                        .close());
        assertTrue(String.valueOf(e.getMessage()).contains("modules of u16 cannot be put together"), e.getMessage());
    }
}
