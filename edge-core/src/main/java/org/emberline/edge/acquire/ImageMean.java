package org.emberline.edge.acquire;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The mean of images of one shape, pixel by pixel, in double precision. */
final class ImageMean {
    private final double[] sum;
    private long images;

    ImageMean(int pixels) {
        sum = new double[pixels];
    }

    /** Adds some images of a file, given by their indices. */
    void add(ImageStack stack, int[] indices) throws InputException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment image = arena.allocate(stack.shape().frameBytes(), Long.BYTES);
            for (int index : indices) {
                stack.read(index, image);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += stack.shape().type().read(image, i);
                }
            }
        }
        images += indices.length;
    }

    /** @throws IllegalArgumentException when nothing was added */
    float[] mean() {
        if (images == 0) {
            throw new IllegalArgumentException("no files to average");
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) (sum[i] / images);
        }
        return mean;
    }
}
