package org.emberline.edge.twin;

import java.util.Arrays;

/** How the intensity of each ring varies around its mean with azimuth: grains, spots' widths and texture. Immutable, any thread. */
final class GrainField {
    private static final double DEGREES_PER_BIN = 360.0 / GrainRing.BINS;

    private final GrainSettings settings;
    private final SpotSpread spots;
    private final GrainRing[] rings;
    private final double[] grainsPerVolume;
    private final float[][] texture;

    /** Arrays for the work of one thread. */
    static final class Scratch {
        private final float[] density = new float[GrainRing.BINS];
        private final float[] padded;

        Scratch(GrainField field) {
            padded = new float[field.spots.room(GrainRing.BINS)];
        }
    }

    GrainField(GrainSettings settings, PhaseSettings phases, SamplePattern pattern, long seed) {
        this.settings = settings;
        spots = new SpotSpread(settings.spotSigmaDegrees() / DEGREES_PER_BIN);
        rings = new GrainRing[pattern.grainedRings()];
        grainsPerVolume = new double[rings.length];
        texture = new float[rings.length][phases.fibreTexture() ? GrainRing.BINS : 0];
        Texture march = new Texture(phases.marchDollase(), phases.fibreTexture());
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new GrainRing(seed, i, settings.volumeSigma());
            Reflection family = pattern.ring(i);
            double theta = pattern.theta(family);
            grainsPerVolume[i] =
                    family.multiplicity() * Math.cos(theta) * settings.acceptanceRadians() / 2 * settings.packing();
            double mean = march.around(SamplePattern.cosineToAxis(family), theta, texture[i]);
            for (int bin = 0; bin < texture[i].length; bin++) {
                texture[i][bin] /= (float) mean;
            }
        }
    }

    /** Expected number of grains that diffract into a whole ring: phi V m cos(theta) acceptance / (2 mean grain volume). */
    double grains(int ring, SampleState state, FrameConditions conditions) {
        double diameter = Math.max(state.grainMicrometres(), SamplePattern.SMALLEST_GRAIN_MICROMETRES);
        double grain = Math.PI / 6 * diameter * diameter * diameter;
        double layered = settings.beamVolume() * conditions.volumeFactor() * state.layered();
        return grainsPerVolume[ring] * layered / grain;
    }

    /**
     * The ring's intensity per azimuth bin over its mean: the expectation is 1 but for fibre texture.
     *
     * @param grains as {@link #grains} gives, positive
     * @param seconds since the start of the run
     * @param out of {@link GrainRing#BINS} elements or more, bin i reaching from i to i + 1 of so many parts of the circle
     */
    void around(int ring, double grains, double seconds, Scratch scratch, float[] out) {
        double epochs = settings.rotationSeconds() > 0 ? seconds / settings.rotationSeconds() : 0;
        rings[ring].density(grains, epochs, scratch.density);
        spots.spread(scratch.density, scratch.padded, out);
        for (int i = 0; i < texture[ring].length; i++) {
            out[i] *= texture[ring][i];
        }
    }

    /** The same without grains: texture alone. */
    void powder(int ring, float[] out) {
        Arrays.fill(out, 1);
        System.arraycopy(texture[ring], 0, out, 0, texture[ring].length);
    }

    GrainSettings settings() {
        return settings;
    }
}
