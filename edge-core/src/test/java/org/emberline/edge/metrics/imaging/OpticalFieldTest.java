package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.gpu.imaging.ImageShape;
import org.junit.jupiter.api.Test;

class OpticalFieldTest {
    private static final ImageShape SHAPE = SyntheticMaps.square(128);
    private static final double ROW = 62.6;
    private static final double COLUMN = 64.3;
    private static final double RADIUS = 35;
    /** Density 1.4 in the middle of the ball. */
    private static final double PER_PIXEL = 0.02;

    private static final double NOISE = 0.02;
    /** The median of n distances of a normal variable spreads by 1.166 / sqrt(n); here there are 2048. */
    private static final double SPREAD = 0.0258;

    private final OpticalField field = new OpticalField(SHAPE);

    private static float[] ball() {
        return SyntheticMaps.scaled(SyntheticMaps.seen(SHAPE, SyntheticMaps.ball(ROW, COLUMN, RADIUS)), PER_PIXEL);
    }

    private long take(float[] density) {
        return field.take(Bench.radiograph(SHAPE, density));
    }

    private static double fromCentre(int pixel) {
        int row = pixel / SHAPE.columns();
        int column = pixel % SHAPE.columns();
        return Math.hypot(row - ROW, column - COLUMN);
    }

    private static float[] plus(float[] map, double value) {
        float[] plus = map.clone();
        for (int i = 0; i < plus.length; i++) {
            plus[i] += (float) value;
        }
        return plus;
    }

    @Test
    void theSampleIsWhereTheBallIsThickEnough() {
        assertEquals(0, take(SyntheticMaps.withNoise(ball(), NOISE, 1)));
        int pixels = 0;
        for (int i = 0; i < SHAPE.pixels(); i++) {
            pixels += field.sample()[i] ? 1 : 0;
            assertTrue(field.sample()[i] || fromCentre(i) > RADIUS - 2, "inside " + fromCentre(i));
            assertFalse(field.sample()[i] && fromCentre(i) > RADIUS + 2, "outside " + fromCentre(i));
            assertFalse(field.empty()[i] && fromCentre(i) < RADIUS + OpticalField.MARGIN / 2.0);
            assertTrue(field.empty()[i] || fromCentre(i) < RADIUS + 2 + OpticalField.MARGIN * Math.sqrt(2) + 1);
        }
        assertEquals(pixels, field.samplePixels());
    }

    @Test
    void zeroIsTheMeanOfTheEmptyField() {
        float[] map = plus(SyntheticMaps.withNoise(ball(), NOISE, 2), 0.07);
        assertEquals(0, take(map));
        double sum = 0;
        int pixels = 0;
        for (int i = 0; i < map.length; i++) {
            sum += field.empty()[i] ? field.density()[i] : 0;
            pixels += field.empty()[i] ? 1 : 0;
        }
        assertEquals(0, sum / pixels, 1e-6);
        double taken = map[SHAPE.columns() * 63 + 64] - field.density()[SHAPE.columns() * 63 + 64];
        assertEquals(0.07, taken, 4 * NOISE / Math.sqrt(pixels));
    }

    @Test
    void theNoiseIsFoundWithinFivePerCent() {
        for (double noise : new double[] {0.002, 0.02, 0.1}) {
            double sum = 0;
            for (int seed = 0; seed < 10; seed++) {
                assertEquals(0, take(SyntheticMaps.withNoise(ball(), noise, seed)));
                sum += field.noise();
                assertEquals(noise, field.noise(), 3 * SPREAD * noise);
            }
            assertEquals(noise, sum / 10, 0.05 * noise);
        }
    }

    @Test
    void anEvenFieldHasNoDrift() {
        for (int seed = 0; seed < 10; seed++) {
            assertEquals(0, take(SyntheticMaps.withNoise(ball(), NOISE, seed)));
            // A tile's mean has NOISE / 16.
            assertTrue(field.drift() < NOISE / 16, "drift " + field.drift());
        }
    }

