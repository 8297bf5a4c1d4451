package org.emberline.edge.archive;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emberline.edge.archive.Rows.ReadingRow;
import org.emberline.edge.archive.Rows.TriggerRow;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameCopy;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * The archive of one run. Frames come from the archive stage of each detector, readings and triggers from the firmware's threads (one
 * at a time each); a thread of its own commits them to the database in batches. When the database fails, the first text is kept, everything after it
 * is counted as not archived, and the run goes on.
 */
public final class RunArchive implements AutoCloseable {
    /** Maps of radiographs are kept with at most so many rows and columns. */
    private static final int LARGEST_SIDE = 128;

    /** Of a run that nobody said how it ended. */
    private static final String UNKNOWN_END = "ABORTED";

    private static final int FRAME_ROWS = 64;
    private static final int SIGNAL_ROWS = 8192;
    private static final long IDLE_PAUSE_NANOS = 2_000_000;
    /** What has been published for 200 ms is committed. */
    private static final long COMMIT_PERIOD_NANOS = 100_000_000;

    private static final long BOOKS_PERIOD_NANOS = 1_000_000_000;

    private final RunDatabase database;
    private final ArchiveSegments segments;
    private final RunLock lock;
    private final ArchiveRoom room;
    private final List<FrameRows> frames = new ArrayList<>();
    private final RowRing<ReadingRow> readings = new RowRing<>(SIGNAL_ROWS, ReadingRow::new);
    private final RowRing<TriggerRow> triggers = new RowRing<>(SIGNAL_ROWS, TriggerRow::new);
    private final Queue<RunEvent> events = new ConcurrentLinkedQueue<>();
    private final Thread writer = new Thread(this::write, "archive-writer");
    private volatile boolean closing;
    private volatile @Nullable String failure;
    private volatile String endReason = UNKNOWN_END;
    private volatile List<Supplier<Map<String, Long>>> books = List.of();
    private volatile Consumer<String> onFailure = _ -> {};
    private long uncommittedRows;

    /**
     * What fixes the shape of the archive.
     *
     * @param runId name of the run
     * @param startedNanos begin of the run, nanoseconds since the Unix epoch
     * @param detectors at least one; their numbers in the archive are those of this list
     * @param channels thermocouple channels in the order of their indices
     * @param facts what else is known of the run, for the table {@code run}
     * @param segments when patterns leave the database
     * @param limits how much the run may take
     */
    public record Layout(
            String runId,
            long startedNanos,
            List<DetectorLayout> detectors,
            List<String> channels,
            Map<String, String> facts,
            SegmentSettings segments,
            ArchiveLimits limits) {

        /** Of a run of which nothing else is known, and that may take what there is. */
        public Layout(String runId, long startedNanos, List<DetectorLayout> detectors, List<String> channels) {
            this(runId, startedNanos, detectors, channels, Map.of(), SegmentSettings.USUAL, ArchiveLimits.NONE);
        }
    }

    /** What stands between the archive stage of one detector and the writer. */
    private static final class FrameRows implements Stage {
        final int detector;
        final RowRing<FrameCopy> ring;
        final AtomicLong committed = new AtomicLong();
        final AtomicLong failed = new AtomicLong();
        final boolean patterns;
        long uncommitted;
        long lastNanos;

        FrameRows(int detector, DetectorLayout layout) {
            this.detector = detector;
            patterns = layout.result() instanceof DetectorLayout.Patterns;
            ring = new RowRing<>(FRAME_ROWS, layout.copies(LARGEST_SIDE));
        }

        @Override
        public void process(FrameSlot slot) {
            ring.claim().take(slot);
            ring.publish();
        }
    }

    private RunArchive(RunDatabase database, RunFolder folder, RunLock lock, Layout layout) {
        this.database = database;
        this.lock = lock;
        segments = new ArchiveSegments(folder, layout, database);
        room = new ArchiveRoom(folder, layout.limits());
        for (int i = 0; i < layout.detectors().size(); i++) {
            frames.add(new FrameRows(i, layout.detectors().get(i)));
        }
        writer.setDaemon(true);
    }

