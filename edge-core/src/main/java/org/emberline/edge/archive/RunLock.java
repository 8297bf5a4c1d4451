package org.emberline.edge.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * {@code run.lock}: there while a run is not closed in order, locked while a process writes it. The system unlocks it when the process dies,
 * however it dies.
 */
final class RunLock implements AutoCloseable {
    private static final String NAME = "run.lock";
    /** What the last words of a run on a full disk take. */
    private static final int RESERVE = 1 << 18;

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;

    private RunLock(Path file, FileChannel channel, FileLock lock) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    static Path of(RunFolder folder) {
        return folder.path().resolve(NAME);
    }

    /** Null when a process holds it. */
    @Nullable
    static RunLock take(RunFolder folder) throws IOException {
        Path file = of(folder);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new RunLock(file, channel, lock);
            }
        } catch (OverlappingFileLockException e) {
            // held within this process
        }
        channel.close();
        return null;
    }

    /** Has the file take some room of the disk until {@link #release}. */
    void reserve() throws IOException {
        ByteBuffer room = ByteBuffer.allocate(RESERVE);
        while (room.hasRemaining()) {
            var _ = channel.write(room);
        }
    }

    /** Gives the reserved room back. */
    void release() throws IOException {
        var _ = channel.truncate(0);
    }

    /** Gives it back and leaves the file: the run is not closed. */
    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }

    /** The run is closed in order. */
    void finish() throws IOException {
        Files.deleteIfExists(file);
        close();
    }
}
