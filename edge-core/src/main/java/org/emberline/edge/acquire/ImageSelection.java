package org.emberline.edge.acquire;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.emberline.gpu.PixelFormat;
import org.jspecify.annotations.Nullable;

/** Some images of one file, all of them or those of a kind. The file is not kept open: a scan may consist of thousands. */
public final class ImageSelection {
    private final Path file;
    private final @Nullable String dataset;
    private final boolean keyed;
    private final int[] images;
    private final ImageStack.Shape shape;

    private ImageSelection(Path file, @Nullable String dataset, boolean keyed, int[] images, ImageStack.Shape shape) {
        this.file = file;
        this.dataset = dataset;
        this.keyed = keyed;
        this.images = images;
        this.shape = shape;
    }

    /**
     * The images of a kind in a file that says by an {@code image_key} which they are, and all images of any other file.
     *
     * @param named path of the dataset in an HDF5 file; null takes the images beside the {@code image_key}, else as
     *     {@link FrameFiles#open}. When it has another number of images than the key tells about, the key is not about it.
     * @param kind which images
     * @throws InputException when the file cannot be read, or has no image of that kind
     */
    public static ImageSelection of(Path file, @Nullable String named, ImageKind kind) throws InputException {
        NxTomo key = NxTomo.read(file).orElse(null);
        String dataset = named == null && key != null ? key.dataset().orElse(null) : named;
        try (ImageStack stack = FrameFiles.openStack(file, dataset)) {
            boolean keyed = key != null
                    && (named == null || key.images() == stack.shape().frames());
            return of(stack, dataset, keyed ? key : null, kind);
        }
    }

    /**
     * The images of a kind in a file, as the {@code image_key} of another file says.
     *
     * @throws InputException when the file cannot be read, has no image of that kind, or another number of images than the key
     */
    public static ImageSelection of(Path file, @Nullable String dataset, NxTomo key, ImageKind kind)
            throws InputException {
        try (ImageStack stack = FrameFiles.openStack(file, dataset)) {
            return of(stack, dataset, key, kind);
        }
    }

    private static ImageSelection of(ImageStack stack, @Nullable String dataset, @Nullable NxTomo key, ImageKind kind)
            throws InputException {
        ImageStack.Shape shape = stack.shape();
        int[] images = IntStream.range(0, shape.frames()).toArray();
        if (key != null) {
            if (key.images() != shape.frames()) {
                throw new InputException(
                        stack.path(),
                        "has " + shape.frames() + " images, the image_key of " + key.file() + " is about "
                                + key.images());
            }
            images = key.images(kind);
            if (images.length == 0) {
                throw new InputException(
                        stack.path(), "no image is a " + kind + ", says the image_key of " + key.file() + ": " + key);
            }
        }
        return new ImageSelection(stack.path(), dataset, key != null, images, shape);
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** Whether an {@code image_key} has chosen the images; otherwise they are all that the file has. */
    public boolean keyed() {
        return keyed;
    }

    /** Number of images selected, at least 1. */
    public int size() {
        return images.length;
    }

    /** Index in the file of the selected image {@code i}. */
    public int image(int i) {
        return images[i];
    }

    /** Rows of each image. */
    public int rows() {
        return shape.rows();
    }

    /** Columns of each image. */
    public int columns() {
        return shape.columns();
    }

    /** How the images of {@link #open} lie in memory. */
    public PixelFormat format() {
        PixelFormat format = shape.type().pixelFormat();
        return format == null ? PixelFormat.F32 : format;
    }

    /**
     * Opens the file by {@link FrameFiles#openNumbers}.
     *
     * @throws InputException also when it has changed its shape
     */
    public FrameFile open() throws InputException {
        FrameFile opened = FrameFiles.openNumbers(file, dataset);
        boolean same = opened.frames() == shape.frames()
                && opened.rows() == shape.rows()
                && opened.columns() == shape.columns()
                && opened.format() == format();
        if (!same) {
            opened.close();
            throw new InputException(file, "has changed: no longer " + shape);
        }
        return opened;
    }

    /**
     * The mean over all selected images of several files, pixel by pixel and row by row.
     *
     * @param selections at least one, all of the same rows and columns
     */
    public static float[] mean(List<ImageSelection> selections) throws InputException {
        ImageStack.Shape shape = selections.getFirst().shape;
        ImageMean mean = new ImageMean(Math.multiplyExact(shape.rows(), shape.columns()));
        for (ImageSelection selection : selections) {
            try (ImageStack stack = FrameFiles.openStack(selection.file, selection.dataset)) {
                if (!stack.shape().equals(selection.shape)) {
                    throw new InputException(selection.file, "has changed: no longer " + selection.shape);
                }
                mean.add(stack, selection.images);
            }
        }
        return mean.mean();
    }
}
