package org.emberline.edge.acquire;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads masks, darks and flats, in the memory order of the frames and of any sample type that is read. Every image must have the
 * shape of the frames.
 */
public final class CorrectionImages {

    private CorrectionImages() {}

    /**
     * Dark counts per pixel: the mean over all images of all files.
     *
     * @param files at least one
     * @param dataset as for {@link FrameFiles#open}, the same for all files
     * @return row by row
     * @throws InputException also when an image has another shape, or a pixel of the mean is not finite
     */
    public static float[] dark(List<Path> files, @Nullable String dataset, int rows, int columns)
            throws InputException {
        float[] dark = mean(files, dataset, rows, columns);
        for (int i = 0; i < dark.length; i++) {
            if (!Float.isFinite(dark[i])) {
                throw new InputException(
                        files.getFirst(),
                        "dark is not finite: row=" + i / columns + " column=" + i % columns + " value=" + dark[i]);
            }
        }
        return dark;
    }

    /**
     * Variance of {@link #dark} per pixel, counts^2, from the scatter of the images: their sample variance divided by their number.
     * Null for a single image, whose counts are their own variance. Parameters and errors as for {@link #dark}.
     */
    public static float @Nullable [] darkVariance(List<Path> files, @Nullable String dataset, int rows, int columns)
            throws InputException {
        Scatter scatter = new Scatter(Math.multiplyExact(rows, columns));
        for (Path file : files) {
            try (ImageStack stack = open(file, dataset, rows, columns);
                    Arena arena = Arena.ofConfined()) {
                MemorySegment image = arena.allocate(stack.shape().frameBytes(), 8);
                for (int frame = 0; frame < stack.shape().frames(); frame++) {
                    stack.read(frame, image);
                    scatter.add(stack.shape().type(), image);
                }
            }
        }
        return scatter.images < 2 ? null : scatter.varianceOfMean();
    }

    /** Mean and scatter pixel by pixel, one image at a time (Welford, Technometrics 4 (1962) 419). */
    private static final class Scatter {
        private final double[] mean;
        private final double[] squares;
        private long images;

        Scatter(int pixels) {
            mean = new double[pixels];
            squares = new double[pixels];
        }

        void add(SampleType type, MemorySegment image) {
            images++;
            for (int i = 0; i < mean.length; i++) {
                double value = type.read(image, i);
                double off = value - mean[i];
                mean[i] += off / images;
                squares[i] += off * (value - mean[i]);
            }
        }

        float[] varianceOfMean() {
            float[] variance = new float[mean.length];
            for (int i = 0; i < variance.length; i++) {
                variance[i] = (float) (squares[i] / (images - 1) / images);
            }
            return variance;
        }
    }

    /**
     * Relative response per pixel: the mean over all images of all files. Pixels that are not finite and positive stay as they are;
     * the reduction masks them. Parameters as for {@link #dark}.
     */
    public static float[] flat(List<Path> files, @Nullable String dataset, int rows, int columns)
            throws InputException {
        return mean(files, dataset, rows, columns);
    }

    /**
     * The mask of one image: true where the file is not zero (also where it is NaN), whatever share of the pixels that is. Nothing is
     * guessed or inverted.
     *
     * @throws InputException also when the file holds more than one image, or one of another shape
     */
    public static boolean[] mask(Path file, @Nullable String dataset, int rows, int columns) throws InputException {
        try (ImageStack stack = open(file, dataset, rows, columns);
                Arena arena = Arena.ofConfined()) {
            if (stack.shape().frames() != 1) {
                throw new InputException(file, "a mask is one image, here are " + stack.shape());
            }
            MemorySegment image = arena.allocate(stack.shape().frameBytes(), 8);
            stack.read(0, image);
            boolean[] mask = new boolean[rows * columns];
            for (int i = 0; i < mask.length; i++) {
                mask[i] = stack.shape().type().read(image, i) != 0;
            }
            return mask;
        }
    }

    /** How many images a file holds. */
    public static int images(Path file, @Nullable String dataset) throws InputException {
        try (ImageStack stack = FrameFiles.openStack(file, dataset)) {
            return stack.shape().frames();
        }
    }

    private static float[] mean(List<Path> files, @Nullable String dataset, int rows, int columns)
            throws InputException {
        ImageMean mean = new ImageMean(Math.multiplyExact(rows, columns));
        for (Path file : files) {
            try (ImageStack stack = open(file, dataset, rows, columns)) {
                mean.add(stack, IntStream.range(0, stack.shape().frames()).toArray());
            }
        }
        return mean.mean();
    }

    private static ImageStack open(Path file, @Nullable String dataset, int rows, int columns) throws InputException {
        ImageStack stack = FrameFiles.openStack(file, dataset);
        ImageStack.Shape shape = stack.shape();
        if (shape.rows() != rows || shape.columns() != columns) {
            stack.close();
            throw new InputException(
                    file,
                    "image of " + shape.rows() + "x" + shape.columns() + " (rows x columns) does not fit frames of "
                            + rows + "x" + columns);
        }
        return stack;
    }
}
