package org.emberline.edge.archive;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.emberline.edge.frame.DetectorLayout;
import org.emberline.edge.frame.FrameCopy;
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
    /** Of a run that nobody said how it ended. */
    private static final String UNKNOWN_END = "ABORTED";

    /** Frames of one detector stored in a row: a source as quick as the disk would put the commit off for ever. */
    private static final int FRAMES_IN_A_ROW = 64;

    private static final long IDLE_PAUSE_NANOS = 2_000_000;
    /** What has been published for 200 ms is committed. */
    private static final long COMMIT_PERIOD_NANOS = 100_000_000;

    private static final long BOOKS_PERIOD_NANOS = 1_000_000_000;

    private final RunDatabase database;
    private final ArchiveSegments segments;
    private final RunLock lock;
    private final ArchiveRoom room;
    private final List<FrameQueue> frames = new ArrayList<>();
    private final ArchiveSignals signals = new ArchiveSignals();
    private final Thread writer = new Thread(this::write, "archive-writer");
    private volatile boolean closing;
    private volatile @Nullable String failure;
    private volatile String endReason = UNKNOWN_END;
    private volatile List<Supplier<Map<String, Long>>> books = List.of();
    private volatile Supplier<Map<String, String>> facts = Map::of;
    private volatile Consumer<String> onFailure = _ -> {};
    private volatile Consumer<RunEvent> onEvent = _ -> {};
    private volatile LongConsumer onRoom = _ -> {};
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

    private RunArchive(RunDatabase database, RunFolder folder, RunLock lock, Layout layout) {
        this.database = database;
        this.lock = lock;
        segments = new ArchiveSegments(folder, layout, database);
        room = new ArchiveRoom(folder, layout.limits());
        for (int i = 0; i < layout.detectors().size(); i++) {
            frames.add(new FrameQueue(
                    i,
                    layout.detectors().get(i),
                    layout.segments().imageSide(),
                    layout.limits().mayDrop()));
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
            lock.reserve();
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
        signals.reading(reading);
    }

    /** Takes a trigger; from one thread at a time. */
    public void trigger(Trigger trigger) {
        signals.trigger(trigger);
    }

    /** Takes an event; from any thread. */
    public void event(RunEvent event) {
        signals.event(event);
        onEvent.accept(event);
    }

    /** Why the run ends; before {@link #close}. */
    public void ending(String reason) {
        endReason = reason;
    }

    /** Where the books of each detector are to be read, about once a second and at the end, by the archive's thread. */
    public void books(List<Supplier<Map<String, Long>>> ofDetectors) {
        books = List.copyOf(ofDetectors);
    }

    /** Where facts that change while the run goes on are to be read, when the books are. */
    public void facts(Supplier<Map<String, String>> changing) {
        facts = changing;
    }

    /** Who is told of every event, those of the archive itself included, on the thread that has it. */
    public void onEvent(Consumer<RunEvent> listener) {
        onEvent = listener;
    }

    /** Who is told about once a second, while there is something to archive, how many bytes the disk has left; on the archive's thread. */
    public void onRoom(LongConsumer listener) {
        onRoom = listener;
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

    /** How often a part of a detector's frames was left out because the disk did not keep up. */
    public long droppedFrames(int detector, MayDrop part) {
        return frames.get(detector).droppedSoFar(part);
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
            boolean ending = closing; // no producer is left: what is not here now will not come
            watchDisk();
            boolean idle = !drain();
            last = ending && idle;
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
            if (idle && !ending) {
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
        onRoom.accept(room.freeBytes());
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
        for (Map.Entry<String, String> fact : facts.get().entrySet()) {
            database.fact(fact.getKey(), fact.getValue());
        }
    }

    /** Closes the run in order: all patterns in segments, the books as they ended, one file. What fails is left to the recovery. */
    private void finish() {
        boolean done = attempt(segments::finish) && attempt(this::storeBooks) && attempt(() -> end(endReason));
        segments.close();
        if (!done) {
            leaveWord();
        }
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

    private void end(String reason) throws SQLException {
        database.fact("end_reason", reason);
        database.fact("ended_ns", Long.toString(segments.latestNanos()));
    }

    /** How the run ended and how its books stand, if that can still be written; what else there is to close is left to the recovery. */
    private void leaveWord() {
        database.lastWords(() -> {
            storeBooks();
            end(ArchiveRoom.endReason(String.valueOf(failure)));
        });
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
        for (FrameQueue queue : frames) {
            any |= drain(queue);
        }
        uncommittedRows += signals.drain(database, insertion -> attempt(insertion::run));
        return any || uncommittedRows > before;
    }

    private boolean drain(FrameQueue queue) {
        boolean any = false;
        FrameCopy frame;
        for (int i = 0; i < FRAMES_IN_A_ROW && (frame = queue.ring.peek()) != null; i++) {
            FrameCopy row = frame;
            boolean image = !row.maps.isEmpty();
            boolean content = image ? row.hasMaps() && queue.keeps(MayDrop.PREVIEWS) : queue.keeps(MayDrop.PATTERNS);
            boolean maps = row.completesMap() && queue.keeps(MayDrop.MAPS);
            if (attempt(() -> database.insert(queue.detector, row, content, maps))) {
                queue.inserted(row, content || maps);
                uncommittedRows++;
            } else {
                queue.failed.incrementAndGet();
            }
            queue.ring.release();
            any = true;
        }
        return any;
    }

    private void commit() {
        boolean kept = attempt(database::commit);
        for (FrameQueue queue : frames) {
            if (kept && queue.unsegmented > 0) {
                segments.committed(queue.detector, queue.unsegmented, queue.lastNanos);
            }
            queue.settle(kept);
        }
        uncommittedRows = 0;
        if (kept) {
            String trouble = segments.list();
            if (trouble != null) {
                event(new RunEvent(segments.latestNanos(), "SEGMENT_FAILED", trouble));
            }
        }
    }

    /** Tells when the disk falls behind, and when it has caught up. */
    private void watchDisk() {
        for (FrameQueue queue : frames) {
            if (queue.turned()) {
                String kind = queue.behind() ? "ARCHIVE_BEHIND" : "ARCHIVE_CAUGHT_UP";
                event(new RunEvent(segments.latestNanos(), kind, queue.account()));
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
            segments.close(); // what it has under way would take the room that is kept for the last words
            releaseReserve();
            RunEvent event = new RunEvent(segments.latestNanos(), "ARCHIVE_FAILED", reason);
            database.lastWords(() -> {
                database.insert(event);
                end(ArchiveRoom.endReason(reason));
            });
            onEvent.accept(event);
            onFailure.accept(reason);
            return false;
        }
    }

    private void releaseReserve() {
        try {
            lock.release();
        } catch (IOException e) {
            // Then the last words may find no room.
        }
    }

    @FunctionalInterface
    private interface DatabaseStep {
        void run() throws SQLException, IOException;
    }
}
