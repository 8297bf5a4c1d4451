package org.emberline.edge.app.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A ring of frames in native memory: Poisson counts of rings over a background, 50 on average, the same scene each time. Pixels of the
 * static mask are hot. With {@link ReduceSettings#maskedFrame} the frames have gaps of 7 % between modules, the same in all, and a few
 * invalid pixels elsewhere that differ from frame to frame.
 */
final class BenchFrames implements AutoCloseable {
    /** More than fit into the usual caches at the default shape, as in a pipeline. */
    static final int COUNT = 4;

    private static final long SEED = 7;
    private static final int PAGE = 4096;
    private static final double BACKGROUND = 35;
    private static final double PEAK = 55;
    private static final double RINGS = 11;
    private static final double HOT = 200;
    private static final int CHANGING = 20;

    private final ReduceSettings settings;
    private final double background;
    private final double peak;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment[] frames = new MemorySegment[COUNT];

    /** @param mask the static mask, one entry a pixel */
    BenchFrames(ReduceSettings settings, boolean[] mask) {
        this(settings, mask, BACKGROUND, PEAK);
    }

    /**
     * Of another brightness.
     *
     * @param background mean counts between the rings
     * @param peak what the rings have besides
     */
    BenchFrames(ReduceSettings settings, boolean[] mask, double background, double peak) {
        this.settings = settings;
        this.background = background;
        this.peak = peak;
        PoissonTable poisson = new PoissonTable(background + peak);
        for (int i = 0; i < COUNT; i++) {
            frames[i] =
                    arena.allocate((long) settings.pixels() * settings.format().bytes(), PAGE);
            fill(frames[i], mask, poisson, SEED + i);
            if (settings.maskedFrame()) {
                invalidate(frames[i], new SplittableRandom(-SEED - i));
            }
        }
    }

    MemorySegment at(int number) {
        return frames[number];
    }

    private void fill(MemorySegment frame, boolean[] mask, PoissonTable poisson, long seed) {
        int columns = settings.columns();
        double size = Math.max(settings.rows(), columns);
        IntStream.range(0, settings.rows()).parallel().forEach(row -> {
            SplittableRandom random = new SplittableRandom(seed * 1_000_003 + row);
            for (int column = 0; column < columns; column++) {
                int pixel = row * columns + column;
                double radius = Math.hypot(row - 0.5 * settings.rows(), column - 0.5 * columns) / size;
                double mean = background + peak * Math.pow(Math.sin(Math.PI * RINGS * radius), 8);
                settings.format().write(frame, pixel, mask[pixel] ? HOT : poisson.draw(mean, random));
            }
        });
    }

    /** Gaps as wide as a fourteenth of the pitch of the modules, along the rows, and scattered pixels. */
    private void invalidate(MemorySegment frame, SplittableRandom random) {
        int pitch = Math.clamp(settings.rows() / 4, 14, 560);
        double invalid = BenchDetector.invalidValue(settings.format());
        for (int pixel = 0; pixel < settings.pixels(); pixel++) {
            if (pixel / settings.columns() % pitch >= pitch - pitch / 14) {
                settings.format().write(frame, pixel, invalid);
            }
        }
        for (int i = 0; i < CHANGING; i++) {
            settings.format().write(frame, random.nextInt(settings.pixels()), invalid);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
