package org.emberline.edge.twin;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.emberline.gpu.Geometry;
import org.jspecify.annotations.Nullable;

/**
 * The simulated detector for diffraction: turns a state of the sample into counts, grain by grain. A frame depends on the settings,
 * the seed, its number, the state and the conditions, not on the frames made before. One thread but for {@link #truth}; making a frame
 * allocates nothing.
 */
public final class RingPanel {
    /** About fifty nodes across a ring of 0.035 degree on the default panel: linear interpolation errs by 3e-4 of a ring's top. */
    private static final int NODES = 16_384;

    /** Noise stream, index = frame. */
    private static final long COUNTS = 25;

    private static final ValueLayout.OfInt PIXEL = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final PixelMap map;
    private final RadialOrder order;
    private final SamplePattern sample;
    private final GrainField grains;
    private final Graininess graininess;
    private final GrainField.Scratch scratch;
    private final DetectorMaps maps;
    private final @Nullable PointSpread pointSpread;
    private final Noise noise;
    private final double distance;
    private final int saturation;
    private final float[] azimuth;
    private final float[] image;
    private final float[] around = new float[GrainRing.BINS + 1];

    /**
     * @param seed of all randomness
     * @throws IllegalArgumentException naming every key of the ring settings that makes no sense; panel and beam are checked by
     *     {@link SimulationSettings#problems}
     */
    public RingPanel(SimulationSettings.Panel panel, SimulationSettings.Beam beam, RingSettings settings, long seed) {
        if (!settings.problems().isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", settings.problems()));
        }
        Geometry geometry = PanelGeometry.of(panel);
        map = new PixelMap(geometry, panel, beam.polarizationFactor(), seed, NODES);
        order = new RadialOrder(map);
        sample = new SamplePattern(panel, beam, settings.phases(), NODES, map.stepRadians());
        grains = new GrainField(settings.grains(), settings.phases(), sample, seed);
        scratch = new GrainField.Scratch(grains);
        double blur = settings.panel().pointSpreadPixels();
        graininess = new Graininess(
                grains,
                sample,
                map,
                blur,
                new Graininess.RingPlaces(
                        panel.distanceMetres() / panel.pixelMetres(), Math.toRadians(beam.instrumentFwhmDegrees())));
        maps = new DetectorMaps(settings.panel(), panel.rows(), panel.columns(), seed);
        pointSpread = blur > 0 ? new PointSpread(panel.rows(), panel.columns(), blur) : null;
        noise = new Noise(seed);
        distance = panel.distanceMetres();
        saturation = panel.saturationCounts();
        azimuth = azimuths(map);
        image = new float[map.pixels()];
    }

    /** Places between the centres of azimuth bins, 0..BINS. */
    private static float[] azimuths(PixelMap map) {
        float[] places = new float[map.pixels()];
        for (int i = 0; i < places.length; i++) {
            double place = map.azimuth(i) * (double) GrainRing.BINS - 0.5;
            places[i] = (float) Math.min(place < 0 ? place + GrainRing.BINS : place, GrainRing.BINS - 1e-3);
        }
        return places;
    }

    /** Number of pixels of a frame. */
    public int pixels() {
        return map.pixels();
    }

    /**
     * Writes one exposure, row by row, as little-endian I32; gaps and dead pixels are negative.
     *
     * @param frame running number; fixes the counting noise
     * @param state of the sample in the mean over the exposure
     * @param pixels of 4 bytes per pixel or more
     */
    public void expose(long frame, SampleState state, FrameConditions conditions, MemorySegment pixels) {
        light(state, conditions, true);
        noise.restart(COUNTS, frame);
        float gain = (float) gain(conditions);
        for (int i = 0; i < image.length; i++) {
            int value = map.mark(i);
            if (value == 0) {
                double mean = expected(i, gain);
                value = (int) Math.min((long) Poisson.next(mean, noise) + maps.offset(i), saturation);
            }
            pixels.set(PIXEL, i * 4L, value);
        }
    }

