package org.emberline.edge.metrics.diffraction;

import java.util.Arrays;
import org.emberline.edge.metrics.grains.GrainSampling;
import org.emberline.edge.metrics.pattern.CrystalLines;
import org.emberline.edge.metrics.pattern.FitResult;
import org.emberline.edge.metrics.pattern.NormalEquations;
import org.jspecify.annotations.Nullable;

/**
 * Cation disorder from the areas of one phase's lines, solved together with what else changes their ratios: volume, thermal displacement and
 * texture. None of the three may be left out: at 1100 K displacement alone changes I003/I104 as 4 % of disorder would.
 *
 * <pre>
 *   area of a line = V * m|F(x, s)|²/V_cell² / q² * W(r)
 *   W(r) = (r² cos²α + sin²α / r)^(-3/2),  α from the line's normal to 001 (W. A. Dollase, J. Appl. Cryst. 19 (1986) 267)
 * </pre>
 *
 * <p>x is the disorder, s the factor on all displacement parameters, expected at T/300 K within 20 %, r March's parameter, expected at 1
 * within 0.05. Weighted by the covariance of the areas and by the scatter that a finite number of grains gives each ring: where the grains of
 * a ring are looked at, as these say; besides, a line of multiplicity m has {@code unevenness/√m} of it, the unevenness being what makes χ²
 * come out right (R. C. Paule, J. Mandel, J. Res. NBS 87 (1982) 377), averaged over the frames up to this one.
 */
final class JointIntensities {
    private static final int VOLUME = 0;
    private static final int DISORDER = 1;
    private static final int HEAT = 2;
    private static final int TEXTURE = 3;
    private static final int UNKNOWNS = 4;

    private static final double HEAT_SCATTER = 0.2;
    private static final double TEXTURE_SCATTER = 0.05;
    /** Of a sample whose temperature nobody knows. */
    private static final double UNKNOWN_HEAT_SCATTER = 1.2;
    /** By how much March's parameter, and displacement over temperature, may change in a run. */
    private static final double TEXTURE_DRIFT = 0.003;

    private static final double DISPLACEMENT_DRIFT = 0.02;
    private static final double REFERENCE_KELVIN = 300;
    private static final double[] STEP = {1e-4, 1e-4, 1e-3, 1e-3};
    private static final double[] LONGEST = {0.5, 0.05, 0.5, 0.1};
    private static final double[] LOWEST = {Double.NEGATIVE_INFINITY, -0.1, 0.3, 0.3};
    private static final double[] HIGHEST = {Double.POSITIVE_INFINITY, 0.5, 8, 3};
    private static final int ITERATIONS = 12;
    private static final double AT_REST = 1e-3;
    /** An area less sure than this is not much more than what the structure lets expect. */
    private static final double UNSURE = 0.2;

    private static final int LEAST_AREAS = 6;
    /** Before a frame has told. */
    private static final double USUALLY_UNEVEN = 0.05;
    /** Sigmas of the phase's volume from which its areas tell how uneven they are. */
    private static final double TELLING = 200;

    /** Of a line of multiplicity 1: more is a misfit and not grains. */
    private static final double MOST_UNEVEN = 0.3;

    private static final double FORGETTING = 0.15;

    private final CrystalLines lines;
    private final FitResult fit;
    private final @Nullable GrainSampling sampling;
    private final double highestQ;
    private final double[] strength;
    private final double[] cosineSquare;
    private final int[] used;
    private final double[] area;
    private final double[] row;
    private final double[][] covariance;
    private final double[] grains;
    private final double[] sampled;
    private final double[] predicted;
    private final double[] moved;
    private final double[] residual;
    private final double[][] slope = new double[UNKNOWNS][];
    private final Cholesky cholesky;
    private final NormalEquations equations = new NormalEquations(UNKNOWNS);
    private final double[] jacobian = new double[UNKNOWNS];
    private final double[] step = new double[UNKNOWNS];
    private final double[] unknown = new double[UNKNOWNS];
    private final double[] trial = new double[UNKNOWNS];
    private final double[] withAll = new double[UNKNOWNS];
    private final boolean[] held = new boolean[UNKNOWNS];
    private int count;
    private final Remembered texture = new Remembered(TEXTURE_DRIFT);
    private final Remembered displacement = new Remembered(DISPLACEMENT_DRIFT);
    private double expectedHeat;
    private double heatScatter;
    private double expectedTexture = 1;
    private double textureScatter = TEXTURE_SCATTER;
    private double chiSquare;
    private double unevennessSquare = USUALLY_UNEVEN * USUALLY_UNEVEN;
    private long frames;

