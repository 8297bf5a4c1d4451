package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.emberline.edge.RealData;
import org.emberline.gpu.PixelFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Measured frames against sums and digests that were computed by other programs. */
class RealFramesTest {

    /** Sums over pixels of at least 0. */
    private record Sums(long masked, long valid, double sum, double max) {

        static Sums of(FrameFile file) throws InputException {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment pixels = arena.allocate(file.frameBytes());
                file.read(0, pixels);
                long masked = 0;
                double sum = 0;
                double max = 0;
                long count = (long) file.rows() * file.columns();
                for (long i = 0; i < count; i++) {
                    double value = file.format().read(pixels, i);
                    masked += value < 0 ? 1 : 0;
                    sum += Math.max(value, 0);
                    max = Math.max(max, value);
                }
                return new Sums(masked, count - masked, sum, max);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ceo2-pilatus1m/CeO2_Pilatus1M, ceo2-pilatus1m/CeO2_Pilatus1M.tif, I32, ",
        "fe3o4-pilatus1m/Fe3O4C_M1_map_1, fe3o4-pilatus1m/Fe3O4C_M1_map_1.tif, I32, ",
        "fe3o4-pilatus1m/Fe3O4C_M1_map_6, fe3o4-pilatus1m/Fe3O4C_M1_map_6.tif, I32, ",
        "ceo2-ge41rt/ceria_GE41RT, ceo2-ge41rt/ge_wppf.h5, U16, /images/ge3/images",
        "ceo2-ge41rt/ceria_GE41RT, ceo2-ge41rt/ge_wppf.h5, U16, "
    })
    void sumsAgree(String tag, String image, PixelFormat format, @Nullable String dataset) throws IOException {
        Path folder = RealData.path("diffraction");
        JsonNode truth = new ObjectMapper()
                .readTree(folder.resolve(tag + ".geometry.json").toFile());
        try (FrameFile file = FrameFiles.open(folder.resolve(image), dataset)) {
            assertEquals(format, file.format());
            assertEquals(1, file.frames());
            assertEquals(truth.get("shape").get(0).asInt(), file.rows());
            assertEquals(truth.get("shape").get(1).asInt(), file.columns());
            Sums expected = new Sums(
                    truth.get("n_masked").asLong(),
                    truth.get("n_valid").asLong(),
                    truth.get("sum_valid").asDouble(),
                    truth.get("max_valid").asDouble());
            assertEquals(expected, Sums.of(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"m1", "m2", "m3"})
    void lambdaModulesOpen(String module) throws IOException {
        String name = "diffraction/lambda-3module/testasapo1_1009_00002_" + module + "_part00000.nxs";
        Path path = RealData.path(name);
        try (FrameFile file = FrameFiles.open(path, null)) {
            assertEquals(PixelFormat.I16, file.format());
            assertEquals(10, file.frames());
            assertEquals(516, file.rows());
            assertEquals(1554, file.columns());
        }
        boolean[] mask = CorrectionImages.mask(path, "/entry/instrument/detector/pixel_mask", 516, 1554);
        assertEquals(516 * 1554, mask.length);
    }

    @ParameterizedTest
    @CsvSource({"ceo2_eiger_like_bslz4_u16.h5, u16", "ceo2_gzip_shuffle_u32.h5, u32"})
    void eigerLikeFilesAgree(String name, String key) throws IOException, NoSuchAlgorithmException {
        Path folder = RealData.path("stream/eiger-hdf5");
        JsonNode truth = new ObjectMapper().readTree(folder.resolve("ref.json").toFile());
        try (FrameFile file = FrameFiles.open(folder.resolve(name), null);
                Arena arena = Arena.ofConfined()) {
            MemorySegment pixels = arena.allocate(file.frameBytes());
            file.read(0, pixels);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(pixels.asByteBuffer());
            assertEquals(
                    truth.get(key).get("sha256_le").asText(), HexFormat.of().formatHex(digest.digest()));
        }
    }

    @Test
    void averagedRadiographyDarkAgreesWithItsOwnMean() throws IOException {
        Path folder = RealData.path("radiography/i12-pco2");
        Path path = folder.resolve("pco2_darks_00000.hdf");
        float[] dark = CorrectionImages.dark(List.of(path), null, 32, 64);
        try (FrameFile file = FrameFiles.open(path, null);
                Arena arena = Arena.ofConfined()) {
            MemorySegment pixels = arena.allocate(file.frameBytes());
            double last = 0;
            for (int frame = 0; frame < 5; frame++) {
                file.read(frame, pixels);
                last += file.format().read(pixels, 32 * 64 - 1);
            }
            assertEquals(5, file.frames());
            assertEquals((float) (last / 5), dark[32 * 64 - 1]);
        }
    }
}
