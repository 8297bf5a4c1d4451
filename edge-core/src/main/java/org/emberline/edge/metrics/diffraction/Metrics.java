package org.emberline.edge.metrics.diffraction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.grains.GrainSettings;
import org.emberline.edge.metrics.grains.GrainStrips;
import org.emberline.edge.metrics.pattern.PatternBins;
import org.emberline.edge.metrics.phase.CrystalSystem;
import org.emberline.edge.metrics.phase.PhaseDescription;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.jspecify.annotations.Nullable;

/** The catalogue of diffraction: every metric there is, one line each. */
public final class Metrics {
    private static final Set<Needs> CELL = Set.of(Needs.PHASE);
    private static final Set<Needs> TWO_EDGES = Set.of(Needs.PHASE, Needs.TWO_EDGES);
    private static final Set<Needs> STRUCTURE = Set.of(Needs.PHASE, Needs.STRUCTURE);
    private static final Set<Needs> DISORDER = Set.of(Needs.PHASE, Needs.STRUCTURE, Needs.ANTISITE);

    private static final Set<Needs> GRAINS = Set.of(Needs.PHASE, Needs.STRUCTURE, Needs.AZIMUTH);

    private static final List<Entry> CATALOGUE = List.of(
            new Entry(TotalCounts.NAME, Set.of(), run -> List.of(new TotalCounts())),
            new Entry(SaturatedFraction.NAME, Set.of(), run -> List.of(new SaturatedFraction())),
            new Entry("lattice_a", CELL, run -> List.of(Quantities.latticeA(run.analysis()))),
            new Entry("lattice_c", TWO_EDGES, run -> List.of(Quantities.latticeC(run.analysis()))),
            new Entry("c_over_a", TWO_EDGES, run -> List.of(Quantities.cOverA(run.analysis()))),
            new Entry("phase", STRUCTURE, run -> Quantities.phases(run.analysis(), run.phaseNames())),
            new Entry("disorder", DISORDER, run -> List.of(Quantities.disorder(run.analysis()))),
            new Entry("disorder_change", DISORDER, run -> List.of(DisorderChange.of(run.analysis()))),
            new Entry("disorder_systematic", DISORDER, run -> List.of(Quantities.disorderSystematic(run.analysis()))),
            new Entry("debye_waller_scale", STRUCTURE, run -> List.of(Quantities.debyeWallerScale(run.analysis()))),
            new Entry("march_dollase", STRUCTURE, run -> List.of(Quantities.marchDollase(run.analysis()))),
            new Entry("i003_i104", DISORDER, run -> List.of(Quantities.ratio003To104(run.analysis()))),
            new Entry("i006_i102_i101", DISORDER, run -> List.of(Quantities.ratio006And102To101(run.analysis()))),
            new Entry("crystallite_size", STRUCTURE, run -> List.of(Quantities.crystalliteSize(run.analysis()))),
            new Entry("microstrain", STRUCTURE, run -> List.of(Quantities.microstrain(run.analysis()))),
            new Entry(GrainQuantities.GRAININESS, GRAINS, run -> List.of(GrainQuantities.graininess(run.analysis()))),
            new Entry(
                    GrainQuantities.SIZE,
                    GRAINS,
                    run -> List.of(GrainQuantities.size(run.analysis(), Objects.requireNonNull(run.grains)))),
            new Entry(
                    GrainQuantities.CORRELATION, GRAINS, run -> List.of(GrainQuantities.correlation(run.analysis()))));

    private Metrics() {}

    /** The names that may be enabled, in catalogue order; {@code phase} stands for one metric for each phase. */
    public static List<String> names() {
        return CATALOGUE.stream().map(Entry::name).toList();
    }

    /** Those of them that need a phase of interest. */
    public static List<String> namesThatNeedAPhase() {
        return CATALOGUE.stream()
                .filter(entry -> entry.needs.contains(Needs.PHASE))
                .map(Entry::name)
                .toList();
    }

    /** Those of them that need the azimuth, as {@link GrainStrips} ask for it. */
    public static List<String> namesThatNeedAnAzimuth() {
        return CATALOGUE.stream()
                .filter(entry -> entry.needs.contains(Needs.AZIMUTH))
                .map(Entry::name)
                .toList();
    }

    /** New metrics for a run of patterns that have no azimuth, see {@link #of(List, Sample, RadialAxis, GrainSettings)}. */
    public static List<Metric> of(List<String> enabled, Sample sample, RadialAxis axis) {
        return of(enabled, sample, axis, null);
    }

