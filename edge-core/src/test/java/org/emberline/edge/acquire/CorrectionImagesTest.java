package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorrectionImagesTest {
    @TempDir
    Path folder;

    private Path tiff(String name, SampleType type, double... pixels) throws IOException {
        TiffWriter writer = new TiffWriter(ByteOrder.LITTLE_ENDIAN);
        writer.page(2, 3, type, 2, List.of(Pixels.encode(type, ByteOrder.LITTLE_ENDIAN, pixels)));
        return Files.write(folder.resolve(name), writer.write());
    }

    @Test
    void meanRunsOverAllImagesOfAllFiles() throws IOException {
        Path stack = Pixels.resource("u2.npy");
        Path one = Pixels.resource("u2.edf");
        float[] mean = CorrectionImages.flat(List.of(stack, one), null, Pixels.ROWS, Pixels.COLUMNS);
        for (int i = 0; i < mean.length; i++) {
            double first = Pixels.fixture(SampleType.U16, 0, i / Pixels.COLUMNS, i % Pixels.COLUMNS);
            assertEquals((float) ((first + (first + 100) + (first + 200) + first) / 4), mean[i]);
        }
        assertArrayEquals(mean, CorrectionImages.dark(List.of(stack, one), null, Pixels.ROWS, Pixels.COLUMNS));
    }

    @Test
    void anyNumberButZeroIsMaskedHoweverMany() throws IOException {
        Path file = tiff("mask", SampleType.I8, 1, -1, 127, 0, -128, 2);
        assertArrayEquals(new boolean[] {true, true, true, false, true, true}, CorrectionImages.mask(file, null, 2, 3));
        Path clear = tiff("clear", SampleType.U8, 0, 0, 0, 0, 0, 0);
        assertArrayEquals(new boolean[6], CorrectionImages.mask(clear, null, 2, 3));
        boolean[] bool = CorrectionImages.mask(Pixels.resource("layouts.h5"), "flat_bool", 5, 7);
        assertTrue(bool[1]);
        assertFalse(bool[2]);
    }

    @Test
    void anotherShapeIsRefusedNamingBoth() throws IOException {
        Path file = tiff("mask", SampleType.U8, 1, 2, 3, 4, 5, 6);
        InputException e = assertThrows(InputException.class, () -> CorrectionImages.mask(file, null, 3, 2));
        assertEquals(file + ": image of 2x3 (rows x columns) does not fit frames of 3x2", e.getMessage());
        assertThrows(InputException.class, () -> CorrectionImages.dark(List.of(file), null, 2, 4));
    }

    @Test
    void aMaskOfSeveralImagesIsRefused() {
        InputException e =
                assertThrows(InputException.class, () -> CorrectionImages.mask(Pixels.resource("u1.npy"), null, 5, 7));
        assertTrue(String.valueOf(e.getMessage()).endsWith("a mask is one image, here are 3x5x7 u8"), e.getMessage());
    }

    @Test
    void aDarkThatIsNotFiniteIsRefusedNamingThePixel() throws IOException {
        Path file = tiff("dark", SampleType.F32, 0, 0, 0, 0, Double.NaN, 0);
        InputException e = assertThrows(InputException.class, () -> CorrectionImages.dark(List.of(file), null, 2, 3));
        assertEquals(file + ": dark is not finite: row=1 column=1 value=NaN", e.getMessage());
        assertTrue(Float.isNaN(CorrectionImages.flat(List.of(file), null, 2, 3)[4]));
    }
}
