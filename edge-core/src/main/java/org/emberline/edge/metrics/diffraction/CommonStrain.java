package org.emberline.edge.metrics.diffraction;

import java.util.Arrays;
import org.emberline.edge.metrics.pattern.FitResult;

/**
 * What moves the lines of all phases alike is not the sample's: it was moved along the beam, or the wavelength or the distance is not what the
 * calibration says. (A displacement of 0.1 mm at 1.5 m changes all spacings by 6.7e-5.) Two signs are looked for:
 *
 * <ul>
 *   <li>from one frame to the next the edges of all cells step by one amount, more than expansion can: the step is kept until another
 *       takes it back;
 *   <li>the edges of all cells depart by one amount from what the phase files and the temperature let expect; where the temperature is not
 *       known, larger cells may as well be hot ones, and only smaller ones count.
 * </ul>
 *
 * <p>A slow drift is not seen. One thread; allocates only when made.
 */
final class CommonStrain {
    /** An edge that is less sure does not take part. */
    private static final double SURE = 1e-4;
    /** By which edges may depart from each other between two frames: their expansion is not quite that of the phase files. */
    private static final double EXPANSION = 5e-5;

    private static final double LEAST_STEP = 1.5e-4;
    private static final double SIGMAS = 5;
    /** Square of the sigmas by which edges may disagree about a step, per edge. */
    private static final double AGREEMENT = 4;
    /** Of the phase files: compositions differ from theirs by some tenths of a per cent, but not alike along both edges. */
    private static final double LEAST_DEPARTURE = 5e-3;

    private static final double SPREAD = 2e-3;
    private static final int LEAST_EDGES = 2;

    private final double[] last;
    private final double[] lastVariance;
    private final double[] now;
    private final double[] variance;
    private double offset;
    private boolean departed;

    CommonStrain(int phases) {
        last = new double[2 * phases];
        lastVariance = new double[2 * phases];
        now = new double[2 * phases];
        variance = new double[2 * phases];
        Arrays.fill(last, Double.NaN);
    }

    /** @param temperatureKnown whether the fit expected the cells of the sample's temperature */
    void look(FitResult fit, boolean temperatureKnown) {
        read(fit);
        offset += step();
        departed = departure(temperatureKnown);
        for (int i = 0; i < now.length; i++) {
            if (!Double.isNaN(now[i])) {
                last[i] = now[i];
                lastVariance[i] = variance[i];
            }
        }
    }

    /** Whether cells are off by an amount that is none of the sample. */
    boolean isSeen() {
        return departed || Math.abs(offset) > LEAST_STEP;
    }

    private void read(FitResult fit) {
        Arrays.fill(now, Double.NaN);
        for (int p = 0; p < fit.phases(); p++) {
            if (fit.hasShape(p)) {
                put(2 * p, fit.basalDeparture(p), fit.basalVariance(p));
                if (fit.hasTwoEdges(p)) {
                    put(2 * p + 1, fit.axialDeparture(p), fit.axialVariance(p));
                }
            }
        }
    }

    private void put(int edge, double departure, double itsVariance) {
        if (itsVariance < SURE * SURE) {
            now[edge] = departure;
            variance[edge] = itsVariance;
        }
    }

    /** The step that all edges made together since they were last seen; 0 for none. */
    private double step() {
        double weights = 0;
        double sum = 0;
        double squares = 0;
        int edges = 0;
        for (int i = 0; i < now.length; i++) {
            double step = now[i] - last[i];
            if (!Double.isNaN(step)) {
                double weight = 1 / (variance[i] + lastVariance[i] + EXPANSION * EXPANSION);
                weights += weight;
                sum += weight * step;
                squares += weight * step * step;
                edges++;
            }
        }
        double mean = sum / weights;
        boolean agreed = edges >= LEAST_EDGES && squares - mean * sum < AGREEMENT * (edges - 1);
        return agreed && Math.abs(mean) > LEAST_STEP && Math.abs(sum) > SIGMAS * Math.sqrt(weights) ? mean : 0;
    }

    private boolean departure(boolean temperatureKnown) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        int edges = 0;
        for (double departure : now) {
            if (!Double.isNaN(departure)) {
                least = Math.min(least, departure);
                most = Math.max(most, departure);
                edges++;
            }
        }
        boolean alike = edges >= LEAST_EDGES && most - least < SPREAD;
        boolean larger = temperatureKnown && least > LEAST_DEPARTURE;
        return alike && (larger || most < -LEAST_DEPARTURE);
    }
}
