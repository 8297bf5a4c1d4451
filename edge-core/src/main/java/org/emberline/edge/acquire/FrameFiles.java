package org.emberline.edge.acquire;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.emberline.gpu.PixelFormat;
import org.jspecify.annotations.Nullable;

/**
 * Opens image files of any kind that is read here. The first bytes say which kind, never the extension: classic TIFF, HDF5, NumPy,
 * EDF, CBF, and any of them packed by gzip. docs/adr/0006-reading-files.md lists what is refused.
 */
public final class FrameFiles {
    private static final int[] TIFF_LITTLE = {'I', 'I', 42, 0};
    private static final int[] TIFF_BIG = {'M', 'M', 0, 42};
    private static final int[] BIGTIFF_LITTLE = {'I', 'I', 43, 0};
    private static final int[] BIGTIFF_BIG = {'M', 'M', 0, 43};
    private static final int[] HDF5 = {0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final int[] NUMPY = {0x93, 'N', 'U', 'M', 'P', 'Y'};

    private static final int[] CBF = {'#', '#', '#', 'C', 'B', 'F'};

    private FrameFiles() {}

    /**
     * Opens a file of detector frames. Files opened are kept open, and mapped, until closed.
     *
     * @param dataset path of the dataset in an HDF5 file; null takes {@code /entry/data/data}, else
     *     {@code /entry/instrument/detector/data}, else the only image dataset, else one whose images have at least 64 times the pixels
     *     of any other. Refused for other kinds of file.
     * @throws InputException when the file is missing, of an unread kind, damaged, truncated, or holds numbers that are no detector
     *     format (8-bit signed, 64-bit)
     */
    public static FrameFile open(Path path, @Nullable String dataset) throws InputException {
        ImageStack stack = openStack(path, dataset);
        PixelFormat format = stack.shape().type().pixelFormat();
        if (format == null) {
            stack.close();
            throw new InputException(
                    path, "no detector frames, which are u8, u16, i16, u32, i32 or f32: " + stack.shape());
        }
        return new StackFrames(stack, format);
    }

    /**
     * Opens the files of a detector of several modules, one file a module, as one file of its whole images: each module where its file says, what is
     * between them and what their masks name -1 or NaN.
     *
     * @param modules HDF5 files with {@code /entry/instrument/detector/translation/distance} in pixels, and {@code pixel_mask} beside it where
     *     pixels are masked
     * @param dataset as for {@link #open}, the same in all files
     * @throws InputException also when a file does not say where its module is, or modules differ in images
     */
    public static FrameFile openModules(List<Path> modules, @Nullable String dataset) throws InputException {
        List<ModuleStack.Module> opened = new ArrayList<>();
        try {
            for (Path path : modules) {
                ModulePlace place = ModulePlace.read(path);
                ImageStack stack = openStack(path, dataset);
                try {
                    opened.add(new ModuleStack.Module(stack, place, mask(path, stack.shape())));
                } catch (InputException | RuntimeException e) {
                    stack.close();
                    throw e;
                }
            }
        } catch (InputException | RuntimeException e) {
            opened.forEach(module -> module.images().close());
            throw e;
        }
        ModuleStack stack = new ModuleStack(opened);
        return new StackFrames(
                stack, Objects.requireNonNull(stack.shape().type().pixelFormat()));
    }

    private static boolean[] mask(Path path, ImageStack.Shape shape) throws InputException {
        return Hdf5File.has(path, ModulePlace.MASK)
                ? CorrectionImages.mask(path, ModulePlace.MASK, shape.rows(), shape.columns())
                : new boolean[shape.rows() * shape.columns()];
    }

    /**
     * As {@link #open}, for images that need not come straight from a detector: 8-bit signed and 64-bit numbers are read as f32,
     * rounded to its 24 bits.
     */
    public static FrameFile openNumbers(Path path, @Nullable String dataset) throws InputException {
        ImageStack stack = openStack(path, dataset);
        PixelFormat format = stack.shape().type().pixelFormat();
        return format == null ? new RoundedFrames(stack) : new StackFrames(stack, format);
    }

    /** Opens images of any sample type. */
    static ImageStack openStack(Path path, @Nullable String dataset) throws InputException {
        return openStack(MappedFile.open(path), dataset);
    }

    /** Likewise, out of bytes that are there; closes them with the stack, also when they are refused. */
    static ImageStack openStack(MappedFile bytes, @Nullable String dataset) throws InputException {
        MappedFile file = GzipFile.unpacked(bytes);
        try {
            return parse(file, dataset);
        } catch (InputException e) {
            file.close();
            throw e;
        } catch (InternalError e) {
            InputException changed = file.changed(e);
            file.close();
            throw changed;
        }
    }

    private static ImageStack parse(MappedFile file, @Nullable String dataset) throws InputException {
        if (hasHdf5Signature(file)) {
            return Hdf5File.open(file, dataset);
        }
        if (dataset != null) {
            throw new InputException(file.path(), "is no HDF5 file, so it has no datasets: dataset=" + dataset);
        }
        if (file.has(0, TIFF_LITTLE) || file.has(0, TIFF_BIG)) {
            return new TiffFile(file);
        }
        if (file.has(0, BIGTIFF_LITTLE) || file.has(0, BIGTIFF_BIG)) {
            throw new InputException(file.path(), "BigTIFF is not read; save it as classic TIFF or HDF5");
        }
        if (file.has(0, NUMPY)) {
            return NumpyFile.open(file);
        }
        if (file.has(0, '{') || file.has(0, '\n', '{')) {
            return EdfFile.open(file);
        }
        if (file.has(0, CBF)) {
            return CbfFile.open(file);
        }
        throw new InputException(file.path(), "unknown kind of file: it begins with " + firstBytes(file));
    }

    /** HDF5 may begin with a block of the user's own, of 512 bytes times a power of two. */
    static boolean hasHdf5Signature(MappedFile file) {
        if (file.has(0, HDF5)) {
            return true;
        }
        for (long at = 512; at < file.length(); at *= 2) {
            if (file.has(at, HDF5)) {
                return true;
            }
        }
        return false;
    }

    private static String firstBytes(MappedFile file) throws InputException {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < Math.min(8, file.length()); at++) {
            text.append(at == 0 ? "" : " ").append(Character.forDigit(file.u8(at) >> 4, 16));
            text.append(Character.forDigit(file.u8(at) & 15, 16));
        }
        return text.toString();
    }

    private record StackFrames(ImageStack stack, PixelFormat format) implements FrameFile {
        @Override
        public Path path() {
            return stack.path();
        }

        @Override
        public int frames() {
            return stack.shape().frames();
        }

        @Override
        public int rows() {
            return stack.shape().rows();
        }

        @Override
        public int columns() {
            return stack.shape().columns();
        }

        @Override
        public void read(int frame, MemorySegment into) throws InputException {
            stack.read(frame, into);
        }

        @Override
        public void close() {
            stack.close();
        }
    }
}
