package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.emberline.gpu.PixelFormat;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers that no detector sends, read as f32; all others as they are. */
class RoundedFramesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @EnumSource(SampleType.class)
    void everyTypeOfNumberIsRead(SampleType type) throws IOException {
        double[] values = Pixels.rich(type, 3, 35);
        TiffWriter writer = new TiffWriter(ByteOrder.LITTLE_ENDIAN);
        writer.page(
                5, 7, type, 2, Pixels.strips(Pixels.encode(type, ByteOrder.LITTLE_ENDIAN, values), 14 * type.bytes()));
        Path path = Files.write(folder.resolve(type + ".tif"), writer.write());
        try (FrameFile file = FrameFiles.openNumbers(path, null);
                Arena arena = Arena.ofConfined()) {
            boolean rounded = type.pixelFormat() == null;
            assertEquals(rounded ? PixelFormat.F32 : type.pixelFormat(), file.format());
            assertEquals("1 5 7", file.frames() + " " + file.rows() + " " + file.columns());
            MemorySegment into = arena.allocate(file.frameBytes());
            file.read(0, into);
            double[] found = new double[35];
            double[] expected = new double[35];
            for (int i = 0; i < found.length; i++) {
                found[i] = file.format().read(into, i);
                expected[i] = rounded ? (float) values[i] : values[i];
            }
            assertArrayEquals(expected, found);
            assertThrows(IndexOutOfBoundsException.class, () -> file.read(1, into));
        }
    }
}
