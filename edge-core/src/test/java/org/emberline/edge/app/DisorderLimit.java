package org.emberline.edge.app;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.emberline.edge.RealData;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.PhaseFile;
import org.emberline.edge.app.config.ScenarioFile;
import org.emberline.edge.metrics.phase.StructureLines;
import org.emberline.edge.twin.RingTruth;
import org.emberline.edge.twin.TwinFrames;

/**
 * Prints how well disorder can be known at all from the rings of a simulated scenario, whatever the program: {@code DisorderLimit SCENARIO
 * SEED...}. The intensities are the true ones of the grains that are there, without counting noise and overlap, texture and displacement are
 * known as well as the program knows them; what is left is that few grains make up a ring (Cramér and Rao's bound).
 */
final class DisorderLimit {
    private static final double WAVELENGTH = 0.1845;
    private static final double KEV_ANGSTROM = 12.398419843;
    /** Of these, known within. */
    private static final double DISPLACEMENT = 0.02;

    private static final double TEXTURE = 0.003;
    /** Degrees of a ring that the panel sees. */
    private static final double QUARTER = 90;

    private static final double MOSTLY = 0.8;
    private static final double STEP = 1e-4;

    private final StructureLines lines;
    private final double[] here;
    private final double[] disordered;
    private final double[] hotter;

    private DisorderLimit(StructureLines lines) {
        this.lines = lines;
        here = new double[lines.size()];
        disordered = new double[lines.size()];
        hotter = new double[lines.size()];
    }

    /** Error of the best estimate, and its sigma. */
    private double[] estimate(RingTruth truth) {
        double heat = (truth.celsius() + 273.15) / 300;
        lines.strengths(heat, truth.disorder(), here);
        lines.strengths(heat, truth.disorder() + STEP, disordered);
        lines.strengths(heat + STEP, truth.disorder(), hotter);
        RealMatrix information = new Array2DRowRealMatrix(4, 4);
        information.setEntry(2, 2, 1 / Math.pow(DISPLACEMENT * heat, 2));
        information.setEntry(3, 3, 1 / (TEXTURE * TEXTURE));
        double[] right = new double[4];
        for (RingTruth.Ring ring : truth.rings()) {
            int line = lines.lineOf(ring.h(), ring.k(), ring.l());
            if (line >= 0) {
                add(line, ring, information, right);
            }
        }
        RealMatrix covariance = new LUDecomposition(information).getSolver().getInverse();
        return new double[] {
            covariance.operate(new ArrayRealVector(right)).getEntry(1), Math.sqrt(covariance.getEntry(1, 1))
        };
    }

    /** ln of the ring's intensity by ln volume, disorder, displacement and March's parameter at 1. */
    private void add(int line, RingTruth.Ring ring, RealMatrix information, double[] right) {
        double along = lines.axial(line) / (lines.axial(line) + lines.basal(line));
        double[] slope = {
            1,
            (disordered[line] / here[line] - 1) / STEP,
            (hotter[line] / here[line] - 1) / STEP,
            -1.5 * (3 * along - 1)
        };
        double weight = QUARTER / ring.graininess();
        for (int i = 0; i < slope.length; i++) {
            right[i] += weight * slope[i] * Math.log(ring.realisedMean());
            for (int j = 0; j < slope.length; j++) {
                information.addToEntry(i, j, weight * slope[i] * slope[j]);
            }
        }
    }

    /** Prints a line a seed. */
    public static void main(String[] arguments) throws ConfigException {
        var config = RealData.repositoryRoot().resolve("config");
        var phase = Objects.requireNonNull(
                PhaseFile.read(config.resolve("phases/nmc532.toml")).crystal());
        DisorderLimit limit = new DisorderLimit(StructureLines.upTo(5, 0, phase, KEV_ANGSTROM / WAVELENGTH));
        var scenario = ScenarioFile.read(config.resolve("scenarios/" + arguments[0] + ".toml"));
        for (String seed : List.of(arguments).subList(1, arguments.length)) {
            TwinFrames frames = TwinFrames.of(scenario.withSeed(Long.parseLong(seed)));
            double squares = 0;
            double variances = 0;
            int n = 0;
            for (long frame = 0; frame < frames.frames(); frame++) {
                RingTruth truth = frames.truth(frame);
                if (truth.volumeFractions().getOrDefault("nmc532", 0.0) > MOSTLY) {
                    double[] estimate = limit.estimate(truth);
                    squares += estimate[0] * estimate[0];
                    variances += estimate[1] * estimate[1];
                    n++;
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%s seed %s: %d frames, rms error of disorder %.4f, expected %.4f%n",
                    arguments[0],
                    seed,
                    n,
                    Math.sqrt(squares / n),
                    Math.sqrt(variances / n));
        }
    }
}
