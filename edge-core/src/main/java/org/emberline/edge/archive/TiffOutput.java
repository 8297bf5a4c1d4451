package org.emberline.edge.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Images as the pages of a TIFF file, little end first: TIFF 6.0 up to 4 GiB, BigTIFF (the libtiff project) beyond. All pages have the
 * same length, each a directory and then the pixels in one strip, so that the place of every page is known beforehand and nothing is
 * written twice.
 */
final class TiffOutput implements ImageOutput {
    /** The largest place in a file that 32 bits can say. */
    private static final long CLASSIC_LIMIT = 0xffff_ffffL;

    private static final int PIECE = 1 << 20;

    private final Path file;
    private final PartFile part;
    private final Contents contents;
    private final TiffPageHeader page;
    private final FileChannel channel;
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE).order(ByteOrder.LITTLE_ENDIAN);
    private int written;

    TiffOutput(Path file, Contents contents) throws IOException {
        this(file, contents, CLASSIC_LIMIT);
    }

    /** @param classicLimit largest length of a file that is not made a BigTIFF, bytes */
    TiffOutput(Path file, Contents contents, long classicLimit) throws IOException {
        this.file = file;
        this.contents = contents;
        part = new PartFile(file);
        TiffPageHeader classic = new TiffPageHeader(contents, false);
        page = classic.fileBytes() <= classicLimit ? classic : new TiffPageHeader(contents, true);
        try {
            channel = FileChannel.open(
                    part.path(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failure(e);
        }
        piece.put(page.fileHeader());
    }

    @Override
    public void add(float[] image) throws IOException {
        try {
            put(page.header(written++));
            put(image);
            put(new byte[page.padding()]);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void put(byte[] bytes) throws IOException {
        if (piece.remaining() < bytes.length) {
            flush();
        }
        piece.put(bytes);
    }

    private void put(float[] values) throws IOException {
        for (int at = 0; at < values.length; ) {
            if (piece.remaining() < Float.BYTES) {
                flush();
            }
            int count = Math.min(values.length - at, piece.remaining() / Float.BYTES);
            piece.asFloatBuffer().put(values, at, count);
            piece.position(piece.position() + count * Float.BYTES);
            at += count;
        }
    }

    private void flush() throws IOException {
        piece.flip();
        while (piece.hasRemaining()) {
            channel.write(piece);
        }
        piece.clear();
    }

    @Override
    public void commit() throws IOException {
        if (written != contents.images()) {
            throw new IllegalStateException("images are missing: " + written + " of " + contents.images());
        }
        try {
            flush();
            channel.close();
            part.commit();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private IOException failure(IOException e) {
        return new IOException(file + ": cannot be written (" + e.getMessage() + ")", e);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        part.discard();
    }
}
