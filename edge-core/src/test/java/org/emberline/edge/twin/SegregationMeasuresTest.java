package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Shadows whose barium map is overwritten by patterns with known indices. */
class SegregationMeasuresTest {
    private static ProjectedSample shadow() {
        RadiographSettings settings = RadiographScenario.plain(160, 2.5, 8.4);
        SampleState state = RadiographScenario.layered(0, 25, 1.0, 0.05, 0, 0);
        Agglomerate agglomerate = new Agglomerate(settings.sample(), 3, state, RadiographScenario.PIXEL);
        ProjectedSample shadow = new ProjectedSample(settings, agglomerate, new BariumPools(3, state));
        shadow.draw(0, 0, 0);
        return shadow;
    }

    private static int covered(ProjectedSample shadow) {
        int covered = 0;
        for (double thickness : shadow.oxide()) {
            covered += thickness > 0.02 ? 1 : 0;
        }
        return covered;
    }

    @Test
    void noBariumHasNoIndices() {
        RadiographTruth.Segregation none = new SegregationMeasures(shadow()).indices();
        assertTrue(Double.isNaN(none.boundaryRatio()) && Double.isNaN(none.gini()) && Double.isNaN(none.moran()));
    }

    @Test
    void evenBariumIsEven() {
        ProjectedSample shadow = shadow();
        Arrays.fill(shadow.barium(), 3);
        RadiographTruth.Segregation even = new SegregationMeasures(shadow).indices();
        assertEquals(1, even.boundaryRatio(), 1e-12);
        assertEquals(0, even.variation(), 1e-12);
        assertEquals(0, even.gini(), 1e-12);
        assertEquals(0.05, even.hotSpots(), 1e-4);
    }

    /** One pixel of N: Gini 1 - 1/N, variation sqrt(N - 1), Moran's I -1/(N - 1) times about 1 inside the sample. */
    @Test
    void onePixelHoldsAll() {
        ProjectedSample shadow = shadow();
        shadow.barium()[80 * 160 + 80] = 5;
        int pixels = covered(shadow);
        RadiographTruth.Segregation one = new SegregationMeasures(shadow).indices();
        assertEquals(1 - 1.0 / pixels, one.gini(), 1e-9);
        assertEquals(Math.sqrt(pixels - 1.0), one.variation(), 1e-9);
        assertEquals(1, one.hotSpots(), 1e-12);
        assertEquals(-1.0 / (pixels - 1), one.moran(), 0.1 / pixels);
    }

    /** Half the pixels, in stripes of one pixel: of eight neighbours two are like and six unlike, or the reverse: I = -1/2 and 0. */
    @Test
    void stripesAndChequersHaveTheirMoran() {
        ProjectedSample shadow = shadow();
        for (int i = 0; i < shadow.barium().length; i++) {
            int row = i / 160;
            shadow.barium()[i] = row % 2;
        }
        RadiographTruth.Segregation stripes = new SegregationMeasures(shadow).indices();
        assertEquals(-0.5, stripes.moran(), 0.01);
        assertEquals(0.5, stripes.gini(), 0.01);
        assertEquals(1, stripes.variation(), 0.02);
        assertEquals(0.1, stripes.hotSpots(), 0.002);
        for (int i = 0; i < shadow.barium().length; i++) {
            int row = i / 160;
            shadow.barium()[i] = (row + i % 160) % 2;
        }
        assertEquals(0, new SegregationMeasures(shadow).indices().moran(), 0.01);
    }

    /** Three times as much where another grain's label is within two pixels, found here by brute force. */
    @Test
    void theBoundaryRatioIsThatOfTheBoundaries() {
        ProjectedSample shadow = shadow();
        int[] label = shadow.label();
        for (int i = 0; i < label.length; i++) {
            boolean boundary = false;
            for (int k = 0; k < label.length && !boundary; k++) {
                int down = k / 160 - i / 160;
                int right = k % 160 - i % 160;
                boundary = down * down + right * right <= 4 && label[k] >= 0 && label[k] != label[i];
            }
            shadow.barium()[i] = boundary ? 3 : 1;
        }
        assertEquals(3, new SegregationMeasures(shadow).indices().boundaryRatio(), 1e-9);
    }

    /** With a film on its boundaries the truth of a whole frame is more segregated than with dissolved barium. */
    @Test
    void aFilmIsSegregated() {
        SampleHistory history = seconds ->
                RadiographScenario.layered(seconds, 25, 1.2, 0.05, seconds > 0 ? 0 : 0.01, seconds < 2e4 ? 0 : 1);
        Radiograph radiograph =
                new Radiograph(RadiographScenario.plain(160, 2.5, 5.24), 3, history, 2, RadiographScenario.RUN_SECONDS);
        RadiographTruth dissolved = radiograph.truth(0);
        RadiographTruth film = radiograph.truth(1);
        System.out.printf(
                "segregation: dissolved %s%nsegregation: film %s%n", dissolved.segregation(), film.segregation());
        assertEquals(1, film.sample().wettedShare(), 1e-9);
        assertEquals(0, dissolved.sample().wettedShare());
        assertTrue(film.segregation().boundaryRatio()
                > 1.2 * dissolved.segregation().boundaryRatio());
        assertTrue(film.segregation().gini() > dissolved.segregation().gini());
        assertEquals(dissolved.mass().bariumPicograms(), film.mass().bariumPicograms(), 1e-9);
    }
}
