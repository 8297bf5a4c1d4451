package org.emberline.edge.metrics.imaging;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.emberline.edge.RealData;
import org.emberline.edge.app.config.ConfigException;
import org.emberline.edge.app.config.ScenarioFile;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.twin.Radiograph;
import org.emberline.edge.twin.Twin;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.imaging.FlatScaling;
import org.emberline.gpu.imaging.Flatfield;
import org.emberline.gpu.imaging.HistogramBins;
import org.emberline.gpu.imaging.ImageDetail;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.PhotonNoise;

/**
 * How long all metrics of the catalogue take on maps of 512 x 512 pixels, on one thread, when every frame completes a set: the simulation's
 * radiographs, each pixel shown as four with noise of their own. A main program, not a test.
 */
final class MetricsSpeed {
    private static final int SIDE = 512;
    private static final int WARM_UP = 20;
    private static final int MEASURED = 60;
    private static final int MAPS = 8;
    /** A frame of the middle of the calcination, and the first of a set. */
    private static final int FIRST = 28;

    private MetricsSpeed() {}

    /** Prints the milliseconds of every metric, shared work counted to the first that needs it, and of all. */
    public static void main(String[] arguments) throws IOException, ConfigException {
        Radiograph microscope = new Twin(
                        ScenarioFile.read(RealData.repositoryRoot().resolve("config/scenarios/calcination.toml")), 0)
                .radiographs();
        float[] flat = new float[SIDE * SIDE];
        Arrays.fill(flat, 1);
        ImagingPlan plan = new ImagingPlan(
                new ImageShape(SIDE, SIDE),
                PixelFormat.U16,
                new Flatfield(new float[SIDE * SIDE], flat),
                null,
                1e9,
                1,
                FlatScaling.NONE,
                new HistogramBins(0, 2, 16),
                new PhotonNoise(1, 1, 1),
                ImageDetail.DENSITY);
        List<Metric> metrics = ImageMetrics.of(
                ImageMetrics.names(),
                new ImageMetrics.Settings(17.2, TwinRun.ENERGIES, 4.74, 32, Duration.ofMinutes(10), 500),
                plan);
        print(metrics, measure(microscope, plan, metrics, maps(microscope)));
    }

    private static float[][] maps(Radiograph microscope) {
        float[][] maps = new float[MAPS][SIDE * SIDE];
        Random random = new Random(1);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment image = arena.allocate(microscope.bytes());
            for (int map = 0; map < MAPS; map++) {
                microscope.expose(FIRST + map, image);
                for (int i = 0; i < maps[map].length; i++) {
                    int coarse = i / SIDE / 2 * (SIDE / 2) + i % SIDE / 2;
                    int counts = Short.toUnsignedInt(image.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2L * coarse));
                    maps[map][i] = (float) (-Math.log(Math.max(1, counts - 100) / 1e4) + 0.01 * random.nextGaussian());
                }
            }
        }
        return maps;
    }

    private static long[] measure(Radiograph microscope, ImagingPlan plan, List<Metric> metrics, float[][] maps) {
        long[] nanos = new long[metrics.size()];
        try (Arena arena = Arena.ofConfined()) {
            FrameSlot slot = new FrameSlot(
                    arena, plan, metrics.stream().map(Metric::layout).toList());
            for (int frame = 0; frame < WARM_UP + MEASURED; frame++) {
                slot.reset(frame);
                System.arraycopy(maps[frame % MAPS], 0, slot.image().opticalDensity(), 0, SIDE * SIDE);
                slot.energyKev = microscope.energyKev(frame);
                slot.startNanos = frame * 1_000_000_000L;
                slot.stopNanos = slot.startNanos;
                slot.temperatureCelsius = 900;
                for (int i = 0; i < nanos.length; i++) {
                    long begin = System.nanoTime();
                    metrics.get(i).measure(slot, i);
                    nanos[i] += frame < WARM_UP ? 0 : System.nanoTime() - begin;
                }
            }
        }
        return nanos;
    }

    private static void print(List<Metric> metrics, long[] nanos) {
        for (int i = 0; i < nanos.length; i++) {
            System.out.printf(Locale.ROOT, "%-32s %8.2f ms%n", metrics.get(i).name(), nanos[i] / 1e6 / MEASURED);
        }
        double all = Arrays.stream(nanos).sum() / 1e6 / MEASURED;
        System.out.printf(Locale.ROOT, "all %.1f ms, %.1f frames/s%n", all, 1000 / all);
    }
}
