package org.emberline.edge.acquire;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * HDF5 by jHDF: finds the dataset and hands it to {@link RawStack} or {@link Hdf5ChunkedStack}; a master file to {@link EigerMaster}. jHDF reads a file of up to 2 GiB
 * out of our mapping, so that no length in a hostile header can reach beyond the file; a larger one it opens by itself.
 */
final class Hdf5File {
    /** What jHDF calls an address that was never given. */
    private static final long NEVER_WRITTEN = -1;

    private Hdf5File() {}

    /** A step through jHDF, which says what is wrong with a file by unchecked exceptions of many kinds. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws InputException;
    }

    /**
     * Turns whatever jHDF throws over a damaged file into an error that names the file. Deep or endless structures end in a stack
     * overflow, lying lengths in a failed allocation: both belong to the file and leave nothing behind.
     *
     * @param what the part of the file that is read
     */
    static <T> T guarded(MappedFile file, String what, Step<T> step) throws InputException {
        try {
            return step.run();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new InputException(
                    file.path(), "damaged or unread HDF5, " + what + ": " + InputException.quote(e.toString()), e);
        } catch (InternalError e) {
            throw file.changed(e);
        }
    }

    static ImageStack open(MappedFile file, @Nullable String datasetPath) throws InputException {
        HdfFile hdf = guarded(file, "its root", () -> openHdf(file));
        try {
            return guarded(file, "its datasets", () -> stack(file, hdf, datasetPath));
        } catch (InputException e) {
            hdf.close();
            throw e;
        }
    }

    /** Whether the file has a dataset of that name. */
    static boolean has(Path path, String dataset) throws InputException {
        try (MappedFile file = MappedFile.open(path)) {
            return guarded(file, dataset, () -> {
                try (HdfFile hdf = openHdf(file)) {
                    return new Hdf5Search(path, hdf).has(dataset);
                }
            });
        }
    }

    static HdfFile openHdf(MappedFile file) {
        Hdf5Filters.register();
        return file.length() <= Integer.MAX_VALUE
                ? HdfFile.fromByteBuffer(file.bytes().asByteBuffer())
                : new HdfFile(file.path());
    }

    private static ImageStack stack(MappedFile file, HdfFile hdf, @Nullable String datasetPath) throws InputException {
        ImageStack series = datasetPath == null ? EigerMaster.open(file, hdf) : null;
        if (series != null) {
            hdf.close();
            file.close();
            return series;
        }
        Hdf5Search search = new Hdf5Search(file.path(), hdf);
        Dataset dataset = datasetPath == null ? search.only() : search.named(datasetPath);
        ImageStack.Shape shape = Hdf5Search.shape(dataset);
        if (shape == null) {
            throw new InputException(file.path(), dataset.getPath() + " is no image: " + Hdf5Search.describe(dataset));
        }
        ByteOrder order = Hdf5Search.byteOrder(dataset.getDataType());
        return switch (dataset) {
            case ContiguousDataset contiguous -> {
                if (contiguous.getDataAddress() == NEVER_WRITTEN) {
                    throw new InputException(file.path(), dataset.getPath() + " was never written");
                }
                RawStack raw = new RawStack(file, shape, order, hdf.getUserBlockSize() + contiguous.getDataAddress());
                hdf.close();
                yield raw;
            }
            case ChunkedDataset chunked -> new Hdf5ChunkedStack(file, hdf, chunked, shape, order);
            default ->
                throw new InputException(
                        file.path(), dataset.getPath() + " has an unread layout: " + dataset.getDataLayout());
        };
    }
}
