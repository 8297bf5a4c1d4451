package org.emberline.gpu.imaging;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.emberline.gpu.Devices;
import org.emberline.gpu.imaging.cpu.CpuImageReducer;
import org.emberline.gpu.opencl.OpenClImageReducer;

/**
 * Times the way of a frame of 2048 x 2048 pixels of 16 bits, downsampled 4 x 4, with both flats, the rim's scale, variance, histogram and
 * previews. Not a test: {@code java -cp target/classes:target/test-classes org.emberline.gpu.imaging.ImagingSpeed [THREADS|opencl]}.
 */
final class ImagingSpeed {
    private static final int FRAMES = 40;
    private static final int BATCHES = 8;

    private ImagingSpeed() {}

    public static void main(String[] arguments) {
        String on = arguments.length > 0 ? arguments[0] : "2";
        Random random = new Random(5);
        PlanMaker maker = new PlanMaker();
        maker.shape = new ImageShape(2048, 2048);
        maker.fields(random, 100, 20_000);
        maker.scaling = new FlatScaling.Rim(8);
        maker.dark[77] = maker.before[77];
        for (ImageDetail detail : ImageDetail.values()) {
            maker.detail = detail;
            time(maker.plan(), on, random);
        }
    }

    private static void time(ImagingPlan plan, String on, Random random) {
        try (Arena arena = Arena.ofShared();
                ImageReducer reducer = open(plan, on)) {
            MemorySegment[] frames = new MemorySegment[4];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = PlanMaker.frame(arena, plan, pixel -> 6000 + random.nextInt(9000));
            }
            time(reducer, frames);
        }
    }

    private static ImageReducer open(ImagingPlan plan, String on) {
        return on.equals("opencl")
                ? new OpenClImageReducer(Devices.probe().usable().getFirst(), plan)
                : new CpuImageReducer(plan, Integer.parseInt(on));
    }

    private static void time(ImageReducer reducer, MemorySegment[] frames) {
        ImageReduction into = ImageReduction.of(reducer.plan());
        double[] milliseconds = new double[BATCHES];
        for (int batch = 0; batch < BATCHES; batch++) {
            long start = System.nanoTime();
            for (int i = 0; i < FRAMES; i++) {
                reducer.reduce(frames[i % frames.length], i / (double) FRAMES, into);
            }
            milliseconds[batch] = (System.nanoTime() - start) / 1e6 / FRAMES;
        }
        Arrays.sort(milliseconds);
        System.out.printf(
                Locale.ROOT,
                "%s, %s: best %.2f ms, median %.2f ms a frame = %.0f frames/s%n",
                reducer.device(),
                reducer.plan().detail(),
                milliseconds[0],
                milliseconds[BATCHES / 2],
                1000 / milliseconds[BATCHES / 2]);
    }
}
