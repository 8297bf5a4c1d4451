package org.emberline.gpu;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The part of the radial axis that a detector covers.
 *
 * @param lower smallest radial coordinate
 * @param upper largest radial coordinate
 */
public record RadialRange(double lower, double upper) {
    private static final RadialRange NOTHING = new RadialRange(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    /**
     * From the smallest to the largest radius of the centres of the pixels that are not masked: the convention of pyFAI without
     * pixel splitting. Computed as the bins are, so that with this range every pixel falls into a bin. Uses the common pool.
     *
     * @param geometry geometry with a definite detector shape
     * @param flipRows whether row 0 in memory is the last row of the geometry
     * @param mask true = masked, in the memory order of the frame, or null
     * @throws IllegalArgumentException when the shape is open, the mask has another one, every pixel is masked, or the unit
     *     needs a wavelength that is not given
     */
    public static RadialRange ofPixels(
            Geometry geometry, RadialUnit unit, boolean flipRows, boolean @Nullable [] mask) {
        Projection projection = new Projection(geometry, flipRows);
        Detector detector = geometry.detector();
        if (mask != null && mask.length != detector.pixels()) {
            throw new IllegalArgumentException("mask has " + mask.length + " pixels, the detector " + detector.rows()
                    + "x" + detector.columns() + " = " + detector.pixels());
        }
        if (unit.needsWavelength() && Double.isNaN(geometry.wavelengthMetres())) {
            throw new IllegalArgumentException(
                    "the geometry gives no wavelength, which unit=" + unit.symbol() + " needs");
        }
        RadialRange range = IntStream.range(0, detector.rows())
                .parallel()
                .mapToObj(row -> ofRow(projection, unit, row, detector.columns(), mask))
                .reduce(NOTHING, RadialRange::union);
        if (range.lower > range.upper) {
            throw new IllegalArgumentException(
                    "every pixel of the detector " + detector.rows() + "x" + detector.columns() + " is masked");
        }
        return range;
    }

    private static RadialRange ofRow(
            Projection projection, RadialUnit unit, int row, int columns, boolean @Nullable [] mask) {
        double[] radii = new double[columns];
        projection.radii(unit, row + 0.5, 0.5, radii);
        double lower = NOTHING.lower;
        double upper = NOTHING.upper;
        for (int column = 0; column < columns; column++) {
            if (mask == null || !mask[row * columns + column]) {
                lower = Math.min(lower, radii[column]);
                upper = Math.max(upper, radii[column]);
            }
        }
        return new RadialRange(lower, upper);
    }

    private RadialRange union(RadialRange other) {
        return new RadialRange(Math.min(lower, other.lower), Math.max(upper, other.upper));
    }
}
