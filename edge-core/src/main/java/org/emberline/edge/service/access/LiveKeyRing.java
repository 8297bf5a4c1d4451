package org.emberline.edge.service.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients of a folder as they are now: looked at again when the file has changed, at most once a second. A file that cannot be read any
 * more leaves those known before in force, and says so in the log. Any thread.
 */
public final class LiveKeyRing implements Supplier<KeyRing> {
    private static final Logger LOG = LoggerFactory.getLogger(LiveKeyRing.class);
    private static final long LOOK_NANOS = 1_000_000_000L;

    private final KeyFolder folder;
    private final LongSupplier nanoTime;
    private KeyRing ring;
    private long lookedNanos;
    private Object stamp;

    /**
     * Reads them for the first time.
     *
     * @param nanoTime monotonic clock
     * @throws IOException when they cannot be read
     */
    public LiveKeyRing(KeyFolder folder, LongSupplier nanoTime) throws IOException {
        this.folder = folder;
        this.nanoTime = nanoTime;
        stamp = stamp();
        ring = folder.read();
        lookedNanos = nanoTime.getAsLong();
    }

    @Override
    public synchronized KeyRing get() {
        long now = nanoTime.getAsLong();
        if (now - lookedNanos >= LOOK_NANOS) {
            lookedNanos = now;
            look();
        }
        return ring;
    }

    private void look() {
        try {
            Object current = stamp();
            if (!current.equals(stamp)) {
                stamp = current;
                ring = folder.read();
            }
        } catch (IOException e) {
            LOG.error("the clients stay those read before: {}", e.getMessage());
        }
    }

    /** A new file is put in the old one's place, so that its key (the inode) changes even within a tick of the clock. */
    private Object stamp() throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(folder.clientFile(), BasicFileAttributes.class);
        return List.of(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
    }
}
