package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** NumPy, EDF and CBF files, written by numpy and fabio, and files that are neither. */
class ArrayFileTest {
    @TempDir
    Path folder;

    private static void assertFixture(Path file, SampleType type, int frames) throws IOException {
        try (ImageStack stack = FrameFiles.openStack(file, null)) {
            assertEquals(new ImageStack.Shape(frames, Pixels.ROWS, Pixels.COLUMNS, type), stack.shape());
            for (int frame = 0; frame < frames; frame++) {
                double[] expected = new double[Pixels.ROWS * Pixels.COLUMNS];
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = Pixels.fixture(type, frame, i / Pixels.COLUMNS, i % Pixels.COLUMNS);
                }
                assertArrayEquals(expected, Pixels.read(stack, frame));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SampleType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"U64"})
    void readsNumpy(SampleType type) throws IOException {
        String name = type.name().toLowerCase(Locale.ROOT);
        String numpy = name.charAt(0) + String.valueOf(type.bytes());
        assertFixture(Pixels.resource(numpy + ".npy"), type, 3);
    }

    @Test
    void readsNumpyVersion2AndBool() throws IOException {
        assertFixture(Pixels.resource("v2.npy"), SampleType.F32, 1);
        try (ImageStack stack = FrameFiles.openStack(Pixels.resource("b1.npy"), null)) {
            assertEquals(SampleType.U8, stack.shape().type());
            assertEquals(1, Pixels.read(stack, 0)[1]);
            assertEquals(0, Pixels.read(stack, 0)[2]);
        }
    }

    @ParameterizedTest
    @CsvSource({"u1, U8", "u2, U16", "i4, I32", "f4, F32"})
    void readsEdf(String name, SampleType type) throws IOException {
        assertFixture(Pixels.resource(name + ".edf"), type, 1);
    }

    @Test
    void readsASeriesOfEdf() throws IOException {
        assertFixture(Pixels.resource("series.edf"), SampleType.U16, 3);
    }

    @Test
    void readsWhatGzipHasPacked() throws IOException {
        assertFixture(Pixels.resource("u2.edf.gz"), SampleType.U16, 1);
        try (ImageStack packed = FrameFiles.openStack(Pixels.resource("jumps.cbf.gz"), null);
                ImageStack plain = FrameFiles.openStack(Pixels.resource("jumps.cbf"), null)) {
            assertArrayEquals(Pixels.read(plain, 0), Pixels.read(packed, 0));
        }
    }

