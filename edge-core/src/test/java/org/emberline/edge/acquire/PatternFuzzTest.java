package org.emberline.edge.acquire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged pattern files give an {@link InputException} of one line, or a pattern as good as any. */
class PatternFuzzTest {
    private static final int INPUTS = 2_000;
    private static final List<String> SEEDS = List.of(
            "# scan 1 temperature_C 24.9 time_min 0.5 wavelength_A 0.24125\n0.7 6141.1 78.37\n0.8 6371.9 79.8\n0.9 7 2\n",
            "q_A^-1,I,sigma,count\n0.5,12.25,0.5,40\n0.6,,,0\n0.7,3,1,2.5\n",
            "a.chi\n2-Theta Angle (Degrees)\nIntensity\n 3\n 1 5\n 2 6\n 3 7\n",
            "! text\n' text\n1;2\n2;3\n",
            "1\t5e3\r2\t6e-3\r3\t-7\r");
    private static final byte[] NASTY =
            "0123456789.,;eE+-# \t\r\n\0\u00ffNaNinf'!".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void damagedFiles() throws IOException {
        SplittableRandom random = new SplittableRandom(20);
        PatternReader reader = new PatternReader();
        int read = 0;
        for (int i = 0; i < INPUTS; i++) {
            Path file = Files.write(folder.resolve("a.xye"), damaged(random));
            try {
                reader.read(file);
                requireSound(reader);
                read++;
            } catch (InputException e) {
                String message = String.valueOf(e.getMessage());
                assertTrue(message.startsWith(file + ": ") && message.indexOf('\n') < 0, message);
            }
        }
        assertTrue(read > INPUTS / 20 && read < INPUTS, "read " + read);
    }

    private static byte[] damaged(SplittableRandom random) {
        if (random.nextInt(20) == 0) {
            byte[] noise = new byte[random.nextInt(1, 400)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(StandardCharsets.US_ASCII);
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = NASTY[random.nextInt(NASTY.length)];
                case 1 -> bytes = Arrays.copyOf(bytes, at + 1);
                default -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                    System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                    longer[at] = NASTY[random.nextInt(NASTY.length)];
                    bytes = longer;
                }
            }
        }
        return bytes;
    }

    private static void requireSound(PatternReader reader) {
        assertTrue(reader.points() >= 2);
        for (int i = 0; i < reader.points(); i++) {
            assertTrue(reader.x(i) >= 0 && reader.x(i) <= 1e30, "x");
            assertTrue(i == 0 || reader.x(i) > reader.x(i - 1), "rises");
            assertTrue(reader.count(i) >= 0, "count");
            if (reader.count(i) > 0) {
                assertTrue(Math.abs(reader.intensity(i)) <= 1e30, "intensity");
                assertTrue(!reader.hasErrors() || reader.sigma(i) > 0 || reader.intensity(i) == 0, "sigma");
            }
        }
    }
}