    /**
     * Expected counts of the same exposure, offset included, without noise and saturation; NaN where a pixel is a gap or dead.
     *
     * @param grainy false for an endless number of grains
     * @param counts of one element per pixel, overwritten
     */
    public void expected(SampleState state, FrameConditions conditions, boolean grainy, double[] counts) {
        light(state, conditions, grainy);
        float gain = (float) gain(conditions);
        for (int i = 0; i < counts.length; i++) {
            counts[i] = map.mark(i) == 0 ? expected(i, gain) + maps.offset(i) : Double.NaN;
        }
    }

    private double expected(int pixel, float gain) {
        // Far from grains' rings the Gaussian tail of a sparse field may dip below nothing.
        return Math.max(0, image[pixel] * gain * maps.flat(pixel)) + maps.dark(pixel);
    }

    private double gain(FrameConditions conditions) {
        double stretch = 1 + conditions.displacementMetres() / distance;
        return conditions.shutterOpen() ? conditions.beamFactor() / (stretch * stretch) : 0;
    }

    private void light(SampleState state, FrameConditions conditions, boolean grainy) {
        if (!conditions.shutterOpen()) {
            return;
        }
        sample.at(state, conditions);
        double[] pattern = sample.pattern();
        for (int i = 0; i < image.length; i++) {
            image[i] = (float) map.expected(i, pattern);
        }
        for (int ring = 0; ring < sample.grainedRings(); ring++) {
            double number = grains.grains(ring, state, conditions);
            if (number > 0 && sample.first(ring) < sample.last(ring)) {
                if (grainy) {
                    grains.around(ring, number, state.seconds(), scratch, around);
                } else {
                    grains.powder(ring, around);
                }
                around[GrainRing.BINS] = around[0];
                vary(ring);
            }
        }
        if (pointSpread != null) {
            pointSpread.blur(image);
        }
    }

    /** Adds to every pixel of a ring what it has more or less than the ring's mean. */
    private void vary(int ring) {
        double[] line = sample.line(ring);
        int first = sample.first(ring);
        int last = sample.last(ring);
        int end = order.begin(last);
        for (int rank = order.begin(first); rank < end; rank++) {
            int pixel = order.pixel(rank);
            float place = map.place(pixel);
            int node = (int) place;
            double low = line[node - first];
            double height = low + (place - node) * (line[node - first + 1] - low);
            int bin = (int) azimuth[pixel];
            double local = around[bin] + (azimuth[pixel] - bin) * (around[bin + 1] - around[bin]);
            image[pixel] += (float) (map.weight(pixel) * height * (local - 1));
        }
    }

    /** What is true of a frame; any thread. Allocates, and looks at every grain: not for the frame path. */
    public RingTruth truth(SampleState state, FrameConditions conditions) {
        double kelvin = LayeredOxide.kelvin(state.celsius());
        Map<String, Double> fractions = volumeFractions(state);
        List<RingTruth.Ring> rings = new ArrayList<>();
        for (int i = 0; i < sample.grainedRings(); i++) {
            if (grains.grains(i, state, conditions) > 0) {
                rings.add(graininess.ring(i, state, conditions));
            }
        }
        return new RingTruth(
                state.celsius(),
                LayeredOxide.latticeA(kelvin),
                LayeredOxide.latticeC(kelvin),
                state.disorder(),
                state.grainMicrometres(),
                state.grainMicrometres() * Math.cbrt(grains.settings().kappa()),
                fractions,
                rings);
    }

    private Map<String, Double> volumeFractions(SampleState state) {
        double total = 0;
        for (int phase = 0; phase < SamplePhases.count(); phase++) {
            total += sample.phases().volume(state, phase);
        }
        Map<String, Double> fractions = new LinkedHashMap<>();
        for (int phase = 0; phase < SamplePhases.count(); phase++) {
            double volume = sample.phases().volume(state, phase);
            if (volume > 0) {
                fractions.put(SamplePhases.name(phase), volume / total);
            }
        }
        return fractions;
    }

    /** The known sensitivity of every pixel, about 1: by which to divide counts less the dark frame. */
    public float[] flatField() {
        return maps.flatField();
    }

    /** The known mean of a dark frame. */
    public float[] darkFrame() {
        return maps.darkFrame();
    }

    /** The hot pixels. */
    public boolean[] hotPixels() {
        return maps.hotPixels();
    }
}
