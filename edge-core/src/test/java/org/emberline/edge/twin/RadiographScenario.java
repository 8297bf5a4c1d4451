package org.emberline.edge.twin;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A calcination from simple functions of time, and settings for its radiographs with single effects switched on. */
final class RadiographScenario {
    static final double RUN_SECONDS = 36_000;
    static final double PIXEL = 0.0344;

    private RadiographScenario() {}

    /** Everything plain: no noise but photons', no blur, no movement, an even flat. */
    static RadiographSettings plain(int side, double envelope, double... kev) {
        return new RadiographSettings(
                new RadiographSettings.Camera(side, side, PIXEL * 1e3, 100, 0, 1, 0, 0),
                new RadiographSettings.Optics(energies(kev), 1e4, 0, 0, 0),
                new RadiographSettings.Flat(0, 0),
                new RadiographSettings.Sample(300, envelope, true, 0, 0, 0, 0));
    }

    /** As a beamline would have it. */
    static RadiographSettings usual() {
        return new RadiographSettings(
                new RadiographSettings.Camera(256, 256, PIXEL * 1e3, 100, 2, 1, 40, 8000),
                new RadiographSettings.Optics(energies(5.24, 5.28, 8.30, 8.40), 1e4, 30, 0, 0),
                new RadiographSettings.Flat(0.1, 0.01),
                new RadiographSettings.Sample(300, 2.5, true, 0.08, 0.05, 0.5, 0));
    }

    private static List<Double> energies(double... kev) {
        return Arrays.stream(kev).boxed().toList();
    }

    static RadiographSettings with(RadiographSettings base, RadiographSettings.Camera camera) {
        return new RadiographSettings(camera, base.optics(), base.flat(), base.sample());
    }

    static RadiographSettings with(RadiographSettings base, RadiographSettings.Optics optics) {
        return new RadiographSettings(base.camera(), optics, base.flat(), base.sample());
    }

    static RadiographSettings with(RadiographSettings base, RadiographSettings.Flat flat) {
        return new RadiographSettings(base.camera(), base.optics(), flat, base.sample());
    }

    static RadiographSettings with(RadiographSettings base, RadiographSettings.Sample sample) {
        return new RadiographSettings(base.camera(), base.optics(), base.flat(), sample);
    }

    /** Hydroxide, oxide, layered oxide one after the other while the temperature rises evenly to 950 C; then growth and closing pores. */
    static SampleState calcination(double seconds) {
        double u = seconds / RUN_SECONDS;
        double hydroxide = 1 - smooth(0.15, 0.3, u);
        double layered = smooth(0.35, 0.6, u);
        double oxide = 1 - hydroxide - layered;
        double chemical = 1 - (24.1 * hydroxide + 13.8 * oxide + 20.4 * layered) / 24.1;
        double porosity = chemical * (1 - 0.95 * smooth(0.6, 1, u));
        double grain = Math.cbrt(5e-4 + 9 * Math.pow(smooth(0.5, 1.05, u), 2));
        double film = 0.005 * smooth(0.55, 0.8, u);
        double precipitate = 0.002 * smooth(0.8, 1, u);
        return new SampleState(
                seconds,
                25 + 925 * Math.min(1, u / 0.7),
                hydroxide,
                oxide,
                layered,
                0,
                0,
                0,
                0.03,
                0,
                grain,
                porosity,
                0.005 - film,
                Math.min(precipitate, film),
                smooth(0.55, 0.85, u));
    }

    private static double smooth(double from, double until, double u) {
        double x = Math.clamp((u - from) / (until - from), 0, 1);
        return x * x * (3 - 2 * x);
    }

    /** One state for ever: layered oxide at a temperature that rises by 100 K over the run. */
    static SampleHistory still(double grainMicrometres, double porosity) {
        return seconds -> layered(seconds, 25 + 100 * seconds / RUN_SECONDS, grainMicrometres, porosity, 0, 0);
    }

    static SampleState layered(
            double seconds, double celsius, double grain, double porosity, double carbonate, double coverage) {
        return new SampleState(seconds, celsius, 0, 0, 1, 0, 0, 0, 0.03, 0, grain, porosity, carbonate, 0, coverage);
    }

    static int[] frame(Radiograph radiograph, long frame) {
        return image(radiograph, pixels -> radiograph.expose(frame, pixels));
    }

    static int[] image(Radiograph radiograph, Consumer<MemorySegment> exposure) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pixels = arena.allocate(radiograph.bytes(), 2);
            exposure.accept(pixels);
            ValueLayout.OfShort unsigned = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
            int[] counts = new int[radiograph.pixels()];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = Short.toUnsignedInt(pixels.get(unsigned, i * 2L));
            }
            return counts;
        }
    }

    static double[] expected(Radiograph radiograph, long frame) {
        double[] photons = new double[radiograph.pixels()];
        radiograph.expected(frame, photons);
        return photons;
    }

    static double sum(double[] values) {
        return Arrays.stream(values).sum();
    }
}
