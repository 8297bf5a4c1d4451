package org.emberline.edge.metrics.diffraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.emberline.edge.RealData;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.PhaseFile;
import org.emberline.edge.metrics.phase.CrystalPhase;
import org.emberline.edge.metrics.phase.StructureLines;
import org.emberline.edge.metrics.phase.StructureVariants;
import org.junit.jupiter.api.Test;

class DisorderSystematicsTest {
    private static final double KEV = 67.2;
    private static final double HIGHEST = 5.4;

    private final CrystalPhase oxide = oxide();
    private final DisorderSystematics systematics =
            new DisorderSystematics(oxide, StructureLines.upTo(HIGHEST, 0, oxide, KEV), HIGHEST, KEV);

    private static CrystalPhase oxide() {
        try {
            return Objects.requireNonNull(
                    PhaseFile.read(RealData.repositoryRoot().resolve("config/phases/nmc532.toml"))
                            .crystal());
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ions or atoms, exchange or loss, and the height of oxygen above its layer: all that symmetry leaves open here. */
    @Test
    void theVariantsAreThoseThatSymmetryLeavesOpen() {
        List<CrystalPhase> variants = StructureVariants.of(oxide);
        assertEquals(3, variants.size());
        assertTrue(
                variants.getFirst().structure().sites().getFirst().occupancy().containsKey("Li"));
        assertEquals(0.2425, variants.get(2).structure().sites().get(2).z(), 1e-12);
    }

    @Test
    void theStructureItselfIsNotOff() {
        assertEquals(0, systematics.shift(oxide), 1e-9);
    }

    /** X-rays hardly tell loss from exchange: some tenths of a per cent, less than I003/I104 alone would say. */
    @Test
    void lossLooksLikeExchange() {
        double shift = Math.abs(systematics.shift(StructureVariants.of(oxide).get(1)));
        assertTrue(shift > 5e-4 && shift < 0.006, "shift=" + shift);
    }

    /** One to two per cent, says the project's science report of form factors and oxygen together. */
    @Test
    void theSigmaIsThatOfTheReport() {
        double sigma = systematics.sigma();
        assertTrue(sigma > 0.005 && sigma < 0.025, "sigma=" + sigma);
    }
}
