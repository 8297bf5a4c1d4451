package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.metrics.imaging.ImageMetrics.Absorption;
import org.emberline.gpu.imaging.ImageShape;
import org.junit.jupiter.api.Test;

class EnergySetTest {
    private static final ImageShape SHAPE = SyntheticMaps.square(128);
    private static final long SECOND = 1_000_000_000L;
    private static final long MISSING = FrameFlag.REFERENCE_MISSING.bit();
    private static final double RADIUS = 35;

    private final EnergySet set = set(List.of(Bench.LOW, Bench.HIGH));

    private static EnergySet set(List<Absorption> energies) {
        return new EnergySet(SHAPE, energies, Duration.ofSeconds(60), 5, 8);
    }

    /** A ball with a knob, so that nothing but its place fits. */
    private static float[] ball(double row, double column) {
        return SyntheticMaps.scaled(
                SyntheticMaps.seen(
                        SHAPE,
                        SyntheticMaps.sum(
                                SyntheticMaps.ball(row, column, RADIUS),
                                20,
                                SyntheticMaps.blob(row - 10, column + 12, 5))),
                0.02);
    }

    private static OpticalField field(float[] density) {
        OpticalField field = new OpticalField(SHAPE);
        assertEquals(0, field.take(Bench.radiograph(SHAPE, density)));
        return field;
    }

    private static OpticalField middle() {
        return field(SyntheticMaps.withNoise(ball(63, 64), 0.005, 1));
    }

    @Test
    void anEnergyIsKnownToOneElectronvolt() {
        assertEquals(0, set.indexOf(8.3));
        assertEquals(1, set.indexOf(8.4009));
        assertEquals(-1, set.indexOf(8.4011));
        assertEquals(-1, set.indexOf(Double.NaN));
        assertEquals(2, set.size());
    }

    @Test
    void aSetNeedsEveryEnergy() {
        OpticalField field = middle();
        set.put(0, field, 0, 20);
        assertEquals(MISSING, set.assemble(0));
        set.put(1, field, SECOND, 20);
        assertEquals(0, set.assemble(1));
    }

    @Test
    void aSetMustBeYoungEnough() {
        OpticalField field = middle();
        set.put(0, field, 0, 20);
        set.put(1, field, 60 * SECOND, 20);
        assertEquals(0, set.assemble(1));
        set.put(1, field, 60 * SECOND + 1, 20);
        assertEquals(MISSING, set.assemble(1));
        set.put(0, field, 100 * SECOND, 20);
        assertEquals(0, set.assemble(0));
    }

    @Test
    void aSetMustBeOfOneTemperature() {
        OpticalField field = middle();
        for (double[] pair : new double[][] {{20, 25}, {25, 20}}) {
            set.put(0, field, 0, pair[0]);
            set.put(1, field, SECOND, pair[1]);
            assertEquals(0, set.assemble(1));
        }
        for (double[] pair :
                new double[][] {{20, 25.1}, {25.1, 20}, {Double.NaN, 20}, {20, Double.NaN}, {Double.NaN, Double.NaN}}) {
            set.put(0, field, 0, pair[0]);
            set.put(1, field, SECOND, pair[1]);
            assertEquals(MISSING, set.assemble(1), pair[0] + " and " + pair[1]);
        }
    }

    @Test
    void aSetOfOneEnergyNeedsNoTemperature() {
        EnergySet single = set(List.of(Bench.LOW));
        single.put(0, middle(), 0, Double.NaN);
        assertEquals(0, single.assemble(0));
    }

    @Test
    void aShiftWithinTheLimitIsUndone() {
        float[] expected = ball(63, 64);
        set.put(0, field(SyntheticMaps.withNoise(ball(63 + 3.4, 64 - 2.7), 0.002, 2)), 0, 20);
        set.put(1, field(SyntheticMaps.withNoise(expected, 0.002, 3)), SECOND, 20);
        assertEquals(0, set.assemble(1));
        double squares = 0;
        double[] centre = new double[3];
        for (int i = 0; i < expected.length; i++) {
            float value = set.densities()[0][i];
            int row = i / SHAPE.columns();
            int column = i % SHAPE.columns();
            double off = value - expected[i];
            squares += off * off;
            assertTrue(Math.abs(off) < 0.1, "row " + row + " column " + column + " off " + off);
            centre[0] += value;
            centre[1] += value * (row - 63);
            centre[2] += value * (column - 64);
        }
        // Half the noise of 0.002 is left where nothing changes; a shift that is off by 0.1 leaves 0.01 and more.
        assertTrue(Math.sqrt(squares / expected.length) < 0.004, "rms " + Math.sqrt(squares / expected.length));
        double mass = SyntheticMaps.total(expected);
        assertEquals(mass, centre[0], 0.002 * mass);
    }

    @Test
    void theNewestIsLeftWhereItIs() {
        OpticalField shifted = field(SyntheticMaps.withNoise(ball(66, 61), 0.002, 4));
        set.put(0, middle(), 0, 20);
        set.put(1, shifted, SECOND, 20);
        assertEquals(0, set.assemble(1));
        for (int i = 0; i < SHAPE.pixels(); i++) {
            assertEquals(shifted.density()[i], set.densities()[1][i]);
        }
        assertEquals(shifted.noise(), set.noise()[1]);
    }

    @Test
    void aShiftBeyondTheLimitIsNotRegistered() {
        set.put(0, field(SyntheticMaps.withNoise(ball(63 + 7, 64 + 7), 0.002, 5)), 0, 20);
        set.put(1, middle(), SECOND, 20);
        assertEquals(FrameFlag.UNREGISTERED.bit(), set.assemble(1));
        set.put(0, field(SyntheticMaps.withNoise(ball(63 + 5, 64 + 5), 0.002, 6)), 2 * SECOND, 20);
        assertEquals(0, set.assemble(0));
    }
}