    @Test
    void readsCbfWithDifferencesOfEveryWidth() throws IOException {
        double[] expected = new double[Pixels.ROWS * Pixels.COLUMNS];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = Pixels.fixture(SampleType.I32, 0, i / Pixels.COLUMNS, i % Pixels.COLUMNS);
        }
        expected[9] = -2;
        expected[10] = Integer.MAX_VALUE;
        expected[14] = Integer.MIN_VALUE;
        expected[25] = 31_000;
        try (ImageStack stack = FrameFiles.openStack(Pixels.resource("jumps.cbf"), null)) {
            assertEquals(new ImageStack.Shape(1, Pixels.ROWS, Pixels.COLUMNS, SampleType.I32), stack.shape());
            assertArrayEquals(expected, Pixels.read(stack, 0));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-CBF_BYTE_OFFSET | x-CBF_PACKED | only conversions=",
                "signed 32-bit | signed 64-bit | x-binary-element-type=\"signed 64-bit integer\"",
                "LITTLE_ENDIAN | BIG_ENDIAN | only LITTLE_ENDIAN is read",
                "Size: 67 | Size: 66 | Content-MD5",
                "Size: 67 | Size: 6700 | truncated: the binary section",
                "Dimension: 7 | Dimension: 70 | 5x70 pixels do not fit X-Binary-Size=67",
                "vgANyJ81 | vgANyJ82 | is damaged",
                "vgANyJ81RilDQPrDivzbvQ== | nonsense | is no MD5 digest",
                "CIF-BINARY | CIF-TEXTUAL | has no binary section"
            })
    void refusesDamagedCbf(String from, String to, String expected) throws IOException {
        String text = Files.readString(Pixels.resource("jumps.cbf"), StandardCharsets.ISO_8859_1);
        // Where the digest is not what is tried it goes, for it would be what complains.
        String without = expected.contains("MD5") || expected.contains("damaged")
                ? text
                : text.replaceFirst("Content-MD5: [^\r]*\r\n", "");
        Path file = Files.writeString(
                folder.resolve("damaged.cbf"), without.replace(from, to), StandardCharsets.ISO_8859_1);
        TiffFileTest.assertRefusedOnceRead(file, expected);
    }

    @Test
    void refusesGzipThatLies() throws IOException {
        byte[] packed = Files.readAllBytes(Pixels.resource("u2.edf.gz"));
        byte[] larger = packed.clone();
        larger[packed.length - 4]++;
        TiffFileTest.assertRefused(Files.write(folder.resolve("l"), larger), "cannot be unpacked");
        byte[] huge = packed.clone();
        huge[packed.length - 1] = 0x7f;
        TiffFileTest.assertRefused(Files.write(folder.resolve("h"), huge), "claims impossible or too many bytes");
        byte[] damaged = packed.clone();
        damaged[packed.length - 6]++;
        TiffFileTest.assertRefused(Files.write(folder.resolve("d"), damaged), "cannot be unpacked");
    }

    @Test
    void refusesASeriesOfDifferentEdf() throws IOException {
        byte[] first = Files.readAllBytes(Pixels.resource("u2.edf"));
        byte[] second = Files.readAllBytes(Pixels.resource("i4.edf"));
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        TiffFileTest.assertRefused(
                Files.write(folder.resolve("both.edf"), both), "image 0 is 1x5x7 u16, image 1 is 1x5x7 i32");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fortran.npy | only C order is read: fortran_order=True",
                "big.npy | only bool and little-endian numbers are read: descr=>u2",
                "line.npy | needs 2 or 3 dimensions: shape=(5,)"
            })
    void refusesByName(String name, String expected) {
        TiffFileTest.assertRefused(Pixels.resource(name), expected);
    }

    @Test
    void refusesWhatIsLeftOver() throws IOException {
        byte[] array = Files.readAllBytes(Pixels.resource("u2.npy"));
        byte[] twice = new byte[array.length * 2];
        System.arraycopy(array, 0, twice, 0, array.length);
        Path file = Files.write(folder.resolve("twice"), twice);
        TiffFileTest.assertRefused(file, "more bytes than 3x5x7 u16 has: " + array.length + " left over");
    }

    @Test
    void refusesSizesThatOverflow() throws IOException {
        String header = "{'descr': '<u2', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }\n";
        String file = "\u0093NUMPY\u0001\u0000" + (char) header.length() + "\u0000" + header;
        Path path = Files.write(folder.resolve("lie"), file.getBytes(StandardCharsets.ISO_8859_1));
        TiffFileTest.assertRefused(path, "truncated: images of 2147483647x2147483647x2147483647 u16 do not fit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ Dim_1 = 3 ; Dim_2 = 2 ; DataType = UnsignedByte ; ByteOrder = MiddleFirst ; }~abcdef | byteorder=MiddleFirst",
                "{ Dim_1 = 3 ; Dim_2 = 2 ; DataType = Complex ; ByteOrder = LowByteFirst ; }~abcdef | datatype=Complex",
                "{ Dim_1 = 3 ; Dim_2 = -2 ; DataType = UnsignedByte ; ByteOrder = LowByteFirst ; }~abcdef | dim_2=-2",
                "{ Dim_1 = 3 ; Dim_2 = 2 ; Compression = gzip ; }~abcdef | compression=gzip",
                "{ Dim_1 = 3 ; Dim_2 = 3 ; DataType = UnsignedByte ; ByteOrder = LowByteFirst ; }~abcdef | truncated",
                "{ never ends | does not end within",
                "hello, world | unknown kind of file: it begins with 68 65 6c 6c 6f 2c 20 77"
            })
    void refusesText(String text, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve("file.edf"), text.replace('~', '\n'));
        TiffFileTest.assertRefused(file, expected);
    }

    @Test
    void refusesWhatIsNoFile() throws IOException {
        TiffFileTest.assertRefused(folder, "is a directory");
        TiffFileTest.assertRefused(folder.resolve("absent"), "no such file");
        TiffFileTest.assertRefused(Files.createFile(folder.resolve("empty")), "is empty");
    }
}