    /**
     * Makes {@code run.sqlite} and starts the writer.
     *
     * @throws IOException naming the database, when it cannot be made
     */
    public static RunArchive create(RunFolder folder, Layout layout) throws IOException {
        RunLock lock = RunLock.take(folder);
        if (lock == null) {
            throw new IOException(folder.path() + ": another process writes this run");
        }
        try {
            RunArchive archive = new RunArchive(RunDatabase.create(folder.database(), layout), folder, lock, layout);
            archive.writer.start();
            return archive;
        } catch (SQLException e) {
            lock.finish();
            throw new IOException(folder.database() + ": the database cannot be made (" + e.getMessage() + ")", e);
        }
    }

    /**
     * Takes the measured frames of one detector, on its archive stage's thread; waits only when the disk is a whole ring of frames behind.
     *
     * @param detector number in the layout
     */
    public Stage stage(int detector) {
        return frames.get(detector);
    }

    /** Takes a reading; from one thread at a time. */
    public void reading(ThermocoupleReading reading) {
        ReadingRow row = readings.claim();
        row.channel = reading.channel();
        row.timestampNanos = reading.timestampNanos();
        switch (reading) {
            case ThermocoupleReading.Temperature t -> {
                row.celsius = t.hotJunctionCelsius();
                row.sigma = t.sigmaCelsius();
                row.fault = null;
            }
            case ThermocoupleReading.Fault f -> {
                row.celsius = Double.NaN;
                row.sigma = Double.NaN;
                row.fault = f.kind().name();
            }
        }
        readings.publish();
    }

    /** Takes a trigger; from one thread at a time. */
    public void trigger(Trigger trigger) {
        TriggerRow row = triggers.claim();
        row.index = trigger.index();
        row.timestampNanos = trigger.timestampNanos();
        triggers.publish();
    }

    /** Takes an event; from any thread. */
    public void event(RunEvent event) {
        events.add(event);
    }

    /** Why the run ends; before {@link #close}. */
    public void ending(String reason) {
        endReason = reason;
    }

    /** Where the books of each detector are to be read, about once a second and at the end, by the archive's thread. */
    public void books(List<Supplier<Map<String, Long>>> ofDetectors) {
        books = List.copyOf(ofDetectors);
    }

    /** Who is told, once and on the archive's thread, that and why nothing more is archived. */
    public void onFailure(Consumer<String> listener) {
        onFailure = listener;
    }

    /** Frames of a detector committed so far. */
    public long committedFrames(int detector) {
        return frames.get(detector).committed.get();
    }

    /** Frames of a detector that the database refused. */
    public long failedFrames(int detector) {
        return frames.get(detector).failed.get();
    }

    /** The first failure of the database in words, or null. */
    public @Nullable String failure() {
        return failure;
    }

    /** Commits what is still in the rings and closes the database. After the last producer has ended; idempotent. */
    @Override
    public void close() {
        closing = true;
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        long lastCommit = System.nanoTime();
        long lastBooks = lastCommit;
        boolean last;
        do {
            last = closing;
            boolean idle = !drain();
            long now = System.nanoTime();
            if (uncommittedRows > 0 && (last || now - lastCommit > COMMIT_PERIOD_NANOS)) {
                long before = lastBooks;
                lastBooks = keepBooks(now, lastBooks);
                commit();
                lastCommit = now;
                if (lastBooks > before) {
                    var _ = attempt(this::requireRoom); // after the commit: nothing is under way that could be lost
                }
            }
            if (idle && !last) {
                LockSupport.parkNanos(IDLE_PAUSE_NANOS);
            }
        } while (!last);
        finish();
    }

    private long keepBooks(long now, long lastBooks) {
        if (now - lastBooks < BOOKS_PERIOD_NANOS) {
            return lastBooks;
        }
        var _ = attempt(this::storeBooks);
        return now;
    }

    private void requireRoom() throws IOException {
        String full = room.full(segments.bytes());
        if (full != null) {
            throw new IOException(full);
        }
    }

