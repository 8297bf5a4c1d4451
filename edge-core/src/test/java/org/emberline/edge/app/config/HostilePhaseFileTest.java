package org.emberline.edge.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.emberline.edge.RealData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Phase files that no slip of a hand makes: depth, length, and numbers that make endless lists of lines or none. */
class HostilePhaseFileTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int DEEP = 100_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private String oxide;

    @BeforeEach
    void readShipped() throws IOException {
        oxide = Files.readString(RealData.repositoryRoot().resolve("config/phases/nmc532.toml"));
    }

    private String with(String right, String wrong) {
        assertTrue(oxide.contains(right), right);
        return oxide.replace(right, wrong);
    }

    /** What a file is refused for, without its path. */
    private String refused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("phase.toml"), text);
        ConfigException refused =
                assertTimeoutPreemptively(LIMIT, () -> assertThrows(ConfigException.class, () -> PhaseFile.read(file)));
        String message = String.valueOf(refused.getMessage());
        message.lines().forEach(line -> assertTrue(line.startsWith(file + ": "), line));
        return message.replace(file + ": ", "");
    }

    @ParameterizedTest
    @CsvSource({"[, 1, ]", "{a=, 1, }", "[{a=, 1, }]"})
    void depthIsRefused(String open, String inside, String close) throws IOException {
        String deep = open.repeat(DEEP) + inside + close.repeat(DEEP);
        assertTrue(refused(with("[0, 0, 0.2415]", deep)).startsWith("is not TOML: "));
    }

    @Test
    void depthOfDottedKeysIsRefused() throws IOException {
        assertTrue(refused("a.".repeat(DEEP) + "a = 1\n" + oxide).startsWith("is not TOML: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e999999999",
                "1e-999999999",
                "0xffffffffffffffffffffffffffff",
                "-2.868",
                "1e6",
                "nan",
                "1979-13-45"
            })
    void edgesOutOfReachAreRefused(String edge) throws IOException {
        assertTrue(refused(with("a_angstrom = 2.868", "a_angstrom = " + edge)).startsWith("a_angstrom must "));
    }

    @Test
    void aLongNumberIsRefused() throws IOException {
        assertTrue(refused(with("2.868", "1".repeat(1_000_000))).startsWith("line 7 is not TOML: "));
    }

    /** Each edge is one that a cell may have; their lines take some ten seconds to list. */
    @Test
    void cellsOfTooManyLinesAreRefused() throws IOException {
        String large = with("a_angstrom = 2.868", "a_angstrom = 100").replace("= 14.245", "= 200");
        assertEquals(
                "a_angstrom=100.0, b_angstrom=100.0, c_angstrom=200.0 make some 175493 lines up to q=6 1/angstrom,"
                        + " at most 10000 are fitted",
                refused(large));
    }

    @Test
    void cellsOfManyLinesAreRead() throws Exception {
        String large = with("a_angstrom = 2.868", "a_angstrom = 30").replace("= 14.245", "= 100");
        Path file = Files.writeString(folder.resolve("phase.toml"), large);
        assertEquals(
                "nmc532",
                assertTimeoutPreemptively(LIMIT, () -> PhaseFile.read(file)).name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[nan, 0]", "[0, inf]", "[1e300, 1e300]", "[0, 1e999999999]", "[1]", "5"})
    void resonancesThatAreNoneAreRefused(String pair) throws IOException {
        String message = refused(oxide + "\n[resonance]\nNi = " + pair + "\n");
        assertTrue(message.startsWith("resonance Ni must be [f', f''], each within -100 and 100, is "), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Fe", "N", "ni", "Ni2+"})
    void aResonanceOfNoSiteIsRefused(String element) throws IOException {
        assertEquals(
                "resonance " + element + " is in no site",
                refused(oxide + "\n[resonance]\n\"" + element + "\" = [0.1, 0.1]\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"R-3m", "x+y, y, z", "y+1/0, x, z", "x, y", "x+x, y, z"})
    void whatMakesNoSpaceGroupIsRefused(String operation) throws IOException {
        assertTrue(refused(with("x-y, x, -z", operation)).startsWith("symmetry="));
    }

    @Test
    void thousandsOfSitesInOnePlaceAreRefused() throws IOException {
        StringBuilder text = new StringBuilder(oxide.substring(0, oxide.indexOf("[antisite]")));
        for (int i = 0; i < 5000; i++) {
            text.append("[[site]]\nlabel = \"Q" + i
                    + "\"\nposition = [0.1, 0.2, 0.37]\nb_iso = 1\noccupancy = { \"O2-\" = 1 }\n");
        }
        assertEquals("sites Q0 and Q1 are the same place", refused(text.toString()));
    }
}
