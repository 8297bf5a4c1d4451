package org.emberline.edge.twin;

import java.util.ArrayList;
import java.util.List;

/**
 * Simulated transmission X-ray micrographs as the table {@code [simulation.radiograph]} describes them: component names are the
 * file's keys in camel case. Any numbers can be held; {@link #problems} says which of them make no sense.
 */
public record RadiographSettings(Camera camera, Optics optics, Flat flat, Sample sample) {

    /** Counts are U16. */
    private static final double FULL_SCALE = 65_535;
    /** The brightest place of a structured flat, in standard deviations above its mean, and room for photon noise. */
    private static final double BRIGHTEST = 4;

    private static final double NOISE_ROOM = 1.05;

    /**
     * A camera of rows x columns pixels; counts = dark + countsPerPhoton x photons + read noise, as U16.
     *
     * @param pixelNanometres edge of a pixel in the sample plane
     * @param darkCounts offset of every pixel
     * @param readNoiseCounts standard deviation of a Gaussian; 0 = none
     * @param countsPerPhoton counts one detected photon makes
     * @param hotPixels number of pixels, at places fixed by the seed, that are offset by hotCounts more
     */
    public record Camera(
            int rows,
            int columns,
            double pixelNanometres,
            double darkCounts,
            double readNoiseCounts,
            double countsPerPhoton,
            int hotPixels,
            double hotCounts) {}

    /**
     * The microscope.
     *
     * @param energiesKev photon energies, taken in turn by successive frames; each must have known coefficients
     * @param photonsPerPixel mean detected photons per pixel and exposure without a sample
     * @param blurFwhmNanometres full width at half maximum of a Gaussian point spread of the intensity; 0 = none
     * @param defocusMicrometres distance over which phase gradients make fringes at edges, first order; 0 = none
     * @param secondsBetweenEnergies from one radiograph of a sweep through the energies to the next; 0 spreads all radiographs evenly over
     *     the run
     */
    public record Optics(
            List<Double> energiesKev,
            double photonsPerPixel,
            double blurFwhmNanometres,
            double defocusMicrometres,
            double secondsBetweenEnergies) {
        public Optics {
            energiesKev = List.copyOf(energiesKev);
        }
    }

    /**
     * The illumination.
     *
     * @param structure relative rms of the fixed unevenness
     * @param drift relative rms by which the flat at the end of the run differs from the one at its start; it grows linearly
     */
    public record Flat(double structure, double drift) {}

    /**
     * The agglomerate.
     *
     * @param grains number of grains drawn while the sample's own are too many to be drawn
     * @param envelopeMicrometres radius of the agglomerate's envelope at the start of the run
     * @param chemistry true: the solid's volume follows the phases' molar volumes at a conserved amount of metal; false: it is constant
     * @param columnDriftMicrometresPerHundredKelvin movement towards larger columns per 100 K above the temperature of the start; likewise Y, rows
     * @param rotationDegreesPerHundredKelvin turning about the beam, from columns towards rows
     * @param driftPixelsPerFrame steady movement towards larger columns besides, through the middle of the field halfway through the run
     */
    public record Sample(
            int grains,
            double envelopeMicrometres,
            boolean chemistry,
            double columnDriftMicrometresPerHundredKelvin,
            double rowDriftMicrometresPerHundredKelvin,
            double rotationDegreesPerHundredKelvin,
            double driftPixelsPerFrame) {}

    /** When the radiographs of a run are taken. */
    RadiographSchedule schedule(int frames, double runSeconds) {
        return new RadiographSchedule(frames, optics.energiesKev().size(), optics.secondsBetweenEnergies(), runSeconds);
    }