    /**
     * @param sampling what the frame's grains say of the scatter of rings; null when nobody looks at grains
     * @param highestQ of lines that lie wholly on the axis, 1/Å
     */
    JointIntensities(CrystalLines lines, FitResult fit, @Nullable GrainSampling sampling, double highestQ) {
        this.sampling = sampling;
        this.highestQ = highestQ;
        this.lines = lines;
        this.fit = fit;
        int n = lines.size();
        strength = new double[n];
        cosineSquare = new double[n];
        for (int i = 0; i < n; i++) {
            cosineSquare[i] = lines.axial(i) / (lines.basal(i) + lines.axial(i));
        }
        used = new int[n];
        area = new double[n];
        row = new double[n];
        covariance = new double[n][n];
        grains = new double[n];
        sampled = new double[n];
        predicted = new double[n];
        moved = new double[n];
        residual = new double[n];
        for (int k = 0; k < UNKNOWNS; k++) {
            slope[k] = new double[n];
        }
        cholesky = new Cholesky(n);
        held[DISORDER] = !lines.hasDisorder();
        held[TEXTURE] = !lines.hasTwoEdges();
    }

    /**
     * Solves for the areas of the fit's last frame.
     *
     * @param kelvin of the sample; NaN when unknown, then displacement has to tell itself
     * @return whether there is a solution
     */
    boolean solve(double kelvin) {
        boolean hot = !Double.isNaN(kelvin);
        expectedHeat = hot ? kelvin / REFERENCE_KELVIN : 2;
        if (!readAreas()) {
            return false;
        }
        unknown[DISORDER] = lines.hasDisorder() ? 0.03 : 0;
        unknown[HEAT] = expectedHeat;
        unknown[TEXTURE] = 1;
        unknown[VOLUME] = 0;
        predict(unknown, predicted);
        double sum = 0;
        double model = 0;
        for (int i = 0; i < count; i++) {
            sum += area[i];
            model += predicted[i];
        }
        if (!(sum > 0 && model > 0)) {
            return false;
        }
        unknown[VOLUME] = Math.log(sum / model);
        heatScatter = hot ? HEAT_SCATTER * expectedHeat : UNKNOWN_HEAT_SCATTER;
        expectedTexture = 1;
        textureScatter = TEXTURE_SCATTER;
        boolean solved = descend(Math.max(0, unevennessSquare));
        if (solved && fit.significance(0) > TELLING) {
            double seen = Math.min(unevennessSquareNow(), MOST_UNEVEN * MOST_UNEVEN);
            frames++;
            unevennessSquare += Math.max(FORGETTING, 1.0 / frames) * (seen - unevennessSquare);
            solved = descend(Math.max(0, unevennessSquare)) && remember(hot);
        }
        return solved;
    }

    double disorder() {
        return unknown[DISORDER];
    }

    double disorderSigma() {
        return sigma(DISORDER);
    }

    double heat() {
        return unknown[HEAT];
    }

    double heatSigma() {
        return sigma(HEAT);
    }

    double texture() {
        return unknown[TEXTURE];
    }

    double textureSigma() {
        return sigma(TEXTURE);
    }

    /** The phase's volume, on the scale of its lines' strengths. */
    double volume() {
        return Math.exp(unknown[VOLUME]);
    }

    /** Relative. */
    double volumeSigma() {
        return sigma(VOLUME);
    }

    double misfit() {
        return chiSquare / degrees();
    }

    private double sigma(int of) {
        return Math.sqrt(equations.variance(of, withAll) * Math.max(1, misfit()));
    }

    private int degrees() {
        return Math.max(1, count - UNKNOWNS + 1);
    }

    /**
     * Texture, and displacement over temperature, belong to the sample and hardly change in a run; where grains are coarse they cannot be
     * told from its few rings. What the frame that knew them best said is expected of all, with room for some change. A frame that
     * contradicts it begins anew: the sample has moved.
     */
    private boolean remember(boolean hot) {
        double march = unknown[TEXTURE];
        double marchSigma = held[TEXTURE] ? 0 : sigma(TEXTURE);
        double ratio = hot ? unknown[HEAT] / expectedHeat : Double.NaN;
        double ratioSigma = sigma(HEAT) / expectedHeat;
        texture.see(march, marchSigma);
        displacement.see(ratio, ratioSigma);
        expectedTexture = texture.value();
        textureScatter = texture.scatter();
        if (hot) {
            expectedHeat *= displacement.value();
            heatScatter = displacement.scatter() * expectedHeat;
        }
        return descend(Math.max(0, unevennessSquare));
    }

    /** Takes the areas that are sure enough. */
    private boolean readAreas() {
        count = 0;
        for (int a = 0; a < fit.areas(); a++) {
            fit.areaCovariance(a, row);
            if (isWhole(a) && fit.area(a) > 0 && row[a] < UNSURE * UNSURE * fit.area(a) * fit.area(a)) {
                used[count] = a;
                area[count] = fit.area(a);
                System.arraycopy(row, 0, covariance[count], 0, fit.areas());
                count++;
            }
        }
        return count >= LEAST_AREAS;
    }

