package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.emberline.edge.RealData;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every pixel against fabio, an independent reader. Skipped where /usr/bin/python3 has no fabio, unless EMBERLINE_REQUIRE_ORACLES is
 * true.
 */
class FabioOracleTest {
    private static final String PYTHON = "/usr/bin/python3";

    @TempDir
    Path folder;

    @BeforeEach
    void needFabio() throws IOException, InterruptedException {
        boolean there = Files.isExecutable(Path.of(PYTHON))
                && new ProcessBuilder(PYTHON, "-c", "import fabio")
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
        if ("true".equals(System.getenv("EMBERLINE_REQUIRE_ORACLES"))) {
            assertEquals(true, there, PYTHON + " needs fabio (Debian: python3-fabio)");
        }
        Assumptions.assumeTrue(there, PYTHON + " has no fabio");
    }

    private static void assertSameAsFabio(List<Path> files) throws IOException, InterruptedException {
        Path script = RealData.repositoryRoot().resolve("edge-core/src/test/python/fabio_digest.py");
        List<String> command = new ArrayList<>(List.of(PYTHON, script.toString()));
        files.forEach(file -> command.add(file.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        List<String> ours = new ArrayList<>();
        for (Path file : files) {
            ours.add(line(file));
        }
        assertEquals(String.join("\n", ours), printed.strip());
    }

    private static String line(Path path) throws InputException {
        try (ImageStack stack = FrameFiles.openStack(path, null);
                Arena arena = Arena.ofConfined()) {
            ImageStack.Shape shape = stack.shape();
            MemorySegment pixels = arena.allocate(shape.frameBytes(), 8);
            stack.read(0, pixels);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(pixels.asByteBuffer());
            String numpyType = String.format(
                    Locale.ROOT,
                    "%s%d",
                    shape.type().isFloating() ? "f" : shape.type().name().startsWith("I") ? "i" : "u",
                    shape.type().bytes());
            return HexFormat.of().formatHex(digest.digest()) + " " + shape.rows() + " " + shape.columns() + " "
                    + numpyType + " " + path;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void measuredTiffsAgree() throws IOException, InterruptedException {
        try (Stream<Path> found = Files.walk(RealData.path("."))) {
            List<Path> files = found.filter(path -> path.toString().matches(".*\\.tiff?"))
                    .sorted()
                    .toList();
            assertSameAsFabio(files);
        }
    }

    @Test
    void generatedTiffsAgree() throws IOException, InterruptedException {
        List<Path> files = new ArrayList<>();
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            for (SampleType type : SampleType.values()) {
                TiffWriter writer = new TiffWriter(order);
                byte[] image = Pixels.encode(type, order, Pixels.rich(type, 0, 35));
                writer.page(5, 7, type, 2, Pixels.strips(image, 14 * type.bytes()));
                files.add(Files.write(folder.resolve(type + "-" + order + ".tif"), writer.write()));
            }
        }
        assertSameAsFabio(files);
    }

    @Test
    void edfFilesAgree() throws IOException, InterruptedException {
        assertSameAsFabio(List.of(
                Pixels.resource("u1.edf"),
                Pixels.resource("u2.edf"),
                Pixels.resource("i4.edf"),
                Pixels.resource("f4.edf"),
                Pixels.resource("series.edf"),
                Pixels.resource("u2.edf.gz")));
    }

    @Test
    void cbfAndLzwAgree() throws IOException, InterruptedException {
        assertSameAsFabio(List.of(
                Pixels.resource("jumps.cbf"),
                Pixels.resource("lzw1.tif"),
                Pixels.resource("lzw2.tif"),
                Pixels.resource("lzw_flat.tif")));
    }
}
