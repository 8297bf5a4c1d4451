package org.emberline.edge.app.bench;

import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.phase.PhaseDescription;
import org.emberline.edge.metrics.phase.StructureLines;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.Reduction;

/**
 * Patterns of a mixture that is heated and cooled: the first phase grows at the cost of the others, all of them with Gaussian lines on a flat
 * background, with the noise of counting. Made once.
 */
final class MixturePatterns {
    private static final double COLD_KELVIN = 300;
    private static final double HOT_KELVIN = 1200;
    private static final double ZERO_CELSIUS = 273.15;
    private static final double BACKGROUND = 40;
    /** Height of the strongest line at the cold end, counts a pixel. */
    private static final double HEIGHT = 1000;

    private static final double PIXELS = 300;
    private static final double LEAST_SHARE = 0.1;
    private static final double REACH = 5;
    private static final double WEAKEST = 2e-3;

    private final RadialAxis axis;
    private final double width;
    private final double wavelength;
    private final double[][] intensity;
    private final double[] kelvin;

    MixturePatterns(
            List<PhaseDescription> phases,
            RadialAxis axis,
            double fwhmDegrees,
            double wavelength,
            int count,
            long seed) {
        this.axis = axis;
        this.wavelength = wavelength;
        width = Math.toRadians(fwhmDegrees) * 2 * Math.PI / wavelength / (2 * Math.sqrt(2 * Math.log(2)));
        intensity = new double[count][axis.bins()];
        kelvin = new double[count];
        List<StructureLines> lines = phases.stream()
                .map(phase ->
                        StructureLines.upTo(axis.upper(), WEAKEST, Objects.requireNonNull(phase.crystal()), Double.NaN))
                .toList();
        SplittableRandom random = new SplittableRandom(seed);
        double scale = Double.NaN;
        for (int i = 0; i < count; i++) {
            double way = 1 - Math.abs(2.0 * i / count - 1);
            kelvin[i] = COLD_KELVIN + way * (HOT_KELVIN - COLD_KELVIN);
            double first = LEAST_SHARE + (1 - 2 * LEAST_SHARE) * way;
            for (int p = 0; p < lines.size(); p++) {
                double share = p == 0 ? first : (1 - first) / (lines.size() - 1);
                draw(lines.get(p), kelvin[i], share, intensity[i]);
            }
            scale = i == 0 ? HEIGHT / highest(intensity[0]) : scale;
            count(intensity[i], scale, random);
        }
    }

    private void draw(StructureLines lines, double atKelvin, double share, double[] into) {
        double[] strengths = new double[lines.size()];
        lines.strengths(atKelvin, strengths);
        double basal = lines.basalStretch(atKelvin);
        double axial = lines.axialStretch(atKelvin);
        for (int i = 0; i < strengths.length; i++) {
            double q = 2 * Math.PI * Math.sqrt(lines.basal(i) / (basal * basal) + lines.axial(i) / (axial * axial));
            double sine = q * wavelength / (4 * Math.PI);
            double sigma = width * Math.sqrt(1 - sine * sine);
            double area = share * strengths[i] / (q * q);
            int first = (int) Math.max(0, (q - REACH * sigma - axis.lower()) / axis.binWidth());
            int end = (int) Math.min(axis.bins(), (q + REACH * sigma - axis.lower()) / axis.binWidth() + 1);
            for (int bin = first; bin < end; bin++) {
                double offset = (axis.lower() + (bin + 0.5) * axis.binWidth() - q) / sigma;
                into[bin] += area / sigma * Math.exp(-offset * offset / 2);
            }
        }
    }

    private static double highest(double[] values) {
        double highest = 0;
        for (double value : values) {
            highest = Math.max(highest, value);
        }
        return highest;
    }

    /** Background and noise: at hundreds of counts a bin, Poisson's is Gauss's. */
    private static void count(double[] values, double scale, SplittableRandom random) {
        for (int bin = 0; bin < values.length; bin++) {
            double mean = BACKGROUND + scale * values[bin];
            values[bin] = Math.max(0, mean + random.nextGaussian() * Math.sqrt(mean / PIXELS));
        }
    }

    /** Writes a pattern and its temperature into a slot. */
    void fill(int index, FrameSlot slot) {
        Reduction to = slot.reduction();
        double sum = 0;
        for (int bin = 0; bin < axis.bins(); bin++) {
            double mean = intensity[index][bin];
            to.intensity()[bin] = mean;
            to.sigma()[bin] = Math.sqrt(mean / PIXELS);
            to.count()[bin] = PIXELS;
            sum += mean * PIXELS;
        }
        to.frameTotals(sum, (long) (PIXELS * axis.bins()), 0);
        slot.temperatureCelsius = kelvin[index] - ZERO_CELSIUS;
        slot.temperatureSigma = 0.1;
    }
}
