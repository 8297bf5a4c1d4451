package org.emberline.edge.metrics.diffraction;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.lattice.LatticeFit;
import org.emberline.edge.metrics.phase.CrystalSystem;
import org.emberline.edge.metrics.phase.Phase;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.jspecify.annotations.Nullable;

/** The catalogue: every metric there is, one line each. */
public final class Metrics {

    private static final List<Entry> CATALOGUE = List.of(
            new Entry(TotalCounts.NAME, run -> new TotalCounts()),
            new Entry(SaturatedFraction.NAME, run -> new SaturatedFraction()),
            new Entry(LatticeParameter.A, run -> LatticeParameter.a(run.lattice(LatticeParameter.A))),
            new Entry(LatticeParameter.C, run -> LatticeParameter.c(run.lattice(LatticeParameter.C))));

    private Metrics() {}

    /** The names of all metrics, in catalogue order. */
    public static List<String> names() {
        return CATALOGUE.stream().map(Entry::name).toList();
    }

    /**
     * New metrics for one run, in catalogue order whatever the order of {@code enabled}. They hold state: one run, one thread.
     *
     * @param enabled names from {@link #names}, none twice
     * @param phase the phase of {@code lattice_a} and {@code lattice_c}; null when neither is enabled
     * @param axis the radial bins of the run's patterns
     * @throws IllegalArgumentException for an unknown or repeated name, and for a lattice metric without a phase, without an axis
     *     in q, or along an axis that the phase does not have
     */
    public static List<Metric> of(List<String> enabled, @Nullable Phase phase, RadialAxis axis) {
        Set<String> wanted = new HashSet<>();
        for (String name : enabled) {
            if (!names().contains(name)) {
                throw new IllegalArgumentException("unknown metric metrics.enabled=" + name + ", known are " + names());
            }
            if (!wanted.add(name)) {
                throw new IllegalArgumentException("metric listed twice metrics.enabled=" + name);
            }
        }
        Run run = new Run(phase, axis);
        return CATALOGUE.stream()
                .filter(entry -> wanted.contains(entry.name))
                .map(entry -> entry.maker.apply(run))
                .toList();
    }

    private record Entry(String name, Function<Run, Metric> maker) {}

    /** What metrics of one run share. */
    private static final class Run {
        private final @Nullable Phase phase;
        private final RadialAxis axis;
        private @Nullable LatticeFit lattice;

        Run(@Nullable Phase phase, RadialAxis axis) {
            this.phase = phase;
            this.axis = axis;
        }

        LatticeFit lattice(String metric) {
            if (phase == null) {
                throw new IllegalArgumentException("metric " + metric + " needs a phase");
            }
            if (axis.unit() != RadialUnit.Q_PER_ANGSTROM && axis.unit() != RadialUnit.Q_PER_NANOMETRE) {
                throw new IllegalArgumentException("metric " + metric + " needs unit=q_A^-1 or q_nm^-1, not unit="
                        + axis.unit().symbol());
            }
            if (metric.equals(LatticeParameter.C) && phase.system() == CrystalSystem.CUBIC) {
                throw new IllegalArgumentException(
                        "metric " + metric + " has no meaning for the cubic phase=" + phase.name());
            }
            if (lattice == null) {
                lattice = new LatticeFit(phase, axis);
            }
            return lattice;
        }
    }
}
