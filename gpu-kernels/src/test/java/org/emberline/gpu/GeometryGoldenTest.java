package org.emberline.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Radii, azimuth, solid angle and polarisation of every pixel against pyFAI 0.21.3; see src/test/python/make_geometry_golden.py. */
final class GeometryGoldenTest {
    private static final double DOUBLE_PRECISION = 1e-13;
    /** pyFAI's places of pixels for the polarisation are in single precision, and so is the polarisation. */
    private static final double SINGLE_PRECISION = 1e-6;
    /** By how many tolerances a wrong geometry must be off to be called seen. */
    private static final double PLAIN_TO_SEE = 1000;

    private static final List<String> NAMES = List.of("flat", "tilted", "behind");

    /** How a frame lies in memory. */
    record Turn(int orientation, boolean flipRows) {

        /** Where the golden table, in orientation 3, has that pixel of the memory. */
        int goldenPixel(int row, int column, Detector detector) {
            boolean reverseRows = flipRows != (orientation == 1 || orientation == 2);
            boolean reverseColumns = orientation == 1 || orientation == 4;
            int sensorRow = reverseRows ? detector.rows() - 1 - row : row;
            int sensorColumn = reverseColumns ? detector.columns() - 1 - column : column;
            return sensorRow * detector.columns() + sensorColumn;
        }
    }

    private static final Turn UPRIGHT = new Turn(3, false);

