package org.emberline.edge.metrics.imaging;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.emberline.edge.metrics.Metric;
import org.emberline.gpu.imaging.ImagingPlan;

/** The catalogue of what is measured in radiographs, one line each; definitions in docs/metrics.md. */
public final class ImageMetrics {

    private static final List<Entry> CATALOGUE = List.of(
            new Entry(Porosity.NAME, run -> new Porosity(run.analysis)),
            new Entry(PorosityOtsu.NAME, run -> new PorosityOtsu(run.pores)),
            new Entry(PorositySeparability.NAME, run -> new PorositySeparability(run.pores)),
            new Entry(RelativeDensity.NAME, run -> new RelativeDensity(run.analysis)),
            new Entry(PoreSize.D50, run -> new PoreSize(PoreSize.D50, 0.5, run.pores)),
            new Entry(PoreSize.D10, run -> new PoreSize(PoreSize.D10, 0.1, run.pores)),
            new Entry(PoreSize.D90, run -> new PoreSize(PoreSize.D90, 0.9, run.pores)),
            new Entry(ImageGrainSize.NAME, run -> new ImageGrainSize(run.analysis, run.texture)),
            new Entry(GranulometrySize.NAME, run -> new GranulometrySize(run.analysis, run.texture)),
            new Entry(MassConservation.NAME, run -> new MassConservation(run.analysis)),
            new Entry(MovedFraction.NAME, run -> new MovedFraction(run.analysis)),
            new Entry(MovedFractionFloor.NAME, run -> new MovedFractionFloor(run.analysis)),
            new Entry(TransportFlux.NAME, run -> new TransportFlux(run.analysis, run.factor)),
            new Entry(Segregation.NAME, run -> new Segregation(run.dopant)),
            new Entry(SegregationGini.NAME, run -> new SegregationGini(run.dopant)),
            new Entry(SegregationMoransI.NAME, run -> new SegregationMoransI(run.dopant)),
            new Entry(DopantMass.NAME, run -> new DopantMass(run.analysis, run.dopant)),
            new Entry(WettedBoundary.NAME, run -> new WettedBoundary(run.analysis, run.dopant)));

    private ImageMetrics() {}

    /**
     * How strongly the sample absorbs at one energy.
     *
     * @param kev photon energy
     * @param oxidePerMicrometre linear absorption coefficient of the dense layered oxide, 1/um; positive
     * @param bariumCm2PerGram mass absorption coefficient of the dopant; 0 where there is none
     */
    public record Absorption(double kev, double oxidePerMicrometre, double bariumCm2PerGram) {}

    /**
     * What the metrics need to know of sample and instrument.
     *
     * @param pixelNanometres edge of a detector pixel in the sample plane, before downsampling
     * @param absorption the energies of the run, one or more; a set is one radiograph at each
     * @param gramsPerCm3 density of the dense oxide
     * @param largestShiftPixels how far radiographs of a set may lie apart, detector pixels
     * @param pairGap longest time between the radiographs of a set
     * @param pairKelvin largest difference of their temperatures
     */
    public record Settings(
            double pixelNanometres,
            List<Absorption> absorption,
            double gramsPerCm3,
            double largestShiftPixels,
            Duration pairGap,
            double pairKelvin) {
        public Settings {
            absorption = List.copyOf(absorption);
        }
    }

    /** The names of all metrics, in catalogue order. */
    public static List<String> names() {
        return CATALOGUE.stream().map(Entry::name).toList();
    }

    /**
     * New metrics for one run, in catalogue order whatever the order of {@code enabled}. They hold state: one run, one thread.
     *
     * @param enabled names from {@link #names}, none twice
     * @throws IllegalArgumentException for an unknown or repeated name, and when no energy is configured, or one that nothing absorbs
     */
    public static List<Metric> of(List<String> enabled, Settings settings, ImagingPlan plan) {
        Set<String> wanted = new HashSet<>();
        for (String name : enabled) {
            if (!names().contains(name)) {
                throw new IllegalArgumentException("unknown metric metrics.enabled=" + name + ", known are " + names());
            }
            if (!wanted.add(name)) {
                throw new IllegalArgumentException("metric listed twice metrics.enabled=" + name);
            }
        }
        if (wanted.isEmpty()) {
            return List.of();
        }
        if (settings.absorption().isEmpty()) {
            throw new IllegalArgumentException("metric " + enabled.getFirst() + " needs an energy in image.absorption");
        }
        for (Absorption energy : settings.absorption()) {
            if (!(energy.oxidePerMicrometre() > 0)) {
                throw new IllegalArgumentException(
                        "an energy at which nothing absorbs tells nothing image.absorption.kev=" + energy.kev()
                                + " oxide_per_micrometre=" + energy.oxidePerMicrometre());
            }
        }
        Run run = new Run(settings, plan);
        return CATALOGUE.stream()
                .filter(entry -> wanted.contains(entry.name))
                .map(entry -> entry.maker.apply(run))
                .toList();
    }

    private record Entry(String name, Function<Run, Metric> maker) {}

    /** What metrics of one run share. */
    private static final class Run {
        private final ImageAnalysis analysis;
        private final Texture texture;
        private final PoreAnalysis pores;
        private final DopantAnalysis dopant;
        private final int factor;

        Run(Settings settings, ImagingPlan plan) {
            analysis = new ImageAnalysis(settings, plan.smallShape(), plan.factor());
            texture = new Texture(plan.smallShape());
            pores = new PoreAnalysis(analysis, texture);
            factor = plan.factor();
            dopant = new DopantAnalysis(analysis);
        }
    }
}
