package org.emberline.firmware.csv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows a file that another program appends to. A line counts when its end is written. When the file is cut short, or another file takes
 * its name (after what is left of the old one has been read), it begins anew. A file that was cut short and has outgrown its old
 * length before anyone looked passes for one that grew. One thread.
 */
final class FileTail implements AutoCloseable {
    private static final int CHUNK = 1 << 16;
    private static final int LONGEST_LINE = 1 << 16;

    private final Path path;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private @Nullable FileChannel channel;
    private @Nullable Object key;
    private long position;

    /** Takes what is found, in the order of the file. */
    interface Listener {
        /** Another file, or the same from its begin. Also called for the first. */
        void begins();

        /** A complete line, without its end. */
        void line(String text);

        /** A line longer than can be: it is passed over. */
        void tooLong();
    }

    FileTail(Path path) {
        this.path = path;
    }

    /**
     * Reads what has been added.
     *
     * @return the date of the file, milliseconds since the epoch; -1 when there is none
     * @throws IOException naming the file
     */
    long poll(Listener listener) throws IOException {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            FileChannel open = channel;
            if (open != null && !Objects.equals(key, now.fileKey())) {
                read(open, listener);
                close();
            } else if (open != null && open.size() < position) {
                close();
            }
            if (channel == null) {
                open(now, listener);
            }
            read(Objects.requireNonNull(channel), listener);
            return Files.getLastModifiedTime(path).toMillis();
        } catch (NoSuchFileException e) {
            return -1; // between two files of a rotation, or not yet begun
        } catch (IOException e) {
            close();
            throw new IOException(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private void open(BasicFileAttributes attributes, Listener listener) throws IOException {
        channel = FileChannel.open(path, StandardOpenOption.READ);
        key = attributes.fileKey();
        position = 0;
        partial.reset();
        listener.begins();
    }

    private void read(FileChannel open, Listener listener) throws IOException {
        while (true) {
            chunk.clear();
            int count = open.read(chunk, position);
            if (count <= 0) {
                return;
            }
            position += count;
            split(chunk.array(), count, listener);
        }
    }

    private void split(byte[] bytes, int count, Listener listener) {
        int from = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                partial.write(bytes, from, i - from);
                from = i + 1;
                end(listener);
            }
        }
        partial.write(bytes, from, count - from);
        if (partial.size() > 2 * LONGEST_LINE) {
            // Keeps no more of it than shows that it is too long.
            byte[] head = partial.toByteArray();
            partial.reset();
            partial.write(head, 0, LONGEST_LINE + 1);
        }
    }

    private void end(Listener listener) {
        if (partial.size() > LONGEST_LINE) {
            listener.tooLong();
        } else {
            String line = partial.toString(StandardCharsets.UTF_8);
            listener.line(line.startsWith("\uFEFF") ? line.substring(1) : line);
        }
        partial.reset();
    }

    /** The next poll begins anew. */
    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
