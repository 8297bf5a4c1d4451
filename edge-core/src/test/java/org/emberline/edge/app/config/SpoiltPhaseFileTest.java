package org.emberline.edge.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emberline.edge.RealData;
import org.emberline.edge.metrics.phase.CrystalPhase;
import org.emberline.edge.metrics.phase.PhaseDescription;
import org.emberline.edge.metrics.phase.StructureLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phase files that are wrong: each is refused with its path and what is wrong in it, or is a phase that can be used. */
class SpoiltPhaseFileTest {
    private static final Path SHIPPED = RealData.repositoryRoot().resolve("config/phases");
    private static final Pattern NUMBER = Pattern.compile("-?\\b[0-9]+(\\.[0-9]+)?(e-?[0-9]+)?\\b");
    private static final List<String> ODD = List.of(
            "0",
            "-1",
            "1e6",
            "1e300",
            "-1e300",
            "nan",
            "inf",
            "1e-9",
            "true",
            "\"x\"",
            "[]",
            "[1, 2]",
            "{}",
            "2147483648",
            "0.5");
    /** Lines on an axis of which a fit of patterns is still one. */
    private static final int MOST_LINES = 20_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private ConfigException refused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("phase.toml"), text);
        return assertThrows(ConfigException.class, () -> PhaseFile.read(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a_angstrom = 2.868       | a_angstrom = -2.868      | a_angstrom",
                "a_angstrom = 2.868       | a_angstrom = 1e6         | a_angstrom",
                "c_angstrom = 14.245      | c_angstrom = nan         | c_angstrom",
                "system = \"hexagonal\"   | system = \"hexagon\"     | system",
                "\"Li1+\" = 1.0           | \"Li1+\" = 1.2           | occupancy",
                "\"Li1+\" = 1.0           | \"Lx1+\" = 1.0           | Lx1+",
                "b_iso = 1.1              | b_iso = -1.1             | b_iso",
                "b_iso = 1.1              | b_isotropic = 1.1        | b_isotropic is not a key",
                "[0, 0, 0.2415]           | [0, 0]                   | position",
                "\"x-y, x, -z\"           | \"x-y, x, -w\"           | w",
                "sites = [\"Li\", \"M\"]  | sites = [\"Li\", \"N\"]  | N",
                "[[0, 0, 3],              | [[0, 0, 0],              | reflections"
            })
    void namesTheFileAndTheKey(String right, String wrong, String named) throws IOException {
        String text = Files.readString(SHIPPED.resolve("nmc532.toml"));
        assertTrue(text.contains(right), right);
        ConfigException refused = refused(text.replace(right, wrong));
        assertTrue(String.valueOf(refused.getMessage()).contains("phase.toml"), refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).contains(named), refused.getMessage());
    }

    @Test
    void anglesThatCloseNoCellAreRefused() throws IOException {
        String text = Files.readString(SHIPPED.resolve("lithium_carbonate.toml"));
        assertTrue(text.contains("beta_degrees = 114.83"));
        String message = refused(text.replace("beta_degrees = 114.83", "beta_degrees = 200"))
                .getMessage();
        assertTrue(String.valueOf(message).contains("beta_degrees"), message);
    }

    /** Numbers replaced by odd ones, lines left out, doubled and exchanged, bytes flipped. */
    @Test
    void whateverIsInAFileItIsRefusedOrUsable() throws IOException {
        SplittableRandom random = new SplittableRandom(8);
        List<Path> shipped;
        try (Stream<Path> files = Files.list(SHIPPED)) {
            shipped = files.sorted().toList();
        }
        int usable = 0;
        int rounds = 2000;
        for (int round = 0; round < rounds; round++) {
            String text = Files.readString(shipped.get(random.nextInt(shipped.size())));
            byte[] spoilt = spoil(text, random).getBytes(StandardCharsets.ISO_8859_1);
            Path file = Files.write(folder.resolve("spoilt.toml"), spoilt);
            usable += isUsable(file, "round=" + round) ? 1 : 0;
        }
        assertTrue(usable > rounds / 20 && usable < rounds * 19 / 20, "usable=" + usable);
    }

    private static boolean isUsable(Path file, String where) {
        PhaseDescription phase;
        try {
            phase = PhaseFile.read(file);
        } catch (ConfigException e) {
            assertTrue(String.valueOf(e.getMessage()).contains(file.toString()), () -> where + " " + e.getMessage());
            return false;
        }
        CrystalPhase crystal = phase.crystal();
        if (crystal != null) {
            StructureLines lines = StructureLines.upTo(6, 2e-3, crystal, 67.2);
            assertTrue(lines.size() < MOST_LINES, () -> where + " lines=" + lines.size());
            double[] strengths = new double[lines.size()];
            lines.strengths(1000, strengths);
            for (double strength : strengths) {
                assertTrue(strength >= 0 && strength < Double.POSITIVE_INFINITY, () -> where + " " + strength);
            }
        }
        return true;
    }

    private static String spoil(String text, SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0, 1 -> withOddNumber(text, random);
            case 2 -> withLinesMoved(text, random);
            default -> withBytesFlipped(text, random);
        };
    }

    private static String withOddNumber(String text, SplittableRandom random) {
        List<MatchResult> numbers = NUMBER.matcher(text).results().toList();
        MatchResult one = numbers.get(random.nextInt(numbers.size()));
        return text.substring(0, one.start()) + ODD.get(random.nextInt(ODD.size())) + text.substring(one.end());
    }

    private static String withLinesMoved(String text, SplittableRandom random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int from = random.nextInt(lines.size());
        String line = lines.get(from);
        if (random.nextBoolean()) {
            lines.remove(from);
        }
        if (random.nextBoolean()) {
            lines.add(random.nextInt(lines.size() + 1), line);
        }
        return String.join("\n", lines) + "\n";
    }

    private static String withBytesFlipped(String text, SplittableRandom random) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void everyShippedPhaseIsUsable() throws IOException {
        try (Stream<Path> files = Files.list(SHIPPED)) {
            assertEquals(
                    22, files.filter(file -> isUsable(file, file.toString())).count());
        }
    }
}
