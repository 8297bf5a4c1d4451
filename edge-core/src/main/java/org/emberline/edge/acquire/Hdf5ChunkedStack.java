package org.emberline.edge.acquire;

import io.jhdf.HdfFile;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.filter.PipelineFilterWithData;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.emberline.gpu.bslz4.Bitshuffle;
import org.emberline.gpu.bslz4.CorruptChunkException;
import org.jspecify.annotations.Nullable;

/**
 * Images of a chunked, usually compressed dataset. Each read decodes the chunks of one image and allocates what they hold; a chunk
 * that spans several images is decoded for each of them. A chunk that was never written has no pixels, so its images cannot be
 * read: HDF5's fill value is not taken for a measurement.
 */
final class Hdf5ChunkedStack implements ImageStack {
    /** The best that deflate can do, and more than the other filters can: a header that claims more is lying. */
    private static final long LARGEST_EXPANSION = 1032;

    private final MappedFile file;
    private final HdfFile hdf;
    private final ChunkedDataset dataset;
    private final Shape shape;
    private final ByteOrder order;
    private final boolean threeDimensions;
    private final int chunkFrames;
    private final int chunkRows;
    private final int chunkColumns;
    private final @Nullable Bitshuffle bitshuffle;

    Hdf5ChunkedStack(MappedFile file, HdfFile hdf, ChunkedDataset dataset, Shape shape, ByteOrder order)
            throws InputException {
        this.file = file;
        this.hdf = hdf;
        this.dataset = dataset;
        this.shape = shape;
        this.order = order;
        int[] chunk = dataset.getChunkDimensions();
        int rank = dataset.getDimensions().length;
        threeDimensions = rank == 3;
        if (chunk.length != rank) {
            throw new InputException(
                    file.path(),
                    dataset.getPath() + " has chunks of " + chunk.length + " dimensions instead of " + rank);
        }
        chunkFrames = threeDimensions ? chunk[0] : 1;
        chunkRows = chunk[rank - 2];
        chunkColumns = chunk[rank - 1];
        checkSizes();
        bitshuffle = bitshuffle();
    }

    private void checkSizes() throws InputException {
        long limit = Math.min(Integer.MAX_VALUE, file.length() * LARGEST_EXPANSION);
        long pixels = limit / shape.type().bytes();
        if (shape.rows() > pixels / shape.columns()) {
            throw new InputException(
                    file.path(),
                    dataset.getPath() + " claims more than the file can hold: " + shape + ", file ends at "
                            + file.length());
        }
        boolean positive = chunkFrames > 0 && chunkRows > 0 && chunkColumns > 0;
        if (!positive || chunkFrames > pixels / chunkRows / chunkColumns) {
            throw new InputException(
                    file.path(),
                    dataset.getPath() + " has impossible chunks: " + chunkFrames + "x" + chunkRows + "x"
                            + chunkColumns);
        }
    }

    @Override
    public Path path() {
        return file.path();
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public void read(int frame, MemorySegment into) throws InputException {
        shape.check(frame, into);
        for (int row = 0; row < shape.rows(); row += chunkRows) {
            for (int column = 0; column < shape.columns(); column += chunkColumns) {
                copyChunk(frame, row, column, into);
            }
        }
        file.checkLength();
        ByteSwap.toLittleEndian(order, into, shape.frameBytes(), shape.type().bytes());
    }

    private void copyChunk(int frame, int firstRow, int firstColumn, MemorySegment into) throws InputException {
        int inChunk = frame % chunkFrames;
        byte[] chunk = decode(frame - inChunk, firstRow, firstColumn);
        int sample = shape.type().bytes();
        int rows = Math.min(chunkRows, shape.rows() - firstRow);
        int bytes = Math.min(chunkColumns, shape.columns() - firstColumn) * sample;
        for (int row = 0; row < rows; row++) {
            int from = (inChunk * chunkRows + row) * chunkColumns * sample;
            long to = (firstRow + row) * shape.rowBytes() + (long) firstColumn * sample;
            MemorySegment.copy(chunk, from, into, ValueLayout.JAVA_BYTE, to, bytes);
        }
    }

    private byte[] decode(int frame, int row, int column) throws InputException {
        int[] origin = threeDimensions ? new int[] {frame, row, column} : new int[] {row, column};
        String what = dataset.getPath() + " chunk at " + Arrays.toString(origin);
        int needed = chunkFrames * chunkRows * chunkColumns * shape.type().bytes();
        byte[] chunk = Hdf5File.guarded(file, what, () -> decode(origin, needed, what));
        if (chunk.length < needed) {
            throw new InputException(file.path(), what + " is short: bytes=" + chunk.length + " needed=" + needed);
        }
        return chunk;
    }

    private byte[] decode(int[] origin, int needed, String what) throws InputException {
        if (bitshuffle == null) {
            return dataset.getDecompressedChunk(origin);
        }
        try {
            return bitshuffle.decode(MemorySegment.ofBuffer(dataset.getRawChunkBuffer(origin)), needed);
        } catch (CorruptChunkException e) {
            throw new InputException(file.path(), what + ": " + e.getMessage(), e);
        }
    }

    /** The decoder of a dataset whose only filter is bitshuffle, or null when the chunks go through {@link Hdf5Filters} and jHDF's own. */
    private @Nullable Bitshuffle bitshuffle() throws InputException {
        List<PipelineFilterWithData> filters = dataset.getFilters();
        for (PipelineFilterWithData filter : filters) {
            if (filter.getId() != Hdf5Filters.BITSHUFFLE) {
                continue;
            }
            int[] parameters = Arrays.copyOf(filter.getFilterData(), 5);
            boolean lz4 = parameters[4] == Hdf5Filters.BITSHUFFLE_LZ4;
            if ((!lz4 && parameters[4] != Hdf5Filters.BITSHUFFLE_PLAIN) || parameters[2] < 1) {
                throw new InputException(file.path(), dataset.getPath() + " has unread filters: " + filters);
            }
            if (filters.size() == 1) {
                return new Bitshuffle(parameters[2], parameters[3], lz4);
            }
        }
        return null;
    }

    @Override
    public void close() {
        hdf.close();
        file.close();
    }
}