    static Stream<Arguments> cases() {
        return NAMES.stream()
                .flatMap(name -> Stream.of(1, 2, 3, 4)
                        .flatMap(orientation ->
                                Stream.of(false, true).map(flip -> Arguments.of(name, new Turn(orientation, flip)))));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void everyPixelIsWherePyFaiHasIt(String name, Turn turn) throws IOException {
        GoldenTable golden = GoldenTable.read("geometry-" + name);
        Geometry geometry = turned(golden.geometry(), turn.orientation());
        assertEquals(11, golden.columns().size());
        for (int column = 0; column < golden.columns().size(); column++) {
            double worst = worst(golden, column, geometry, turn, 1);
            assertTrue(worst <= 1, golden.columns().get(column) + " is off by tolerances: " + worst);
        }
    }

    @Test
    void aWrongGeometryIsSeen() throws IOException {
        GoldenTable golden = GoldenTable.read("geometry-tilted");
        List<UnaryOperator<Geometry>> faults = List.of(
                g -> turned(g, 1),
                g -> turned(g, 2),
                g -> turned(g, 4),
                GeometryGoldenTest::withSwappedPixelSizes,
                GeometryGoldenTest::withSwappedPoni,
                g -> withRotations(g, g.rot2Radians(), g.rot1Radians(), g.rot3Radians()),
                g -> withRotations(g, -g.rot1Radians(), g.rot2Radians(), g.rot3Radians()),
                g -> withRotations(g, g.rot1Radians(), g.rot2Radians(), -g.rot3Radians()));
        for (int fault = 0; fault < faults.size(); fault++) {
            Geometry wrong = faults.get(fault).apply(golden.geometry());
            for (String column : List.of("chi_deg", "polarization(0.8;0)")) {
                double worst = worst(golden, golden.columns().indexOf(column), wrong, UPRIGHT, 1);
                assertTrue(worst > PLAIN_TO_SEE, "fault " + fault + " in " + column + " is off by " + worst);
            }
        }
        double flipped = worst(golden, 0, golden.geometry(), new Turn(3, true), 1);
        double asTurnedTwice = worst(golden, 0, turned(golden.geometry(), 2), new Turn(2, true), 1);
        assertTrue(flipped <= 1 && asTurnedTwice <= 1, "flipped " + flipped + " turned twice " + asTurnedTwice);
    }

    @Test
    void aWrongPlaneOfPolarizationIsSeen() throws IOException {
        GoldenTable golden = GoldenTable.read("geometry-tilted");
        int column = golden.columns().indexOf("polarization(0.8;25)");
        assertTrue(worst(golden, column, golden.geometry(), UPRIGHT, 1) <= 1);
        assertTrue(worst(golden, column, golden.geometry(), UPRIGHT, -1) > PLAIN_TO_SEE, "turned the wrong way");
        assertTrue(worst(golden, column, golden.geometry(), UPRIGHT, 0) > PLAIN_TO_SEE, "not turned");
        assertTrue(worst(golden, column, golden.geometry(), UPRIGHT, Math.PI / 180) > PLAIN_TO_SEE, "radians");
    }

    /**
     * The largest deviation of a column from the golden table, in tolerances.
     *
     * @param angleFactor multiplies the angle of the polarisation's plane; 1 is right
     */
    private static double worst(GoldenTable golden, int column, Geometry geometry, Turn turn, double angleFactor) {
        Detector detector = geometry.detector();
        Projection projection = new Projection(geometry, turn.flipRows());
        String name = golden.columns().get(column);
        double tolerance = name.startsWith("polarization") ? SINGLE_PRECISION : DOUBLE_PRECISION;
        double worst = 0;
        double[] ours = new double[detector.columns()];
        for (int row = 0; row < detector.rows(); row++) {
            fill(name, projection, row, angleFactor, ours);
            for (int i = 0; i < ours.length; i++) {
                double expected = golden.rows()[turn.goldenPixel(row, i, detector)][column];
                double scale = Math.max(1, Math.abs(expected));
                worst = Math.max(worst, Math.abs(ours[i] - expected) / (tolerance * scale));
                assertTrue(Double.isFinite(ours[i]), name + " is a number");
            }
        }
        return worst;
    }

    private static void fill(String column, Projection projection, int row, double angleFactor, double[] into) {
        if (column.equals("chi_deg")) {
            projection.azimuths(row + 0.5, 0.5, into);
        } else if (column.equals("solid_angle")) {
            projection.normalisations(Corrections.SOLID_ANGLE, row, into);
        } else if (column.startsWith("polarization(")) {
            String[] words = column.substring(13, column.length() - 1).split(";", -1);
            double angle = angleFactor * Double.parseDouble(words[1]);
            Corrections corrections =
                    new Corrections(false, Double.parseDouble(words[0]), angle, null, null, null, null);
            projection.normalisations(corrections, row, into);
        } else {
            projection.radii(RadialUnit.ofSymbol(column).orElseThrow(), row + 0.5, 0.5, into);
        }
    }

    @Test
    void everyUnitIsInTheTable() throws IOException {
        List<String> symbols = new ArrayList<>();
        for (RadialUnit unit : RadialUnit.values()) {
            symbols.add(unit.symbol());
        }
        assertEquals(symbols, GoldenTable.read("geometry-flat").columns().subList(0, 6));
    }

    private static Geometry turned(Geometry g, int orientation) {
        Detector d = g.detector();
        Detector turned =
                new Detector(d.name(), d.rows(), d.columns(), d.pixel1Metres(), d.pixel2Metres(), orientation);
        return on(turned, g, g.poni1Metres(), g.poni2Metres());
    }

    private static Geometry withSwappedPixelSizes(Geometry g) {
        Detector d = g.detector();
        Detector swapped =
                new Detector(d.name(), d.rows(), d.columns(), d.pixel2Metres(), d.pixel1Metres(), d.orientation());
        return on(swapped, g, g.poni1Metres(), g.poni2Metres());
    }

    private static Geometry withSwappedPoni(Geometry g) {
        return on(g.detector(), g, g.poni2Metres(), g.poni1Metres());
    }

    private static Geometry on(Detector detector, Geometry g, double poni1, double poni2) {
        return new Geometry(
                detector,
                g.distanceMetres(),
                poni1,
                poni2,
                g.rot1Radians(),
                g.rot2Radians(),
                g.rot3Radians(),
                g.wavelengthMetres());
    }

    private static Geometry withRotations(Geometry g, double rot1, double rot2, double rot3) {
        return new Geometry(
                g.detector(),
                g.distanceMetres(),
                g.poni1Metres(),
                g.poni2Metres(),
                rot1,
                rot2,
                rot3,
                g.wavelengthMetres());
    }
}
