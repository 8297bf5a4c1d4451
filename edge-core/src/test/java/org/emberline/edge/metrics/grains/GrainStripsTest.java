package org.emberline.edge.metrics.grains;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.emberline.edge.RealData;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.PhaseFile;
import org.emberline.edge.metrics.pattern.Optics;
import org.emberline.edge.metrics.phase.PhaseDescription;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Ring;
import org.emberline.gpu.RingBins;
import org.emberline.gpu.Sectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Strips lie side by side on whole bins and reach as far as the ring may move. */
class GrainStripsTest {
    private static final Optics OPTICS = new Optics(0.1845, Double.NaN, 0, 0.0398, false);

    private static PhaseDescription layered() {
        try {
            return PhaseFile.read(RealData.repositoryRoot().resolve("config/phases/nmc532.toml"));
        } catch (ConfigException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 0.5, 5.5, Q_PER_ANGSTROM, 1",
        "1500, 0.5, 5.5, Q_PER_ANGSTROM, 1",
        "6000, 5, 55, Q_PER_NANOMETRE, 10"
    })
    void everyBinOnceFromTheHottestToTheColdestPlace(int bins, double from, double to, RadialUnit unit, double scale) {
        RadialAxis axis = new RadialAxis(unit, bins, from, to);
        Sectors sectors = GrainStrips.of(GrainSettings.USUAL, layered(), OPTICS, axis);
        assertEquals(360, sectors.axis().sectors());
        List<Ring> rings = sectors.rings();
        assertTrue(rings.size() > 40 && rings.size() < 140, "strips=" + rings.size());
        int each = RingBins.of(rings.getFirst(), axis).end()
                - RingBins.of(rings.getFirst(), axis).first();
        for (int i = 0; i < rings.size(); i++) {
            RingBins strip = RingBins.of(rings.get(i), axis);
            assertEquals(each, strip.end() - strip.first());
            if (i > 0) {
                assertEquals(RingBins.of(rings.get(i - 1), axis).end(), strip.first());
            }
        }
        // 104 of the shipped cell is at 3.084 1/Å; at 1000 °C cells are up to 2.2 % longer. A line is 0.024 1/Å wide.
        assertTrue(rings.getFirst().lower() < scale * (3.084 / 1.022 - 2.5 * 0.024));
        assertTrue(rings.getLast().upper() > scale * (3.084 + 2.5 * 0.024));
    }

    @Test
    void aRingBeyondTheAxisIsRefused() {
        RadialAxis axis = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 1000, 0.5, 3.05);
        String message = String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> GrainStrips.of(GrainSettings.USUAL, layered(), OPTICS, axis))
                .getMessage());
        assertTrue(
                message.startsWith("the ring metrics.grains.reflection=[1, 0, 4] at q=3.08")
                        && message.endsWith("is not inside the pattern reduce.range=[0.5, 3.05]"),
                message);
    }
}
