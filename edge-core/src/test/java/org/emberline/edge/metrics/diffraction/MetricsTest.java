package org.emberline.edge.metrics.diffraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.lattice.Phases;
import org.emberline.edge.metrics.phase.Phase;
import org.emberline.edge.metrics.phase.PhaseDescription;
import org.emberline.gpu.RadialAxis;
import org.emberline.gpu.RadialUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final RadialAxis Q = new RadialAxis(RadialUnit.Q_PER_ANGSTROM, 100, 0.5, 5.5);

    private static void assertRefused(String message, @Nullable Phase phase, RadialAxis axis, String... names) {
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class,
                () -> Metrics.of(
                        List.of(names),
                        phase == null ? Sample.unknown() : Sample.of(PhaseDescription.of(phase)),
                        axis));
        assertEquals(message, error.getMessage());
    }

    @Test
    void keepsCatalogueOrder() {
        List<Metric> metrics =
                Metrics.of(List.of("lattice_c", "total_counts"), Sample.of(PhaseDescription.of(Phases.NMC532)), Q);
        assertEquals(
                List.of("total_counts", "lattice_c"),
                metrics.stream().map(Metric::name).toList());
    }

    @Test
    void needsNoPhaseForTotals() {
        RadialAxis degrees = new RadialAxis(RadialUnit.TWO_THETA_DEGREES, 100, 0, 10);
        assertEquals(
                2,
                Metrics.of(List.of("total_counts", "saturated_fraction"), Sample.unknown(), degrees)
                        .size());
    }

    @Test
    void refusesWhatItCannotMeasure() {
        assertRefused(
                "unknown metric metrics.enabled=porosity, known are " + Metrics.names(),
                null,
                Q,
                "total_counts",
                "porosity");
        assertRefused("metric listed twice metrics.enabled=lattice_a", Phases.NMC532, Q, "lattice_a", "lattice_a");
        assertRefused("metric lattice_a needs a phase", null, Q, "lattice_a");
        assertRefused(
                "metric lattice_a needs unit=q_A^-1 or q_nm^-1, not unit=2th_deg",
                Phases.NMC532,
                new RadialAxis(RadialUnit.TWO_THETA_DEGREES, 100, 0, 10),
                "lattice_a");
        assertRefused(
                "metric lattice_c has no meaning for the cubic phase=ceo2", Phases.CEO2, Q, "lattice_a", "lattice_c");
    }
}
