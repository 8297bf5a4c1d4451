package org.emberline.edge.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import org.emberline.edge.app.TruthComparison.Figures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The diffraction metrics of whole simulated runs against the simulation's truth; DiffractionFigures prints them for longer ones. */
class SimulatedDiffractionTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aCalcinationIsMeasured() throws SQLException {
        TruthComparison comparison = DiffractionFigures.compare(folder, "calcination", 100, "1");
        for (String edge : new String[] {"lattice_a", "lattice_c"}) {
            Figures of = comparison.of(edge);
            assertEquals(88, of.frames(), 3, edge + of);
            assertTrue(of.rms() < 1e-4 && of.inside() > 0.93, edge + of);
        }
        Figures disorder = comparison.of("disorder");
        assertTrue(disorder.frames() > 84 && disorder.rms() < 0.003 && disorder.inside() > 0.9, "" + disorder);
        for (String phase : new String[] {"nmc532", "spinel", "lithium_carbonate", "barium_carbonate"}) {
            Figures of = comparison.of("phase:" + phase);
            assertTrue(of.rms() < 0.005 && of.silent() <= 1 && of.inside() > 0.9, phase + of);
        }
        Figures grains = comparison.of("grain_size");
        assertTrue(grains.frames() > 70 && grains.rms() < 0.12 && grains.inside() > 0.85, "" + grains);
    }

    /** While grains are still so many that all of a ring is lit: what is left is what the program adds. */
    @Test
    void aCleanRampIsMeasured() throws SQLException {
        TruthComparison comparison = DiffractionFigures.compare(folder, "clean-ramp", 300, "1");
        Figures disorder = comparison.of("disorder");
        assertTrue(disorder.frames() > 100 && disorder.rms() < 0.003, "" + disorder);
        Figures change = comparison.of("disorder_change");
        assertTrue(change.frames() > 70 && change.rms() < 0.0015 && change.inside() > 0.9, "" + change);
    }

    /** What goes wrong on purpose: the numbers are right, or say that they may not be. */
    @ParameterizedTest
    @CsvSource({"displacement", "slump"})
    void whatGoesWrongIsRightOrSaid(String scenario) throws SQLException {
        assertRightOrSaid(scenario, 80, 0.99, "2");
    }

    @Tag("long")
    @ParameterizedTest
    @CsvSource({"displacement", "slump", "texture", "over-fire", "saturated-spots"})
    void inLongRunsToo(String scenario) throws SQLException {
        assertRightOrSaid(scenario, 300, 0.99, "1", "2");
    }

    private void assertRightOrSaid(String scenario, int frames, double least, String... seeds) throws SQLException {
        TruthComparison comparison = DiffractionFigures.compare(folder, scenario, frames, seeds);
        for (String metric :
                new String[] {"lattice_a", "lattice_c", "c_over_a", "disorder", "phase:nmc532", "grain_size"}) {
            Figures of = comparison.of(metric);
            assertTrue(of.frames() == 0 || of.rightOrFlagged() >= least, scenario + " " + metric + of);
        }
    }
}