    /**
     * New metrics for one run, in catalogue order whatever the order of {@code enabled}. They hold state: one run, one thread.
     *
     * @param enabled names from {@link #names}, none twice
     * @param sample what is in the beam
     * @param axis the radial bins of the run's patterns
     * @param grains the ring to look at for grains, whose {@link GrainStrips} are in the plan; null for patterns without azimuth
     * @throws IllegalArgumentException for an unknown or repeated name, and for a metric whose phase is missing, has no structure or
     *     not the lines it needs, or whose patterns are not in q
     */
    public static List<Metric> of(
            List<String> enabled, Sample sample, RadialAxis axis, @Nullable GrainSettings grains) {
        return of(enabled, sample, PatternBins.centred(axis), grains);
    }

    /** The same for bins of which is known where their pixels are. */
    public static List<Metric> of(
            List<String> enabled, Sample sample, PatternBins bins, @Nullable GrainSettings grains) {
        Set<String> wanted = new HashSet<>();
        for (String name : enabled) {
            if (!names().contains(name)) {
                throw new IllegalArgumentException("unknown metric metrics.enabled=" + name + ", known are " + names());
            }
            if (!wanted.add(name)) {
                throw new IllegalArgumentException("metric listed twice metrics.enabled=" + name);
            }
        }
        Run run = new Run(sample, bins, enabled.stream().anyMatch(namesThatNeedAnAzimuth()::contains) ? grains : null);
        List<Metric> metrics = new ArrayList<>();
        for (Entry entry : CATALOGUE) {
            if (wanted.contains(entry.name)) {
                for (Needs needs : entry.needs.stream().sorted().toList()) {
                    run.require(needs, entry.name);
                }
                metrics.addAll(entry.maker.apply(run));
            }
        }
        return List.copyOf(metrics);
    }

    /** What a metric cannot do without. */
    private enum Needs {
        PHASE,
        TWO_EDGES,
        STRUCTURE,
        ANTISITE,
        AZIMUTH
    }

    private record Entry(String name, Set<Needs> needs, Function<Run, List<Metric>> maker) {}

    /** What metrics of one run share. */
    private static final class Run {
        private final Sample sample;
        private final PatternBins bins;
        private final @Nullable GrainSettings grains;
        private @Nullable DiffractionAnalysis analysis;

        Run(Sample sample, PatternBins bins, @Nullable GrainSettings grains) {
            this.sample = sample;
            this.bins = bins;
            this.grains = grains;
        }

        void require(Needs what, String metric) {
            PhaseDescription phase = sample.phase();
            if (phase == null) {
                throw new IllegalArgumentException("metric " + metric + " needs a phase");
            }
            RadialAxis axis = bins.axis();
            if (axis.unit() != RadialUnit.Q_PER_ANGSTROM && axis.unit() != RadialUnit.Q_PER_NANOMETRE) {
                throw new IllegalArgumentException("metric " + metric + " needs unit=q_A^-1 or q_nm^-1, not unit="
                        + axis.unit().symbol());
            }
            boolean met = switch (what) {
                case PHASE -> true;
                case TWO_EDGES -> phase.searchable().system() != CrystalSystem.CUBIC;
                case STRUCTURE -> phase.crystal() != null;
                case ANTISITE ->
                    phase.crystal() != null && phase.crystal().structure().antisite() != null;
                case AZIMUTH -> grains != null;
            };
            if (!met) {
                throw new IllegalArgumentException("metric " + metric + " " + lack(what) + " phase=" + phase.name());
            }
        }

        private static String lack(Needs what) {
            return switch (what) {
                case PHASE -> "needs a";
                case TWO_EDGES -> "has no meaning for the cubic";
                case STRUCTURE -> "needs symmetry and sites, which are not in the file of";
                case AZIMUTH -> "needs images: one pattern has no azimuth,";
                case ANTISITE -> "needs an [antisite], which is not in the file of";
            };
        }

        DiffractionAnalysis analysis() {
            if (analysis == null) {
                analysis = new DiffractionAnalysis(sample, bins, grains);
            }
            return analysis;
        }

        List<String> phaseNames() {
            List<String> names = new ArrayList<>();
            names.add(Objects.requireNonNull(sample.phase()).name());
            sample.others().forEach(other -> names.add(other.name()));
            return names;
        }
    }
}
