package org.emberline.edge.app.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.emberline.gpu.PixelFormat;
import org.emberline.gpu.imaging.FlatScaling;
import org.emberline.gpu.imaging.Flatfield;
import org.emberline.gpu.imaging.HistogramBins;
import org.emberline.gpu.imaging.ImageDetail;
import org.emberline.gpu.imaging.ImageShape;
import org.emberline.gpu.imaging.ImagingPlan;
import org.emberline.gpu.imaging.PhotonNoise;

/**
 * A capillary full of lumps in an uneven beam, the same each time: a dark of 100 counts, a flat of 20 000 and some frames of 16 bits with
 * photon noise in native memory. The optical density reaches 2; both sides of the field are empty.
 */
final class ImageScene implements AutoCloseable {
    /** More than fit into the usual caches at the default size, as in a pipeline. */
    static final int FRAMES = 4;

    private static final long SEED = 20_260;
    private static final int PAGE = 4096;
    private static final double DARK = 100;
    private static final double DARK_PATTERN = 5;
    private static final double BEAM = 20_000;
    private static final double RESPONSE = 0.02;
    private static final int AVERAGED = 20;
    private static final HistogramBins BINS = new HistogramBins(-0.25, 2.75, 300);
    /** Half the capillary's width over the field's. */
    private static final double HALF_WIDTH = 0.4;

    private final ImageSettings settings;
    private final float[] offset;
    private final float[] beam;
    private final ImagingPlan plan;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment[] frames = new MemorySegment[FRAMES];

    ImageScene(ImageSettings settings) {
        this.settings = settings;
        offset = new float[settings.pixels()];
        beam = new float[settings.pixels()];
        float[] dark = new float[settings.pixels()];
        float[] flat = new float[settings.pixels()];
        rows(SEED, (random, row, pixel) -> {
            offset[pixel] = (float) (DARK + DARK_PATTERN * random.nextGaussian());
            beam[pixel] = (float) (beam(row) * (1 + RESPONSE * random.nextGaussian()));
            dark[pixel] = (float) counts(offset[pixel], AVERAGED, random);
            flat[pixel] = (float) counts((double) offset[pixel] + beam[pixel], AVERAGED, random);
        });
        plan = new ImagingPlan(
                new ImageShape(settings.size(), settings.size()),
                PixelFormat.U16,
                new Flatfield(dark, flat),
                null,
                Double.POSITIVE_INFINITY,
                settings.factor(),
                FlatScaling.NONE,
                BINS,
                new PhotonNoise(1, AVERAGED, AVERAGED),
                ImageDetail.DENSITY);
        for (int i = 0; i < FRAMES; i++) {
            frames[i] = arena.allocate(plan.frameBytes(), PAGE);
            expose(frames[i], SEED + 1 + i);
        }
    }

    /** What is done with a pixel. */
    @FunctionalInterface
    private interface Pixel {
        void make(RandomGenerator random, int row, int pixel);
    }

    /** Every row has a generator of its own, so that the outcome does not depend on the threads. */
    private void rows(long seed, Pixel work) {
        int size = settings.size();
        IntStream.range(0, size).parallel().forEach(row -> {
            RandomGenerator random = new SplittableRandom(seed * 1_000_003 + row);
            for (int pixel = row * size; pixel < (row + 1) * size; pixel++) {
                work.make(random, row, pixel);
            }
        });
    }

    /** Brightest in the middle, with the stripes of a multilayer. */
    private double beam(int row) {
        double height = (row + 0.5) / settings.size() - 0.5;
        return BEAM * (0.7 + 0.3 * Math.cos(Math.PI * height)) * (1 + 0.03 * Math.sin(220 * height));
    }

    /** The mean over so many exposures. From 60 counts on a normal number is a Poisson number for our purposes. */
    private static double counts(double mean, int exposures, RandomGenerator random) {
        return mean + Math.sqrt(Math.max(mean, 0) / exposures) * random.nextGaussian();
    }

    private void expose(MemorySegment frame, long seed) {
        rows(seed, (random, row, pixel) -> {
            double mean = offset[pixel] + beam[pixel] * Math.exp(-opticalDensity(row, pixel % settings.size()));
            plan.format().write(frame, pixel, Math.max(Math.rint(counts(mean, 1, random)), 0));
        });
    }

    /** Of the sample, 0 to 2. */
    private double opticalDensity(int row, int column) {
        double x = ((column + 0.5) / settings.size() - 0.5) / HALF_WIDTH;
        double y = (row + 0.5) / settings.size() / HALF_WIDTH;
        double lumps = Math.pow(Math.sin(17 * x + 3 * Math.sin(5 * y)) * Math.sin(14 * y), 2);
        return Math.abs(x) < 1 ? Math.sqrt(1 - x * x) * (1.2 + 0.8 * lumps) : 0;
    }

    ImagingPlan plan() {
        return plan;
    }

    MemorySegment frame(int number) {
        return frames[number];
    }

    @Override
    public void close() {
        arena.close();
    }
}
