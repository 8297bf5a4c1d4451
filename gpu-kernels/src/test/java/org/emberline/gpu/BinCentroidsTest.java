package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.emberline.gpu.cells.BinCentroids;
import org.junit.jupiter.api.Test;

/** An image that shows at each pixel how far from the centre it is, reduces to the mean places of the bins' pixels. */
final class BinCentroidsTest {
    private static final int SIDE = 60;
    private static final double PIXEL = 1e-3;
    private static final double PONI = 3.3e-3;
    private static final double SCALE = 1e7;

    private static PlanBuilder builder() {
        Detector detector = new Detector("square", SIDE, SIDE, PIXEL, PIXEL, 3);
        return new PlanBuilder()
                .geometry(new Geometry(detector, 0.2, PONI, PONI, 0, 0, 0, 1e-10))
                .format(PixelFormat.U32)
                .axis(new RadialAxis(RadialUnit.RADIUS_MILLIMETRES, 200, 0, 90));
    }

    private static double radiusMillimetres(int pixel) {
        return 1e3 * Math.hypot((Math.floorDiv(pixel, SIDE) + 0.5) * PIXEL - PONI, (pixel % SIDE + 0.5) * PIXEL - PONI);
    }

    @Test
    void areThoseOfAnImageOfTheRadius() throws NoDeviceException {
        SplittableRandom random = new SplittableRandom(5);
        float[] flat = new float[SIDE * SIDE];
        boolean[] mask = new boolean[SIDE * SIDE];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) random.nextDouble(0.5, 1.5);
            mask[i] = random.nextInt(5) == 0;
        }
        IntegrationPlan plan = builder().flat(flat).mask(mask).build();
        double[] centroids = BinCentroids.of(plan);
        Reduction result = Reduction.of(plan);
        try (Arena arena = Arena.ofConfined();
                Reducer reducer = TestBackend.CPU.open(plan)) {
            reducer.reduce(
                    Frames.of(arena, plan, pixel -> Math.rint(radiusMillimetres(pixel) * flat[pixel] * SCALE)), result);
        }
        int empty = 0;
        for (int bin = 0; bin < centroids.length; bin++) {
            boolean seen = result.count()[bin] > 0;
            double expected =
                    seen ? result.intensity()[bin] / SCALE : plan.axis().centre(bin);
            assertEquals(expected, centroids[bin], 1e-6, "bin " + bin);
            empty += seen ? 0 : 1;
        }
        assertNotEquals(0, empty);
    }

    /** Their shares fill the bins evenly. */
    @Test
    void splitPixelsLieAtTheCentres() {
        IntegrationPlan plan = builder().splitting(Splitting.BBOX).build();
        double[] centres = new double[plan.axis().bins()];
        for (int bin = 0; bin < centres.length; bin++) {
            centres[bin] = plan.axis().centre(bin);
        }
        assertArrayEquals(centres, BinCentroids.of(plan));
    }
}
