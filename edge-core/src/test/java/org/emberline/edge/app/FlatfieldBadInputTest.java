package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.emberline.edge.RealData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input for {@code flatfield} gets a clear line and the right exit code, and leaves nothing behind. */
class FlatfieldBadInputTest {
    private static final String FIELDS = "flatfield --dark @d.npy --flat @f.npy -o @out.tif ";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @BeforeAll
    static void makeFiles() throws IOException {
        image("d.npy", 4, 100);
        image("f.npy", 4, 1100);
        image("raw.npy", 4, 600);
        image("low.npy", 4, 100);
        image("full.npy", 4, 65_535);
        image("zero.npy", 4, 0);
        image("mask.npy", 4, 1);
        image("d3.npy", 3, 100);
        image("f3.npy", 3, 1100);
        image("raw3.npy", 3, 600);
        image("mask3.npy", 3, 0);
        Npy.f64(folder.resolve("double.npy"), 1, 4, 5, _ -> 600);
        Npy.u16(folder.resolve("masks.npy"), 2, 4, 5, _ -> 0);
        byte[] whole = Files.readAllBytes(folder.resolve("raw.npy"));
        Files.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, whole.length - 1));
        Files.writeString(folder.resolve("text.tif"), "hello\n");
        try (WritableHdfFile hdf = HdfFile.write(folder.resolve("noimages.h5"))) {
            hdf.putDataset("x", 1);
        }
        try (WritableHdfFile hdf = HdfFile.write(folder.resolve("nodarks.nxs"))) {
            var detector = hdf.putGroup("entry").putGroup("instrument").putGroup("detector");
            detector.putDataset("data", new short[3][4][5]);
            detector.putDataset("image_key", new int[] {1, 0, 0});
        }
    }

    private static void image(String name, int rows, int value) throws IOException {
        Npy.u16(folder.resolve(name), 1, rows, 5, _ -> value);
    }

    private static String at(String text) {
        return text.replace("@", folder + "/");
    }

    private static void assertExplained(int code, String message, String... words) throws IOException {
        Cli cli = Cli.run(words);
        assertEquals(code, cli.code(), cli.err());
        assertTrue(cli.err().lines().anyMatch(line -> line.contains(message)), message + "\nis not in\n" + cli.err());
        assertEquals(
                1,
                cli.err().lines().filter(line -> line.startsWith("emberline: ")).count(),
                cli.err());
        assertFalse(cli.err().contains("\tat "), cli.err());
        assertEquals("", cli.out());
        try (Stream<Path> files = Files.list(folder)) {
            assertFalse(
                    files.anyMatch(file -> file.getFileName().toString().startsWith("out")), "nothing is left behind");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flatfield                                              | 2 | Missing required option: '-o=OUT'",
                "flatfield -o @out.tif                                  | 2 | FILE is missing",
                "flatfield -o @out.tif --dark @d.npy --flat @f.npy @raw.npy | 2 | FILE is missing: write the radiographs behind -o OUT or --, for --dark and --flat take all",
                "flatfield -o @out.tif @raw.npy                         | 2 | --dark and --flat are missing, and no image_key says which images of @raw.npy are darks and flats",
                "flatfield --dark @d.npy -o @out.tif @raw.npy           | 2 | --flat is missing, and no image_key",
                "flatfield --flat @f.npy -o @out.tif @raw.npy           | 2 | --dark is missing, and no image_key",
                "flatfield --flat @f.npy -o @out.tif @raw.npy @raw.npy  | 2 | --dark is missing: only a single FILE that has an image_key can do without",
                "flatfield -o @out.tif @nodarks.nxs                     | 74 | @nodarks.nxs: no image is a dark, says the image_key of @nodarks.nxs: projection 2, flat 1, dark 0, invalid 0",
                "flatfield --image-key @raw.npy -o @out.tif @raw.npy    | 74 | @raw.npy: has no entry with instrument/detector/image_key",
                "flatfield --image-key @nodarks.nxs -o @out.tif @raw.npy | 74 | @raw.npy: has 1 images, the image_key of @nodarks.nxs is about 3",
                "flatfield --image-key @nodarks.nxs -o @out.tif @raw.npy @raw.npy | 2 | --image-key is about one FILE, here are 2",
                "flatfield --dark @d.npy --flat @low.npy -o @out.tif @raw.npy | 74 | @low.npy: no pixel can be used: each is masked, or its flat is not above its dark in @d.npy",
                "flatfield --dark @f.npy --flat @d.npy -o @out.tif @raw.npy | 74 | @d.npy: no pixel can be used",
                "flatfield --dark @d3.npy --flat @f.npy -o @out.tif @raw.npy | 74 | @d3.npy: images of 3x5 (rows x columns) do not fit those of 4x5 in @raw.npy",
                "flatfield --dark @d.npy --flat @f3.npy -o @out.tif @raw.npy | 74 | @f3.npy: images of 3x5 (rows x columns) do not fit those of 4x5 in @raw.npy",
                "flatfield --dark @d.npy --flat @f.npy --flat-after @f3.npy -o @out.tif @raw.npy | 74 | @f3.npy: images of 3x5",
                "flatfield --dark @cut.npy --flat @f.npy -o @out.tif @raw.npy | 74 | @cut.npy: truncated",
                "flatfield --dark @d.npy --flat @text.tif -o @out.tif @raw.npy | 74 | @text.tif: unknown kind of file",
                "flatfield --dark @none.npy --flat @f.npy -o @out.tif @raw.npy | 74 | @none.npy: no such file",
                "flatfield --dark @d.npy --flat @f.npy -o @out.png @raw.npy | 2 | -o @out.png: the ending says what is written, known are .tif, .tiff, .h5, .nxs",
                "flatfield --dark @d.npy --flat @f.npy -o @no/out.tif @raw.npy | 74 | @no/out.tif: the output's folder does not exist",
            })
    void filesThatDoNotGoTogether(String arguments, int code, String message) throws IOException {
        assertExplained(code, at(message), at(arguments).split(" +"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@cut.npy                        | 74 | @cut.npy: truncated",
                "@none.tif                       | 74 | @none.tif: no such file",
                "@noimages.h5                    | 74 | @noimages.h5: has no dataset of two or three dimensions of numbers",
                "@raw.npy @raw3.npy              | 74 | @raw3.npy: images of 3x5 (rows x columns) do not fit those of 4x5 in @raw.npy",
                "@raw.npy @double.npy            | 74 | @double.npy: pixels of f32 do not fit those of u16 in @raw.npy",
                "--dataset /x @raw.npy           | 74 | @raw.npy: is no HDF5 file",
                "--mask @none.npy @raw.npy       | 74 | @none.npy: no such file",
                "--mask @text.tif @raw.npy       | 74 | @text.tif: unknown kind of file",
                "--mask @mask3.npy @raw.npy      | 74 | @mask3.npy: images of 3x5 (rows x columns) do not fit those of 4x5 in @raw.npy",
                "--mask @masks.npy @raw.npy      | 74 | @masks.npy: a mask is one image, here are 2x4x5 u16",
                "--mask @mask.npy @raw.npy       | 74 | @f.npy: no pixel can be used: each is masked",
                "--bin 5 @raw.npy                | 2 | --bin 5 is more than the images of @raw.npy have: 4x5 (rows x columns)",
                "--bin 0 @raw.npy                | 2 | --bin must lie in 1..64, is 0",
                "--bin 65 @raw.npy               | 2 | --bin must lie in 1..64, is 65",
                "--saturation 0 @raw.npy         | 2 | --saturation must be positive, is 0.0",
                "--saturation 65535 @full.npy    | 74 | no image has a single pixel with a value: saturated=20 unlit=0 dead=0 masked=0",
                "--quantity od @zero.npy         | 74 | no image has a single pixel with a value: saturated=0 unlit=20 dead=0 masked=0",
                "--scale edge @raw.npy           | 2 | must be none, rim or region=ROW,COL,ROWS,COLS with ROWS and COLS of 1 or more, is \"edge\"",
                "--scale region=0,0,0,2 @raw.npy | 2 | must be none, rim or region=ROW,COL,ROWS,COLS",
                "--scale region=3,3,2,2 @raw.npy | 2 | --scale region=3,3,2,2: the empty region must hold a whole downsampled pixel and lie inside",
                "--bin 3 --scale rim @raw.npy    | 2 | --scale rim: the rim leaves no field",
                "--quantity absorbance @raw.npy  | 2 | must be one of [transmission, od], is \"absorbance\"",
                "--backend cuda @raw.npy         | 2 | must be one of [auto, opencl, cpu], is \"cuda\"",
            })
    void isExplainedInALine(String arguments, int code, String message) throws IOException {
        assertExplained(code, at(message), at(FIELDS + arguments).split(" +"));
    }

    @Test
    void anInputIsNeverOverwritten() throws IOException {
        Path raw = Npy.u16(folder.resolve("only.tif"), 1, 4, 5, _ -> 600);
        byte[] before = Files.readAllBytes(raw);
        for (String words : List.of(
                "flatfield --dark @d.npy --flat @f.npy -o @only.tif @raw.npy @only.tif",
                "flatfield --dark @d.npy --flat @only.tif -o @only.tif @raw.npy",
                "flatfield --dark @d.npy --flat @f.npy --mask @only.tif -o @only.tif @raw.npy")) {
            assertExplained(
                    ExitCode.USAGE,
                    at("-o @only.tif would overwrite the input @only.tif"),
                    at(words).split(" +"));
        }
        assertTrue(Arrays.equals(before, Files.readAllBytes(raw)));
    }

    @Test
    void severalComplaintsComeTogether() {
        Cli cli = Cli.run(at("flatfield --dark @none.tif --flat @text.tif -o @out.tif @cut.npy")
                .split(" "));
        assertEquals(ExitCode.IO, cli.code());
        assertEquals(3, cli.err().lines().count(), cli.err());
    }

    @Test
    void aMeasuredScanWithoutItsImagesSaysWhereTheyAre() throws IOException {
        String scan = RealData.path("radiography/nxtomo-meta/24888.nxs").toString();
        assertExplained(
                ExitCode.IO,
                scan + ": /entry1/tomo_entry/instrument/detector/data is a link to another file; open that file: /dls/",
                "flatfield",
                "-o",
                at("@out.tif"),
                scan);
    }
}