    @Test
    void aCosineInTheFlatIsSeenAsItsRms() {
        for (double rms : new double[] {0.01, 0.03}) {
            float[] map = SyntheticMaps.withNoise(ball(), 0.005, 3);
            for (int i = 0; i < map.length; i++) {
                double column = i % SHAPE.columns() + 0.5;
                map[i] += (float) (rms * Math.sqrt(2) * Math.cos(4 * Math.PI * column / SHAPE.columns()));
            }
            assertEquals(0, take(map));
            assertEquals(rms, field.drift(), 0.2 * rms);
        }
    }

    @Test
    void scatteredUnknownPixelsGetTheirNeighbours() {
        float[] map = SyntheticMaps.withNoise(ball(), 0.001, 4);
        float[] holed = map.clone();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < holed.length; i++) {
            holed[i] = random.nextDouble() < 0.05 ? Float.NaN : holed[i];
        }
        assertEquals(0, take(holed));
        for (int i = 0; i < map.length; i++) {
            boolean smooth = fromCentre(i) < RADIUS - 5 || fromCentre(i) > RADIUS + 5;
            assertEquals(map[i], field.density()[i], smooth ? 0.02 : 0.3, "pixel " + i);
        }
        assertEquals(0.001, field.noise(), 3 * SPREAD * 0.001);
    }

    @Test
    void aBadColumnAndABadTileAreFilled() {
        float[] map = ball();
        float[] holed = map.clone();
        for (int i = 0; i < holed.length; i++) {
            int row = i / SHAPE.columns();
            int column = i % SHAPE.columns();
            boolean tile = row < 20 && column >= 90 && column < 110;
            holed[i] = column == 50 || tile ? Float.NaN : holed[i];
        }
        assertEquals(0, take(holed));
        for (int i = 0; i < map.length; i++) {
            assertFalse(Float.isNaN(field.density()[i]));
            assertEquals(map[i], field.density()[i], fromCentre(i) < RADIUS - 5 ? 0.02 : 0.3);
        }
    }

    @Test
    void aFieldThatIsMostlyUnknownIsCorrupt() {
        float[] map = ball();
        Arrays.fill(map, Float.NaN);
        assertEquals(FrameFlag.CORRUPT.bit(), take(map));
        float[] half = ball();
        Arrays.fill(half, 0, half.length / 2 + 1, Float.NaN);
        assertEquals(FrameFlag.CORRUPT.bit(), take(half));
    }

    @Test
    void noiseAloneIsAnEmptyField() {
        for (int seed = 0; seed < 20; seed++) {
            float[] noise = SyntheticMaps.withNoise(new float[SHAPE.pixels()], NOISE, seed);
            assertEquals(FrameFlag.FIELD_EMPTY.bit(), take(noise), "seed " + seed);
        }
        assertEquals(FrameFlag.FIELD_EMPTY.bit(), take(new float[SHAPE.pixels()]));
    }

    @Test
    void aBallCutByTheEdgeOverfillsTheField() {
        for (double row : new double[] {20, 106}) {
            float[] cut =
                    SyntheticMaps.scaled(SyntheticMaps.seen(SHAPE, SyntheticMaps.ball(row, COLUMN, RADIUS)), PER_PIXEL);
            assertEquals(FrameFlag.FIELD_OVERFULL.bit(), take(SyntheticMaps.withNoise(cut, NOISE, 6)));
        }
    }

    @Test
    void ofTwoPiecesTheLargerIsTheSample() {
        float[] map = SyntheticMaps.scaled(
                SyntheticMaps.seen(
                        SHAPE,
                        SyntheticMaps.sum(SyntheticMaps.ball(ROW, COLUMN, RADIUS), 1, SyntheticMaps.ball(13, 13, 9))),
                PER_PIXEL);
        assertEquals(0, take(SyntheticMaps.withNoise(map, NOISE, 7)));
        for (int i = 0; i < map.length; i++) {
            assertFalse(field.sample()[i] && fromCentre(i) > RADIUS + 2);
        }
    }
}
