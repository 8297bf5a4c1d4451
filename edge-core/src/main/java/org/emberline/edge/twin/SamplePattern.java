package org.emberline.edge.twin;

import java.util.Arrays;
import java.util.List;

/**
 * Expected counts against 2theta for a state of the sample, before solid angle and polarisation, as the mean around each ring. A line's
 * area is the volume of its phase times the phase's intensity per volume, all phases on one scale; widths are the instrument's (Gaussian),
 * the Scherrer size's and the strain's (Lorentzian, their sum). One thread; allocates nothing after construction.
 */
final class SamplePattern {
    /** Rings up to this q consist of grains; those beyond are crowded and reach only into a panel's corners. 1/Angstrom. */
    static final double GRAINS_UP_TO_Q = 5;

    private static final double SCHERRER = 0.9;
    private static final double ANGSTROM_PER_MICROMETRE = 1e4;
    static final double SMALLEST_GRAIN_MICROMETRES = 1e-3;
    /** Room beyond the outermost pixel, in q, for rings that expansion will move in and for tails. */
    private static final double REACH_BEYOND_EDGE = 1.06;
    /** A ring's grains are seen up to so many instrument widths from its centre; its further tails are smooth. */
    private static final double GRAINS_REACH = 7;
    /** Half widths up to which lines of listed phases are drawn; a Lorentzian has fallen to 4e-4 there. */
    private static final double LISTED_REACH = 50;

    private static final double REFERENCE_KELVIN = 300;
    /** The sample whose strongest ring has the stated counts: fully layered, at 300 K. */
    private static final double REFERENCE_DISORDER = 0.03;

    private static final double REFERENCE_MICROMETRES = 0.1;

    private final RingProfile profile;
    private final SamplePhases phases;
    private final double microstrain;
    private final double wavelength;
    private final double distance;
    private final double instrumentFwhm;
    private final List<Reflection> reflections;
    private final double[] textures;
    private final SmoothBackground background;
    private final double scale;
    private final double[] pattern;
    private final double[] single;
    private final double[][] lines;
    private final int[] first;
    private final int[] last;

    /** Of the lines that are being added: Angstrom; dimensionless; distance over calibrated distance. */
    private double size;

    private double strain;
    private double stretch;

    /** @param stepRadians 2theta between two of the nodes */
    SamplePattern(
            SimulationSettings.Panel panel,
            SimulationSettings.Beam beam,
            PhaseSettings settings,
            int nodes,
            double stepRadians) {
        profile = new RingProfile(nodes, stepRadians);
        phases = new SamplePhases(settings);
        microstrain = settings.microstrain();
        wavelength = panel.wavelengthMetres() * 1e10;
        distance = panel.distanceMetres();
        instrumentFwhm = Math.toRadians(beam.instrumentFwhmDegrees());
        double qMax = 4 * Math.PI * Math.sin((nodes - 1) * stepRadians / 2) / wavelength;
        reflections = Reflection.upTo(qMax * REACH_BEYOND_EDGE, LayeredOxide.A_300, LayeredOxide.C_300).stream()
                .sorted((a, b) -> Double.compare(coldSquared(a), coldSquared(b)))
                .toList();
        textures = textures(settings);
        background = new SmoothBackground(beam, settings, nodes, stepRadians, wavelength);
        pattern = new double[nodes];
        single = new double[nodes];
        int grained = (int) reflections.stream()
                .filter(family -> 4 * Math.PI * Math.sqrt(coldSquared(family)) <= GRAINS_UP_TO_Q)
                .count();
        int window = (int) (2 * GRAINS_REACH * instrumentFwhm / stepRadians) + 2;
        lines = new double[grained][Math.min(window, nodes)];
        first = new int[grained];
        last = new int[grained];
        scale = scale(beam.peakCounts());
    }

    private static double coldSquared(Reflection family) {
        return family.sSquared(LayeredOxide.A_300, LayeredOxide.C_300);
    }

    private double[] textures(PhaseSettings settings) {
        Texture texture = new Texture(settings.marchDollase(), settings.fibreTexture());
        float[] around = new float[GrainRing.BINS / 8];
        double[] means = new double[reflections.size()];
        for (int i = 0; i < means.length; i++) {
            means[i] = texture.around(cosineToAxis(reflections.get(i)), theta(reflections.get(i)), around);
        }
        return means;
    }

    /** Of the angle between a family's normal and the hexagonal axis, at 300 K. */
    static double cosineToAxis(Reflection family) {
        return Math.min(1, family.l() / LayeredOxide.C_300 / (2 * Math.sqrt(coldSquared(family))));
    }

    /** Half the scattering angle of a family at 300 K. */
    double theta(Reflection family) {
        return Math.asin(Math.min(1, wavelength * Math.sqrt(coldSquared(family))));
    }

