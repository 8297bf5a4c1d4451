package org.emberline.gpu.cells;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.emberline.gpu.Detector;
import org.emberline.gpu.Geometry;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.PlanBuilder;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.emberline.gpu.Splitting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows share the corners between them, whichever was computed first. */
final class SplitRowTest {

    @ParameterizedTest
    @EnumSource(
            value = Splitting.class,
            names = {"BBOX", "FULL"})
    void rowsMayComeInAnyOrder(Splitting splitting) {
        boolean[] mask = new boolean[70 * 9];
        mask[35 * 9 + 4] = true;
        Detector detector = new Detector("rows", 70, 9, 1e-3, 1e-3, 3);
        IntegrationPlan plan = new PlanBuilder()
                .geometry(new Geometry(detector, 0.1, 20.3e-3, 4.1e-3, 0, 0, 0, 1e-10))
                .mask(mask)
                .splitting(splitting)
                .axis(new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 200, 0.05, 2))
                .build();
        double[] normalisation = Normalisation.of(plan);
        SplitRow[] all = new SplitRow[70];
        SplitRow.all(plan, normalisation, row -> all[row.row()] = row);
        RowSplitter splitter = new RowSplitter(plan, normalisation);
        for (int row : new int[] {4, 5, 2, 2, 69, 0, 35, 36, 34}) {
            SplitRow one = splitter.split(row);
            SplitRow fresh = new RowSplitter(plan, normalisation).split(row);
            assertRow(fresh, one);
            assertRow(fresh, all[row]);
        }
        assertEquals(SplitRow.MASKED, all[35].firstBin()[4]);
    }

    private static void assertRow(SplitRow expected, SplitRow actual) {
        assertEquals(expected.row(), actual.row());
        assertEquals(expected.shares(), actual.shares());
        assertArrayEquals(expected.firstBin(), actual.firstBin());
        assertArrayEquals(expected.sharesOfPixel(), actual.sharesOfPixel());
        assertArrayEquals(expected.share(), actual.share());
    }
}
