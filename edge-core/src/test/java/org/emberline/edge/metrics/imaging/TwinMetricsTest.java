package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.metrics.imaging.TwinRun.Point;
import org.junit.jupiter.api.Test;

/** The image metrics against what the twin knows, over whole scenarios. */
class TwinMetricsTest {
    private static final int SETS = 20;

    @Test
    void theDefaultScenarioIsMeasuredAsWellAsItMustBe() throws Exception {
        TwinRun run = TwinRun.of("calcination", 1, 256);
        assertEquals(SETS, run.known("porosity").size());
        assertWithin(0.015, "porosity", run, Point::error);
        assertWithin(0.08, "image_grain_size", run, Point::relativeError);
        assertWithin(0.02, "moved_fraction", run, Point::error);
        assertWithin(0.10, "segregation", run, Point::relativeError);
        assertWithin(0.004, "mass_conservation", run, Point::error);
        assertWithin(0.02, "relative_density", run, Point::relativeError);
        for (String name : List.of("porosity", "image_grain_size", "moved_fraction", "segregation")) {
            assertTrue(run.known(name).size() >= SETS - 3, name + " has a value in nearly every set");
        }
    }

    @Test
    void aStageThatCreepsAPixelAFrameIsFollowed() throws Exception {
        TwinRun run = TwinRun.of("image-drift", 1, 256);
        assertWithin(0.015, "porosity", run, Point::error);
        assertWithin(0.08, "image_grain_size", run, Point::relativeError);
        assertWithin(0.02, "moved_fraction", run, Point::error);
        assertWithin(0.10, "segregation", run, Point::relativeError);
    }

    @Test
    void aFlatThatDriftsByTwoPerCentIsToldFromTheSample() throws Exception {
        TwinRun run = TwinRun.of("flat-drift", 1, 256);
        assertWithin(0.015, "porosity", run, Point::error);
        assertWithin(0.08, "image_grain_size", run, Point::relativeError);
        assertWithin(0.02, "moved_fraction", run, Point::error);
    }

    @Test
    void aFlatThatDriftsIsFlaggedWhereOneEnergyCannotTell() throws Exception {
        TwinRun run = new TwinRun("flat-drift", 1, 256, List.of(TwinRun.ENERGIES.getLast()));
        List<Point> late = run.all("porosity").stream()
                .filter(point -> point.frame() > 70 && !Double.isNaN(point.value()))
                .toList();
        assertTrue(late.size() >= 2, "some frames are of that energy");
        late.forEach(point -> assertTrue(FrameFlag.FLAT_DRIFTED.in(point.flags()), point.toString()));
    }

    @Test
    void aSampleThatSlumpsOutOfTheFieldHasNoNumbers() throws Exception {
        TwinRun run = TwinRun.of("slump", 1, 256);
        for (String name : run.names()) {
            for (Point point : run.all(name)) {
                if (point.frame() > 20) {
                    assertTrue(Double.isNaN(point.value()), name + " " + point);
                    assertTrue(FrameFlag.FIELD_OVERFULL.in(point.flags()), name + " " + point);
                }
            }
        }
    }

    private static void assertWithin(double limit, String name, TwinRun run, ToDoubleFunction<Point> error) {
        List<Point> points = run.known(name);
        double squares = points.stream()
                .mapToDouble(error)
                .map(value -> value * value)
                .average()
                .orElse(Double.NaN);
        assertTrue(Math.sqrt(squares) <= limit, name + " rms=" + Math.sqrt(squares) + " limit=" + limit);
    }
}