    private double scale(double peakCounts) {
        double volume = SamplePhases.layeredCellVolume(REFERENCE_KELVIN) / 3;
        look(REFERENCE_MICROMETRES * ANGSTROM_PER_MICROMETRE, 0, 0);
        double[] textured = textures.clone();
        Arrays.fill(textures, 1);
        for (int i = 0; i < reflections.size(); i++) {
            addLayered(i, REFERENCE_KELVIN, REFERENCE_DISORDER, volume);
        }
        System.arraycopy(textured, 0, textures, 0, textured.length);
        double strongest = Arrays.stream(pattern).max().orElse(0);
        return strongest > 0 ? peakCounts / strongest : 0;
    }

    private void look(double sizeAngstrom, double ofStrain, double displacementMetres) {
        size = sizeAngstrom;
        strain = ofStrain;
        stretch = 1 + displacementMetres / distance;
    }

    /** Works out the pattern for a state; grains and the beam's intensity come later. */
    void at(SampleState state, FrameConditions conditions) {
        double kelvin = LayeredOxide.kelvin(state.celsius());
        background.at(state.moltenSalt(), conditions.volumeFactor(), pattern);
        double factor = scale * conditions.volumeFactor();
        for (int phase = 1; phase < SamplePhases.count(); phase++) {
            double volume = phases.volume(state, phase);
            if (volume > 0) {
                look(phases.sizeAngstrom(phase), 0, conditions.displacementMetres());
                addListed(SamplePhases.listed(phase), kelvin, factor * volume);
            }
        }
        double grain = Math.max(state.grainMicrometres(), SMALLEST_GRAIN_MICROMETRES);
        look(grain * ANGSTROM_PER_MICROMETRE, microstrain, conditions.displacementMetres());
        double volume = factor * phases.volume(state, SamplePhases.LAYERED);
        for (int i = 0; i < reflections.size(); i++) {
            addLayered(i, kelvin, state.disorder(), volume);
        }
    }

    private void addListed(CrystalPhase phase, double kelvin, double volume) {
        for (int i = 0; i < phase.lines(); i++) {
            double sine = wavelength * Math.sqrt(phase.sSquared(i, kelvin));
            if (sine < 1) {
                double area = volume * phase.intensity(i, kelvin, wavelength);
                double theta = Math.asin(sine);
                profile.add(apparent(2 * theta), area, instrumentFwhm, lorentzian(theta), LISTED_REACH, pattern);
            }
        }
    }

    private void addLayered(int ring, double kelvin, double disorder, double volume) {
        Reflection family = reflections.get(ring);
        double sSquared = family.sSquared(LayeredOxide.latticeA(kelvin), LayeredOxide.latticeC(kelvin));
        double sine = wavelength * Math.sqrt(sSquared);
        boolean grained = ring < lines.length;
        if (grained) {
            first[ring] = 0;
            last[ring] = -1;
        }
        if (sine >= 1 || volume == 0) {
            return;
        }
        double cell = SamplePhases.layeredCellVolume(kelvin);
        double perVolume = LayeredOxide.ringArea(family, kelvin, disorder, sSquared, wavelength) / (cell * cell);
        double area = volume * textures[ring] * perVolume;
        double theta = Math.asin(sine);
        double centre = apparent(2 * theta);
        double[] target = grained ? single : pattern;
        if (grained) {
            Arrays.fill(single, 0);
        }
        profile.add(centre, area, instrumentFwhm, lorentzian(theta), Double.POSITIVE_INFINITY, target);
        if (grained) {
            keep(ring, centre);
        }
    }

    private void keep(int ring, double centre) {
        first[ring] = profile.first(centre, GRAINS_REACH * instrumentFwhm);
        last[ring] = profile.last(centre, GRAINS_REACH * instrumentFwhm);
        for (int i = 0; i < pattern.length; i++) {
            pattern[i] += single[i];
        }
        for (int i = first[ring]; i <= last[ring]; i++) {
            lines[ring][i - first[ring]] = single[i];
        }
    }

    /** Where a ring seems to lie for the calibrated distance; exact for a panel at right angles to the beam. */
    private double apparent(double twoTheta) {
        return stretch == 1 ? twoTheta : Math.atan2(Math.sin(twoTheta) * stretch, Math.cos(twoTheta));
    }

    private double lorentzian(double theta) {
        return SCHERRER * wavelength / (size * Math.cos(theta)) + 4 * strain * Math.tan(theta);
    }

    /** The whole pattern at the nodes. */
    double[] pattern() {
        return pattern;
    }

    SamplePhases phases() {
        return phases;
    }

    /** Number of rings that consist of grains; they are the innermost. */
    int grainedRings() {
        return lines.length;
    }

    Reflection ring(int ring) {
        return reflections.get(ring);
    }

    /** Mean factor of texture around a ring. */
    double texture(int ring) {
        return textures[ring];
    }

    /** First node of a ring's own share of the pattern, {@link #line}. */
    int first(int ring) {
        return first[ring];
    }

    /** Last node; below the first where the ring is not there. */
    int last(int ring) {
        return last[ring];
    }

    /** A ring's own share from its first node on. */
    double[] line(int ring) {
        return lines[ring];
    }
}
