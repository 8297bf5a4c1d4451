package org.emberline.gpu.cells;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.emberline.gpu.Corrections;
import org.emberline.gpu.Detector;
import org.emberline.gpu.IntegrationPlan;
import org.emberline.gpu.Projection;
import org.jspecify.annotations.Nullable;

/** The denominator of {@code I = sum(raw - dark) / sum(flat * solidAngle * polarization)} per pixel. */
final class Normalisation {

    private Normalisation() {}

    /** Positive for every pixel that can count, 0 for every masked one. */
    static double[] of(IntegrationPlan plan) {
        Detector detector = plan.geometry().detector();
        int columns = detector.columns();
        Projection projection = new Projection(plan.geometry(), plan.flipRows());
        double[] all = new double[detector.pixels()];
        IntStream.range(0, detector.rows()).parallel().forEach(row -> {
            double[] ofRow = new double[columns];
            projection.normalisations(plan.corrections(), row, ofRow);
            for (int column = 0; column < columns; column++) {
                int pixel = row * columns + column;
                all[pixel] = ofPixel(plan.corrections(), pixel, ofRow[column]);
            }
        });
        return all;
    }

    /** What keeps every pixel from counting, in one line. */
    static String whyNone(IntegrationPlan plan) {
        Corrections corrections = plan.corrections();
        Detector detector = plan.geometry().detector();
        int masked = 0;
        int flatless = 0;
        int darkless = 0;
        for (int pixel = 0; pixel < detector.pixels(); pixel++) {
            boolean inMask = corrections.mask() != null && corrections.mask()[pixel];
            float flat = at(corrections.flat(), pixel, 1);
            boolean usableFlat = flat > 0 && Float.isFinite(flat);
            masked += inMask ? 1 : 0;
            flatless += !inMask && !usableFlat ? 1 : 0;
            darkless += !inMask && usableFlat ? 1 : 0;
        }
        return "every pixel of the detector " + detector.rows() + "x" + detector.columns() + " is masked: "
                + Stream.of(
                                masked == 0 ? "" : masked + " by the mask",
                                flatless == 0 ? "" : flatless + " without a positive flat",
                                darkless == 0 ? "" : darkless + " without a usable dark, solid angle or polarisation")
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining(", "));
    }

    private static double ofPixel(Corrections corrections, int pixel, double ofPlace) {
        float flat = at(corrections.flat(), pixel, 1);
        float darkVariance = at(corrections.darkVariance(), pixel, 0);
        boolean masked = corrections.mask() != null && corrections.mask()[pixel];
        boolean usable = Float.isFinite(at(corrections.dark(), pixel, 0))
                && (darkVariance >= 0 && Float.isFinite(darkVariance))
                && (flat > 0 && Float.isFinite(flat));
        double product = masked || !usable ? 0 : flat * ofPlace;
        return product > 0 ? product : 0;
    }

    private static float at(float @Nullable [] pixels, int index, float otherwise) {
        return pixels == null ? otherwise : pixels[index];
    }
}