    /** Everything that is wrong, one line each, beginning with key and value; empty when all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        cameraProblems(problems);
        opticsProblems(problems);
        within(problems, "flat.structure", flat.structure(), 0, 0.25);
        within(problems, "flat.drift", flat.drift(), 0, 0.1);
        sampleProblems(problems);
        if (problems.isEmpty()) {
            fitProblems(problems);
        }
        return List.copyOf(problems);
    }

    private void cameraProblems(List<String> problems) {
        within(problems, "camera.rows", camera.rows(), 16, 2048);
        within(problems, "camera.columns", camera.columns(), 16, 2048);
        within(problems, "camera.pixel_nanometres", camera.pixelNanometres(), 1, 1000);
        within(problems, "camera.dark_counts", camera.darkCounts(), 0, 10_000);
        within(problems, "camera.read_noise_counts", camera.readNoiseCounts(), 0, 1000);
        within(problems, "camera.counts_per_photon", camera.countsPerPhoton(), 1e-3, 100);
        within(problems, "camera.hot_pixels", camera.hotPixels(), 0, camera.rows() * camera.columns() / 2);
        within(problems, "camera.hot_counts", camera.hotCounts(), 0, FULL_SCALE);
    }

    private void opticsProblems(List<String> problems) {
        if (optics.energiesKev().isEmpty()) {
            problems.add("simulation.radiograph.optics.energies_kev=[] must hold at least one energy");
        }
        for (double kev : optics.energiesKev()) {
            if (!Absorption.knows(kev)) {
                problems.add(
                        "simulation.radiograph.optics.energies_kev=" + kev + " must be one of " + Absorption.known());
            }
        }
        within(problems, "optics.photons_per_pixel", optics.photonsPerPixel(), 1e3, 1e5);
        within(problems, "optics.blur_fwhm_nanometres", optics.blurFwhmNanometres(), 0, 16 * camera.pixelNanometres());
        within(problems, "optics.defocus_micrometres", optics.defocusMicrometres(), 0, 100);
        within(problems, "optics.seconds_between_energies", optics.secondsBetweenEnergies(), 0, 3600);
    }

    private void sampleProblems(List<String> problems) {
        within(problems, "sample.grains", sample.grains(), 20, 1000);
        within(problems, "sample.envelope_micrometres", sample.envelopeMicrometres(), 0.1, 100);
        within(
                problems,
                "sample.column_drift_micrometres_per_hundred_kelvin",
                sample.columnDriftMicrometresPerHundredKelvin(),
                -10,
                10);
        within(
                problems,
                "sample.row_drift_micrometres_per_hundred_kelvin",
                sample.rowDriftMicrometresPerHundredKelvin(),
                -10,
                10);
        within(
                problems,
                "sample.rotation_degrees_per_hundred_kelvin",
                sample.rotationDegreesPerHundredKelvin(),
                -45,
                45);
        within(problems, "sample.drift_pixels_per_frame", sample.driftPixelsPerFrame(), -10, 10);
    }

    private void fitProblems(List<String> problems) {
        double brightest =
                optics.photonsPerPixel() * (1 + BRIGHTEST * flat.structure()) * (1 + BRIGHTEST * flat.drift());
        double counts = camera.darkCounts() + NOISE_ROOM * brightest * camera.countsPerPhoton();
        if (counts > FULL_SCALE) {
            problems.add("simulation.radiograph.camera.counts_per_photon=" + camera.countsPerPhoton()
                    + " makes counts=" + Math.round(counts) + " of photons_per_pixel=" + optics.photonsPerPixel()
                    + ", must stay below 65535");
        }
        double halfField = Math.min(camera.rows(), camera.columns()) * camera.pixelNanometres() * 0.5e-3;
        if (sample.envelopeMicrometres() > halfField) {
            problems.add("simulation.radiograph.sample.envelope_micrometres=" + sample.envelopeMicrometres()
                    + " must be at most half the field, micrometres=" + halfField);
        }
        if (sample.envelopeMicrometres() * 1e3 < 10 * camera.pixelNanometres()) {
            problems.add("simulation.radiograph.sample.envelope_micrometres=" + sample.envelopeMicrometres()
                    + " must be at least ten pixels");
        }
    }

    private static void within(List<String> problems, String key, int value, int least, int most) {
        if (value < least || value > most) {
            problems.add("simulation.radiograph." + key + "=" + value + " must be at least " + least + " and at most "
                    + most);
        }
    }

    private static void within(List<String> problems, String key, double value, double least, double most) {
        // NaN fails this comparison too.
        if (!(value >= least && value <= most)) {
            problems.add("simulation.radiograph." + key + "=" + value + " must be at least " + least + " and at most "
                    + most);
        }
    }
}
