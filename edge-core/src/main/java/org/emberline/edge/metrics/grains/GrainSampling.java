package org.emberline.edge.metrics.grains;

import org.emberline.edge.metrics.pattern.CrystalLines;
import org.emberline.edge.metrics.pattern.Optics;

/**
 * How much the azimuthal mean of a ring scatters because a finite number of grains makes it: {@code ε / √n}, n sectors, scaled from the
 * ring that was measured by the number of grains that reflect into each, which goes as m cos θ. One thread.
 */
public final class GrainSampling {
    private final CrystalLines lines;
    private final Optics optics;
    private double perGrain;

    GrainSampling(CrystalLines lines, Optics optics) {
        this.lines = lines;
        this.optics = optics;
    }

    void none() {
        perGrain = 0;
    }

    /**
     * @param graininess of the measured line
     * @param sectors that took part
     */
    void set(double graininess, double sectors, int line, double q) {
        perGrain = Math.max(0, graininess) / sectors * lines.multiplicity(line) * optics.cosine(q);
    }

    /**
     * Relative sigma of the mean of a line of the phase of interest around the seen part of the circle; 0 where no graininess was measured.
     *
     * @param line index among the phase's lines
     * @param q its place, 1/Å
     */
    public double sigma(int line, double q) {
        double cosine = optics.cosine(q);
        return cosine > 0 ? Math.sqrt(perGrain / (lines.multiplicity(line) * cosine)) : 0;
    }
}
