package org.emberline.edge.twin;

import static org.emberline.edge.twin.RadiographScenario.plain;
import static org.emberline.edge.twin.RadiographScenario.usual;
import static org.emberline.edge.twin.RadiographScenario.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RadiographSettingsTest {
    @Test
    void usualSettingsAreWithoutProblems() {
        assertEquals(List.of(), usual().problems());
        assertEquals(List.of(), plain(160, 2.5, 5.255).problems());
    }

    @Test
    void everyKeyIsNamedWithItsValue() {
        RadiographSettings wrong = new RadiographSettings(
                new RadiographSettings.Camera(15, 2049, 0.5, -1, -1, 0, -1, 70_000),
                new RadiographSettings.Optics(List.of(), 999, -1, 101, -1),
                new RadiographSettings.Flat(0.3, Double.NaN),
                new RadiographSettings.Sample(19, 0, true, 11, -11, 46, 11));
        List<String> problems = wrong.problems();
        String[] keys = {
            "camera.rows=15",
            "camera.columns=2049",
            "camera.pixel_nanometres=0.5",
            "camera.dark_counts=-1.0",
            "camera.read_noise_counts=-1.0",
            "camera.counts_per_photon=0.0",
            "camera.hot_pixels=-1",
            "camera.hot_counts=70000.0",
            "optics.energies_kev=[]",
            "optics.photons_per_pixel=999.0",
            "optics.blur_fwhm_nanometres=-1.0",
            "optics.defocus_micrometres=101.0",
            "optics.seconds_between_energies=-1.0",
            "flat.structure=0.3",
            "flat.drift=NaN",
            "sample.grains=19",
            "sample.envelope_micrometres=0.0",
            "sample.column_drift_micrometres_per_hundred_kelvin=11.0",
            "sample.row_drift_micrometres_per_hundred_kelvin=-11.0",
            "sample.rotation_degrees_per_hundred_kelvin=46.0",
            "sample.drift_pixels_per_frame=11.0"
        };
        assertEquals(keys.length, problems.size(), problems.toString());
        for (int i = 0; i < keys.length; i++) {
            String expected = "simulation.radiograph." + keys[i] + " must ";
            assertTrue(problems.get(i).startsWith(expected), problems.get(i) + " does not start with " + expected);
        }
    }

    @Test
    void whatDoesNotFitTogetherIsRefused() {
        RadiographSettings bright = with(usual(), new RadiographSettings.Optics(List.of(8.4), 1e5, 30, 0, 0));
        assertEquals(1, bright.problems().size());
        assertTrue(bright.problems().getFirst().startsWith("simulation.radiograph.camera.counts_per_photon=1.0 makes"));
        assertTrue(plain(100, 2.5, 8.4).problems().getFirst().contains("at most half the field"));
        assertTrue(plain(100, 0.2, 8.4).problems().getFirst().contains("at least ten pixels"));
    }

    @Test
    void anEnergyWithoutCoefficientsIsRefused() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Absorption.at(6.5));
        assertEquals(
                "energy kev=6.5 has no coefficients, must be one of [5.24, 5.255, 5.28, 8.3, 8.4]",
                refused.getMessage());
    }

    /** Figures of the science report, 2d and 2f. */
    @Test
    void coefficientsAreThoseOfTheReport() {
        assertEquals(0.0843, Absorption.at(8.4).oxidePerMicrometre());
        assertEquals(
                393,
                Absorption.at(5.255).bariumCm2PerGram() - Absorption.at(5.24).bariumCm2PerGram());
        double ratio =
                Absorption.at(5.255).oxidePerMicrometre() / Absorption.at(5.24).oxidePerMicrometre();
        assertEquals(0.992, ratio, 1e-3);
        // 20 nm of BaO over 2 um: 1025 ug/cm2, 0.40
        double film = Absorption.at(5.255).opticalDensity(0, 1025)
                - Absorption.at(5.24).opticalDensity(0, 1025);
        assertEquals(0.40, film, 0.005);
    }
}
