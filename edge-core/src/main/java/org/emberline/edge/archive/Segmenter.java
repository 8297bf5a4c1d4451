package org.emberline.edge.archive;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes segments on a thread of its own, from a connection of its own, so that neither the frame path nor the commits wait for HDF5. The
 * archive's writer asks for a segment, and takes it into the tables when it is there. A file that cannot be written is told once; its
 * patterns stay in the database, and no more is tried until the run ends.
 *
 * <p>Memory: the patterns of one segment twice, some 25 MB for 1000 frames of 1000 bins.
 */
final class Segmenter implements AutoCloseable {
    private final RunFolder folder;
    private final SegmentSettings settings;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread writer = new Thread(task, "segment-writer");
        writer.setDaemon(true);
        return writer;
    });
    private final Queue<Segment> done = new ConcurrentLinkedQueue<>();
    private final long[] waiting;
    private final long[] oldestTick;
    private final boolean[] busy;
    private @Nullable Connection connection;
    private @Nullable SegmentBuilder builder;
    private volatile @Nullable String failure;

    Segmenter(RunFolder folder, SegmentSettings settings, int detectors) {
        this.folder = folder;
        this.settings = settings;
        waiting = new long[detectors];
        oldestTick = new long[detectors];
        busy = new boolean[detectors];
    }

    /**
     * More patterns of a detector are committed. Archive's writer only, as all that follows.
     *
     * @param tick now, nanoseconds of any clock that is never set
     */
    void committed(int detector, long patterns, long tick) {
        if (waiting[detector] == 0) {
            oldestTick[detector] = tick;
        }
        waiting[detector] += patterns;
        double seconds = (tick - oldestTick[detector]) / 1e9;
        boolean full = waiting[detector] >= settings.frames() || seconds >= settings.seconds();
        if (full && waiting[detector] > 0 && !busy[detector] && failure == null) {
            busy[detector] = true;
            thread.execute(() -> write(detector));
        }
    }

    /** A segment that is written and has to be recorded; null when there is none. What came since counts as if it came now. */
    @Nullable
    Segment poll(long tick) {
        Segment segment = done.poll();
        if (segment != null) {
            int detector = segment.detector();
            busy[detector] = false;
            waiting[detector] -= segment.frames();
            oldestTick[detector] = tick;
        }
        return segment;
    }

    /** Why no segment is written any more; null while all goes well. */
    @Nullable
    String failure() {
        return failure;
    }

    private void write(int detector) {
        try {
            builder().next(detector, settings.frames()).ifPresent(done::add);
        } catch (IOException | SQLException | RuntimeException e) {
            failure = String.valueOf(e.getMessage()); // the patterns are in the database still
        }
    }

    private SegmentBuilder builder() throws SQLException {
        SegmentBuilder made = builder;
        if (made == null) {
            Connection opened = DriverManager.getConnection("jdbc:sqlite:" + folder.database());
            connection = opened;
            made = new SegmentBuilder(folder, opened);
            builder = made;
        }
        return made;
    }

    /** Waits for the segment that is being written, if any, and ends the thread and its connection. */
    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = thread.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            failure = String.valueOf(e.getMessage());
        }
    }
}