    /** Whether an area's lines lie on the axis with their flanks. */
    private boolean isWhole(int areaIndex) {
        for (int line = 0; line < strength.length; line++) {
            if (fit.areaOf(line) == areaIndex && fit.q(line) > highestQ) {
                return false;
            }
        }
        return true;
    }

    /** The areas that values of the unknowns predict. */
    private void predict(double[] at, double[] target) {
        lines.strengths(at[HEAT], at[DISORDER], strength);
        double volume = Math.exp(at[VOLUME]);
        double r = at[TEXTURE];
        Arrays.fill(target, 0, count, 0);
        Arrays.fill(grains, 0, count, 0);
        Arrays.fill(sampled, 0, count, 0);
        for (int line = 0; line < strength.length; line++) {
            int place = place(fit.areaOf(line));
            if (place >= 0) {
                double q = fit.q(line);
                double along = cosineSquare[line];
                double march = r * r * along + (1 - along) / r;
                double here = volume * strength[line] / (q * q * march * Math.sqrt(march));
                target[place] += here;
                grains[place] += here * here / lines.multiplicity(line);
                double scatter = sampling == null ? 0 : here * sampling.sigma(line, q);
                sampled[place] += scatter * scatter;
            }
        }
    }

    private int place(int areaIndex) {
        for (int i = 0; i < count; i++) {
            if (used[i] == areaIndex) {
                return i;
            }
        }
        return -1;
    }

    private boolean descend(double uneven) {
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            if (!linearise(uneven)) {
                return false;
            }
            equations.solve(step);
            double largest = 0;
            for (int k = 0; k < UNKNOWNS; k++) {
                if (!held[k]) {
                    largest = Math.max(largest, Math.abs(step[k]) / Math.sqrt(equations.variance(k, withAll)));
                }
            }
            for (int k = 0; k < UNKNOWNS; k++) {
                double moderate = Math.clamp(step[k], -LONGEST[k], LONGEST[k]);
                unknown[k] = Math.clamp(unknown[k] + moderate, LOWEST[k], HIGHEST[k]);
            }
            if (largest < AT_REST) {
                return true;
            }
        }
        return false;
    }

    /** Normal equations of the whitened residuals, and of what is known beforehand. */
    private boolean linearise(double uneven) {
        predict(unknown, predicted);
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                cholesky.put(i, j, covariance[i][used[j]] + (i == j ? uneven * grains[i] + sampled[i] : 0));
            }
        }
        if (!cholesky.factorise(count)) {
            return false;
        }
        for (int k = 0; k < UNKNOWNS; k++) {
            System.arraycopy(unknown, 0, trial, 0, UNKNOWNS);
            trial[k] += STEP[k];
            predict(trial, moved);
            for (int i = 0; i < count; i++) {
                slope[k][i] = (moved[i] - predicted[i]) / STEP[k];
            }
            cholesky.whiten(slope[k]);
        }
        predict(unknown, predicted);
        for (int i = 0; i < count; i++) {
            residual[i] = area[i] - predicted[i];
        }
        cholesky.whiten(residual);
        equations.clear(UNKNOWNS);
        chiSquare = 0;
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < UNKNOWNS; k++) {
                jacobian[k] = slope[k][i];
            }
            equations.add(jacobian, residual[i], 1);
            chiSquare += residual[i] * residual[i];
        }
        know(HEAT, expectedHeat, heatScatter);
        if (!held[TEXTURE]) {
            know(TEXTURE, expectedTexture, textureScatter);
        }
        return equations.factorise(0, held);
    }

    private void know(int of, double expected, double scatter) {
        Arrays.fill(jacobian, 0);
        jacobian[of] = 1 / scatter;
        double departure = (expected - unknown[of]) / scatter;
        equations.add(jacobian, departure, 1);
        chiSquare += departure * departure;
    }

    /** The unevenness that would have made χ² what it should be; below 0 where counting alone already makes it larger. */
    private double unevennessSquareNow() {
        double square = Math.max(0, unevennessSquare);
        for (int i = 0; i < ITERATIONS; i++) {
            if (!linearise(square)) {
                return unevennessSquare;
            }
            double excess = chiSquare - degrees();
            cholesky.whitenBack(residual);
            double perSquare = 0;
            for (int k = 0; k < count; k++) {
                perSquare += residual[k] * residual[k] * grains[k];
            }
            double change = excess / perSquare;
            if (square + change <= 0) {
                return square == 0 ? change : 0;
            }
            square += change;
            if (Math.abs(change) < 1e-3 * square) {
                break;
            }
        }
        return square;
    }
}
