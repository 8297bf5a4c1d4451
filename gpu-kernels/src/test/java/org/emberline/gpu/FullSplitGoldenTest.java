package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Shares by area on the sensor against pyFAI 0.21.3's by area in radius and azimuth; see src/test/python/make_geometry_golden.py.
 * The detector is untilted and 390 to 400 pixels from the beam.
 *
 * <p>By how much the two may differ, for a pixel of sides h and w and diagonal d at a distance of at least r:
 *
 * <ul>
 *   <li>an area in radius and azimuth is one on the sensor over the radius: a share changes by its d/r at most;
 *   <li>pyFAI takes the sides, we take the radius, as straight, in radius and azimuth and on the sensor: either moves the edge of a
 *       bin by d^2/(8 r), and an area by d/(h w) times that;
 *   <li>pyFAI holds radii in single precision: 2^-24 of the radius, for both the pixel and the edge.
 * </ul>
 */
final class FullSplitGoldenTest {
    private static final double MILLIMETRES_PER_METRE = 1e3;

    private IntegrationPlan plan = new PlanBuilder().build();
    private double perShare;
    private double perEdge;

    @BeforeEach
    void readSettings() throws IOException {
        GoldenTable golden = GoldenTable.read("split-pyfai");
        RadialAxis axis = new RadialAxis(
                RadialUnit.RADIUS_MILLIMETRES, golden.whole("bins"), golden.setting("lower"), golden.setting("upper"));
        plan = new PlanBuilder()
                .geometry(golden.geometry())
                .splitting(Splitting.FULL)
                .axis(axis)
                .build();
        double height = MILLIMETRES_PER_METRE * golden.setting("pixel1");
        double width = MILLIMETRES_PER_METRE * golden.setting("pixel2");
        double diagonal = Math.hypot(height, width);
        double nearest = axis.lower() - diagonal;
        double moved = 2 * diagonal * diagonal / (8 * nearest) + 2 * axis.upper() * 0x1p-24;
        perShare = diagonal / nearest;
        perEdge = moved * diagonal / (height * width);
    }

    /** How far a share may be from pyFAI's, when the pixel's area within the axis is that fraction of all. */
    private double bound(double share, double inside) {
        return (perShare * share + 2 * perEdge) / inside;
    }

    private double[][] ours(Splitting splitting) {
        PixelShares map = PixelShares.of(new PlanBuilder()
                .geometry(plan.geometry())
                .splitting(splitting)
                .axis(plan.axis())
                .build());
        double[][] shares = new double[map.pixels()][map.bins()];
        for (int pixel = 0; pixel < shares.length; pixel++) {
            int start = map.shareStart()[pixel];
            for (int s = start; s < map.shareStart()[pixel + 1]; s++) {
                shares[pixel][map.firstBin()[pixel] + s - start] = map.share()[s];
            }
        }
        return shares;
    }

    private double[][] ofPyFai() throws IOException {
        double[][] shares =
                new double[plan.geometry().detector().pixels()][plan.axis().bins()];
        for (double[] row : GoldenTable.read("split-pyfai").rows()) {
            shares[(int) row[0]][(int) row[1]] = row[2];
        }
        return shares;
    }

    /** The fraction of each pixel's area within the axis, from an axis that holds all of it. */
    private double[] inside() {
        RadialAxis axis = plan.axis();
        RadialAxis all =
                new RadialAxis(axis.unit(), 3, 2 * axis.lower() - axis.upper(), 2 * axis.upper() - axis.lower());
        PixelShares map = PixelShares.of(new PlanBuilder()
                .geometry(plan.geometry())
                .splitting(Splitting.FULL)
                .axis(all)
                .build());
        double[] inside = new double[map.pixels()];
        for (int pixel = 0; pixel < inside.length; pixel++) {
            int middle = map.shareStart()[pixel] + 1 - map.firstBin()[pixel];
            boolean reached = middle >= map.shareStart()[pixel] && middle < map.shareStart()[pixel + 1];
            inside[pixel] = reached ? map.share()[middle] : 0;
        }
        return inside;
    }

    @Test
    void sharesArePyFaisWithinWhatTheTwoAreasDifferBy() throws IOException {
        double[][] ours = ours(Splitting.FULL);
        double[][] reference = ofPyFai();
        double[] inside = inside();
        int compared = 0;
        int reachingOver = 0;
        for (int pixel = 0; pixel < ours.length; pixel++) {
            // Of slivers, the bound says nothing.
            if (inside[pixel] > 0.05) {
                compared++;
                reachingOver += inside[pixel] < 0.95 ? 1 : 0;
                for (int bin = 0; bin < ours[pixel].length; bin++) {
                    double bound = bound(Math.max(reference[pixel][bin], ours[pixel][bin]), inside[pixel]);
                    assertEquals(reference[pixel][bin], ours[pixel][bin], bound, "pixel " + pixel + " bin " + bin);
                }
            } else if (inside[pixel] == 0) {
                assertEquals(0, Arrays.stream(reference[pixel]).sum(), "pixel " + pixel + " is outside");
            }
        }
        assertTrue(compared > 300 && reachingOver > 20, "compared " + compared + ", over an end " + reachingOver);
    }

    @Test
    void theBoundTellsOtherSplittingsApart() throws IOException {
        double[][] boxes = ours(Splitting.BBOX);
        double[][] reference = ofPyFai();
        int beyond = 0;
        int compared = 0;
        for (int pixel = 0; pixel < boxes.length; pixel++) {
            for (int bin = 2; bin < boxes[pixel].length - 2; bin++) {
                if (reference[pixel][bin] > 0) {
                    compared++;
                    beyond += Math.abs(boxes[pixel][bin] - reference[pixel][bin]) > bound(1, 1) ? 1 : 0;
                }
            }
        }
        assertTrue(
                beyond > compared / 2, beyond + " of " + compared + " shares of bounding boxes are beyond the bound");
    }

    @ParameterizedTest
    @EnumSource(TestBackend.class)
    void thePatternIsPyFaisWithinTheSum(TestBackend backend) throws IOException {
        double[][] pattern = GoldenTable.read("split-pattern").rows();
        byte[] bytes = GoldenTable.bytes("split-frame.bin");
        Reduction result = new Reduction(pattern.length);
        double[] counts = new double[bytes.length / Short.BYTES];
        try (Arena arena = Arena.ofConfined();
                Reducer reducer = backend.open(plan)) {
            MemorySegment frame = arena.allocate(bytes.length, Short.BYTES);
            frame.copyFrom(MemorySegment.ofArray(bytes));
            reducer.reduce(frame, result);
            Arrays.setAll(counts, pixel -> plan.format().read(frame, pixel));
        }
        double[][] shares = ours(Splitting.FULL);
        double[] inside = inside();
        // The end bins hold slivers, which count for whole pixels there and may be in or out.
        for (int bin = 4; bin < pattern.length - 4; bin++) {
            double count = pattern[bin][0];
            double intensity = pattern[bin][1];
            double countBound = 0;
            double sumBound = 0;
            for (int pixel = 0; pixel < counts.length; pixel++) {
                double[] share = shares[pixel];
                boolean near = share[bin - 1] + share[bin] + share[bin + 1] > 0;
                double off = near ? bound(share[bin], inside[pixel]) : 0;
                countBound += off;
                sumBound += off * Math.abs(counts[pixel] - intensity);
            }
            assertEquals(count, result.count()[bin], countBound, "count of bin " + bin);
            assertEquals(intensity, result.intensity()[bin], sumBound / result.count()[bin], "intensity of bin " + bin);
        }
    }
}
