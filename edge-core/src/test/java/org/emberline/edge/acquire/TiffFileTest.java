package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiffFileTest {
    private static final int ROWS = 11;
    private static final int COLUMNS = 6;
    private static final int PIXELS = ROWS * COLUMNS;

    @TempDir
    Path folder;

    static Stream<Arguments> typesAndOrders() {
        return Stream.of(SampleType.values())
                .flatMap(type -> Stream.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)
                        .map(order -> Arguments.of(type, order)));
    }

    private interface StripCoder {
        byte[] encode(byte[] strip) throws IOException;
    }

    private Path write(TiffWriter writer) throws IOException {
        return Files.write(folder.resolve("image.not-tif"), writer.write());
    }

    private static TiffWriter.Page page(
            TiffWriter writer, SampleType type, ByteOrder order, int first, StripCoder coder) throws IOException {
        byte[] image = Pixels.encode(type, order, Pixels.rich(type, first, PIXELS));
        List<byte[]> strips = new ArrayList<>();
        for (byte[] strip : Pixels.strips(image, 4 * COLUMNS * type.bytes())) {
            strips.add(coder.encode(strip));
        }
        return writer.page(ROWS, COLUMNS, type, 4, strips);
    }

    private void assertPages(Path file, SampleType type, int pages) throws IOException {
        try (ImageStack stack = FrameFiles.openStack(file, null)) {
            assertEquals(new ImageStack.Shape(pages, ROWS, COLUMNS, type), stack.shape());
            for (int page = 0; page < pages; page++) {
                assertArrayEquals(Pixels.rich(type, 1000 * page, PIXELS), Pixels.read(stack, page), "page " + page);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("typesAndOrders")
    void readsEveryTypeInStripsAndPages(SampleType type, ByteOrder order) throws IOException {
        TiffWriter writer = new TiffWriter(order);
        for (int page = 0; page < 3; page++) {
            page(writer, type, order, 1000 * page, strip -> strip);
        }
        assertPages(write(writer), type, 3);
    }

    @ParameterizedTest
    @MethodSource("typesAndOrders")
    void readsDeflatedStrips(SampleType type, ByteOrder order) throws IOException {
        for (int code : new int[] {8, 32946}) {
            TiffWriter writer = new TiffWriter(order);
            page(writer, type, order, 0, TiffFileTest::deflate).tag(259, code);
            assertPages(write(writer), type, 1);
        }
    }

    @ParameterizedTest
    @MethodSource("typesAndOrders")
    void readsDifferencedRows(SampleType type, ByteOrder order) throws IOException {
        if (type.isFloating()) {
            return;
        }
        double[] values = Pixels.rich(type, 0, PIXELS);
        double[] differences = values.clone();
        for (int i = 0; i < PIXELS; i++) {
            differences[i] = i % COLUMNS == 0 ? values[i] : (long) values[i] - (long) values[i - 1];
        }
        TiffWriter writer = new TiffWriter(order);
        byte[] image = Pixels.encode(type, order, differences);
        writer.page(ROWS, COLUMNS, type, ROWS, List.of(deflate(image)))
                .tag(259, 8)
                .tag(317, 2);
        assertPages(write(writer), type, 1);
    }

    @Test
    void readsPackedStrips() throws IOException {
        TiffWriter writer = new TiffWriter(ByteOrder.BIG_ENDIAN);
        page(writer, SampleType.I32, ByteOrder.BIG_ENDIAN, 0, TiffFileTest::packLiterally)
                .tag(259, 32773);
        assertPages(write(writer), SampleType.I32, 1);
    }

    /** The example of TIFF 6.0, section 9. */
    @Test
    void unpacksTheExampleOfTheStandard() throws IOException {
        byte[] packed = bytes(0xFE, 0xAA, 0x02, 0x80, 0x00, 0x2A, 0xFD, 0xAA, 0x03, 0x80, 0x00, 0x2A, 0x22, 0xF7, 0xAA);
        TiffWriter writer = new TiffWriter(ByteOrder.LITTLE_ENDIAN);
        writer.page(4, 6, SampleType.U8, 4, List.of(packed)).tag(259, 32773);
        double[] expected = {
            0xAA, 0xAA, 0xAA, 0x80, 0x00, 0x2A, 0xAA, 0xAA, 0xAA, 0xAA, 0x80, 0x00,
            0x2A, 0x22, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA
        };
        try (ImageStack stack = FrameFiles.openStack(write(writer), null)) {
            assertArrayEquals(expected, Pixels.read(stack, 0));
        }
    }

    @Test
    void toleratesPrivateTagsWhateverTheyClaim() throws IOException {
        TiffWriter writer = new TiffWriter(ByteOrder.LITTLE_ENDIAN);
        page(writer, SampleType.I32, ByteOrder.LITTLE_ENDIAN, 0, strip -> strip)
                .tag(65000, 0xffff_fff0L)
                .tag(65010, 1, 2, 3);
        assertPages(write(writer), SampleType.I32, 1);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(259, 2, "CCITT RLE"),
                Arguments.of(259, 7, "JPEG"),
                Arguments.of(259, 99, "Compression=99"),
                Arguments.of(277, 3, "SamplesPerPixel=3"),
                Arguments.of(266, 2, "FillOrder=2"),
                Arguments.of(262, 3, "PhotometricInterpretation=3"),
                Arguments.of(258, 12, "BitsPerSample=12"),
                Arguments.of(339, 4, "SampleFormat=4"),
                Arguments.of(317, 3, "Predictor=3"),
                Arguments.of(322, 16, "tiled"),
                Arguments.of(256, 0, "ImageWidth=0"),
                Arguments.of(257, 0xffff_ffffL, "ImageLength=4294967295"),
                Arguments.of(256, COLUMNS + 1, "strip 0 cannot hold its pixels: bytes=48 needed=56"),
                Arguments.of(278, 0, "RowsPerStrip=0"),
                Arguments.of(278, 3, "tag has 3 values instead of 4: tag=273"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesByName(int tag, long value, String expected) throws IOException {
        TiffWriter writer = new TiffWriter(ByteOrder.LITTLE_ENDIAN);
        page(writer, SampleType.U16, ByteOrder.LITTLE_ENDIAN, 0, strip -> strip).tag(tag, value);
        assertRefused(write(writer), expected);
    }

    @Test
    void namesTheStripThatIsCutOff() throws IOException {
        TiffWriter writer = new TiffWriter(ByteOrder.LITTLE_ENDIAN);
        page(writer, SampleType.U16, ByteOrder.LITTLE_ENDIAN, 0, strip -> strip).tag(273, 8, 100, 3000);
        assertRefused(write(writer), "truncated: strip 2 needs bytes 3000..3036, file ends at ");
    }

    /** When it is opened, or when its image is read. */
    static void assertRefusedOnceRead(Path file, String expected) {
        InputException e = assertThrows(InputException.class, () -> {
            try (ImageStack stack = FrameFiles.openStack(file, null)) {
                var _ = Pixels.read(stack, 0);
            }
        });
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith(file + ": ") && message.contains(expected), message);
    }

    /** See rough() in src/test/python/make_hdf5_fixtures.py. */
    @ParameterizedTest
    @ValueSource(strings = {"lzw1.tif", "lzw2.tif"})
    void readsLzwOfFullTables(String name) throws IOException {
        double[] expected = new double[64 * 96];
        for (int i = 0; i < expected.length; i++) {
            int row = i / 96;
            int column = i % 96;
            expected[i] = (row * row * 31 + column * column * 17 + row * column * 7) % 997;
        }
        try (ImageStack stack = FrameFiles.openStack(Pixels.resource(name), null)) {
            assertEquals(new ImageStack.Shape(1, 64, 96, SampleType.U16), stack.shape());
            assertArrayEquals(expected, Pixels.read(stack, 0));
        }
    }

    @Test
    void readsLzwOfOneValue() throws IOException {
        double[] expected = new double[64 * 96];
        Arrays.fill(expected, 7);
        try (ImageStack stack = FrameFiles.openStack(Pixels.resource("lzw_flat.tif"), null)) {
            assertArrayEquals(expected, Pixels.read(stack, 0));
        }
    }

    static void assertRefused(Path file, String expected) {
        InputException e = assertThrows(
                InputException.class, () -> FrameFiles.openStack(file, null).close());
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith(file + ": ") && message.contains(expected), message);
    }

    @Test
    void refusesPagesOfDifferentShape() throws IOException {
        TiffWriter writer = new TiffWriter(ByteOrder.LITTLE_ENDIAN);
        writer.page(2, 3, SampleType.U8, 2, List.of(new byte[6]));
        writer.page(2, 4, SampleType.U8, 2, List.of(new byte[8]));
        assertRefused(write(writer), "pages differ: page 0 is 1x2x3 u8, page 1 is 1x2x4 u8");
    }

    @Test
    void refusesStripsThatOverlapAcrossPages() throws IOException {
        TiffWriter writer = new TiffWriter(ByteOrder.LITTLE_ENDIAN);
        byte[] image = new byte[1000];
        for (int page = 0; page < 9; page++) {
            writer.page(1, 1000, SampleType.U8, 1, page == 0 ? List.of(image) : List.of(new byte[1]))
                    .tag(273, 8)
                    .tag(279, 1000);
        }
        assertRefused(write(writer), "strips overlap");
    }

    @Test
    void refusesARingOfDirectories() throws IOException {
        TiffWriter writer = new TiffWriter(ByteOrder.LITTLE_ENDIAN);
        writer.page(1, 1, SampleType.U8, 1, List.of(new byte[1]));
        byte[] bytes = writer.write();
        System.arraycopy(bytes, 4, bytes, bytes.length - 4, 4);
        Path file = Files.write(folder.resolve("ring.tif"), bytes);
        assertRefused(file, "the directories form a ring: offset=9");
    }

    @Test
    void refusesADeflatedPageThatClaimsTheImpossible() throws IOException {
        TiffWriter writer = new TiffWriter(ByteOrder.LITTLE_ENDIAN);
        writer.page(1 << 20, 1 << 20, SampleType.U32, 1 << 20, List.of(new byte[20]))
                .tag(259, 8);
        assertRefused(write(writer), "strip 0 cannot hold its pixels: bytes=20 needed=4398046511104");
    }

    @Test
    void refusesBigTiff() throws IOException {
        assertRefused(Files.write(folder.resolve("big"), bytes('I', 'I', 43, 0, 8, 0, 0, 0)), "BigTIFF is not read");
    }

    @Test
    void refusesANumberTypeThatIsNoDetectorFrame() throws IOException {
        TiffWriter writer = new TiffWriter(ByteOrder.LITTLE_ENDIAN);
        page(writer, SampleType.F64, ByteOrder.LITTLE_ENDIAN, 0, strip -> strip);
        Path file = write(writer);
        InputException e = assertThrows(InputException.class, () -> FrameFiles.open(file, null));
        assertEquals(
                file + ": no detector frames, which are u8, u16, i16, u32, i32 or f32: 1x11x6 f64", e.getMessage());
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] deflate(byte[] strip) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(strip);
        }
        return out.toByteArray();
    }

    /** PackBits without runs, with a byte of -128 that means nothing in between. */
    private static byte[] packLiterally(byte[] strip) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < strip.length; at += 50) {
            int run = Math.min(50, strip.length - at);
            out.write(run - 1);
            out.write(strip, at, run);
            out.write(-128);
        }
        return out.toByteArray();
    }
}
