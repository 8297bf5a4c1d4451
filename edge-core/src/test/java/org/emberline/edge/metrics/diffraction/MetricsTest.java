package org.emberline.edge.metrics.diffraction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.emberline.edge.RealData;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.PhaseFile;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.grains.GrainCalibration;
import org.emberline.edge.metrics.grains.GrainSettings;
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

    @Test
    void grainsNeedTheAzimuth() throws ConfigException {
        Sample sample = Sample.of(PhaseFile.read(RealData.repositoryRoot().resolve("config/phases/nmc532.toml")));
        for (String name : Metrics.namesThatNeedAnAzimuth()) {
            IllegalArgumentException error =
                    assertThrows(IllegalArgumentException.class, () -> Metrics.of(List.of(name), sample, Q));
            assertEquals(
                    "metric " + name + " needs images: one pattern has no azimuth, phase=nmc532", error.getMessage());
        }
        assertEquals(List.of("graininess", "grain_size", "grain_correlation"), Metrics.namesThatNeedAnAzimuth());
        assertEquals(
                3,
                Metrics.of(Metrics.namesThatNeedAnAzimuth(), sample, Q, GrainSettings.USUAL)
                        .size());
    }

    @Test
    void unitAndDefinitionSayWhetherSizesAreCalibrated() throws ConfigException {
        Sample sample = Sample.of(PhaseFile.read(RealData.repositoryRoot().resolve("config/phases/nmc532.toml")));
        GrainCalibration calibration = new GrainCalibration(0.5, 200, 200, 700, 1e-3, 0, 0.1);
        GrainSettings calibrated = new GrainSettings(1, 0, 4, 360, 0.8, calibration);
        Metric length = Metrics.of(List.of("grain_size"), sample, Q, calibrated).getFirst();
        Metric ratio = Metrics.of(List.of("grain_size"), sample, Q, GrainSettings.USUAL)
                .getFirst();
        assertEquals(List.of("m", "grain_size/calibrated"), List.of(length.unit(), length.definition()));
        assertEquals(List.of("/", "grain_size/relative-first-3"), List.of(ratio.unit(), ratio.definition()));
    }
}