    private void storeBooks() throws SQLException {
        List<Supplier<Map<String, Long>>> all = books;
        for (int detector = 0; detector < all.size(); detector++) {
            database.books(detector, all.get(detector).get());
        }
    }

    /** Closes the run in order: all patterns in segments, the books as they ended, one file. What fails is left to the recovery. */
    private void finish() {
        boolean done = attempt(segments::finish)
                && attempt(this::storeBooks)
                && attempt(() -> {
                    database.fact("end_reason", endReason);
                    database.fact("ended_ns", Long.toString(segments.latestNanos()));
                });
        segments.close();
        boolean closed = closeDatabase();
        try {
            if (done && closed) {
                lock.finish();
            } else {
                lock.close();
            }
        } catch (IOException e) {
            failure = failure == null ? String.valueOf(e.getMessage()) : failure;
        }
    }

    private boolean closeDatabase() {
        try {
            database.close();
            return true;
        } catch (SQLException e) {
            failure = failure == null ? String.valueOf(e.getMessage()) : failure;
            return false;
        }
    }

    /** Stores all rows at hand; answers whether there were any. */
    private boolean drain() {
        long before = uncommittedRows;
        boolean any = false;
        uncommittedRows += attempt(segments::record) ? segments.recordedNow() : 0;
        for (FrameRows rows : frames) {
            any |= drain(rows);
        }
        ReadingRow reading;
        while ((reading = readings.peek()) != null) {
            ReadingRow row = reading;
            uncommittedRows += attempt(() -> database.insert(row)) ? 1 : 0;
            readings.release();
        }
        TriggerRow trigger;
        while ((trigger = triggers.peek()) != null) {
            TriggerRow row = trigger;
            uncommittedRows += attempt(() -> database.insert(row)) ? 1 : 0;
            triggers.release();
        }
        RunEvent event;
        while ((event = events.poll()) != null) {
            RunEvent row = event;
            uncommittedRows += attempt(() -> database.insert(row)) ? 1 : 0;
        }
        return any || uncommittedRows > before;
    }

    /** No more than a ring of them: a source as quick as the disk would put the commit off for ever. */
    private boolean drain(FrameRows rows) {
        boolean any = false;
        FrameCopy frame;
        for (int i = 0; i < FRAME_ROWS && (frame = rows.ring.peek()) != null; i++) {
            FrameCopy row = frame;
            if (attempt(() -> database.insert(rows.detector, row))) {
                rows.lastNanos = row.stopNanos;
                rows.uncommitted++;
                uncommittedRows++;
            } else {
                rows.failed.incrementAndGet();
            }
            rows.ring.release();
            any = true;
        }
        return any;
    }

    private void commit() {
        boolean kept = attempt(database::commit);
        for (FrameRows rows : frames) {
            (kept ? rows.committed : rows.failed).addAndGet(rows.uncommitted);
            if (kept && rows.patterns && rows.uncommitted > 0) {
                segments.committed(rows.detector, rows.uncommitted, rows.lastNanos);
            }
            rows.uncommitted = 0;
        }
        uncommittedRows = 0;
        if (kept) {
            String trouble = segments.list();
            if (trouble != null) {
                event(new RunEvent(segments.latestNanos(), "SEGMENT_FAILED", trouble));
            }
        }
    }

    /** Runs one database step unless an earlier one failed: after a full disk nothing more is tried. */
    private boolean attempt(DatabaseStep step) {
        if (failure != null) {
            return false;
        }
        try {
            step.run();
            return true;
        } catch (SQLException | IOException | RuntimeException e) {
            // Whatever it was: a writer that died would leave the frame path waiting for ever.
            String reason = ArchiveRoom.worded(String.valueOf(e.getMessage()));
            failure = reason;
            database.abandon(new RunEvent(segments.latestNanos(), "ARCHIVE_FAILED", reason));
            onFailure.accept(reason);
            return false;
        }
    }

    @FunctionalInterface
    private interface DatabaseStep {
        void run() throws SQLException, IOException;
    }
}
