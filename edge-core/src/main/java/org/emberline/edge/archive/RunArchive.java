package org.emberline.edge.archive;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.emberline.edge.archive.Rows.ReadingRow;
import org.emberline.edge.archive.Rows.TriggerRow;
import org.emberline.edge.frame.FrameCopy;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.frame.Stage;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.Trigger;
import org.emberline.gpu.RadialAxis;
import org.jspecify.annotations.Nullable;

/**
 * The archive of one run. Frames come from the archive stage, readings and triggers from the firmware's threads (one each); a
 * thread of its own commits them to the database in batches. When the database fails, the first text is kept, everything after it
 * is counted as not archived, and the run goes on.
 */
public final class RunArchive implements Stage, AutoCloseable {
    private static final int FRAME_ROWS = 64;
    private static final int SIGNAL_ROWS = 8192;
    private static final long IDLE_PAUSE_NANOS = 2_000_000;
    private static final long COMMIT_PERIOD_NANOS = 250_000_000;

    private final RunDatabase database;
    private final RowRing<FrameCopy> frames;
    private final RowRing<ReadingRow> readings = new RowRing<>(SIGNAL_ROWS, ReadingRow::new);
    private final RowRing<TriggerRow> triggers = new RowRing<>(SIGNAL_ROWS, TriggerRow::new);
    private final Queue<RunEvent> events = new ConcurrentLinkedQueue<>();
    private final AtomicLong committedFrames = new AtomicLong();
    private final AtomicLong failedFrames = new AtomicLong();
    private final Thread writer = new Thread(this::write, "archive-writer");
    private volatile boolean closing;
    private volatile @Nullable String failure;
    private long uncommittedFrames;
    private long uncommittedRows;

    /**
     * What fixes the shape of the archive.
     *
     * @param runId name of the run
     * @param startedNanos begin of the run, nanoseconds since the Unix epoch
     * @param backend backend and device of the reduction, in words
     * @param detector detector name
     * @param axis radial bins of the stored patterns
     * @param metrics names in slot order
     * @param units SenML units in slot order
     */
    public record Layout(
            String runId,
            long startedNanos,
            String backend,
            String detector,
            RadialAxis axis,
            List<String> metrics,
            List<String> units,
            List<String> channels) {}

    private RunArchive(RunDatabase database, Layout layout) {
        this.database = database;
        frames = new RowRing<>(
                FRAME_ROWS,
                () -> new FrameCopy(layout.axis().bins(), layout.metrics().size()));
        writer.setDaemon(true);
    }

    /**
     * Makes {@code run.sqlite} and starts the writer.
     *
     * @throws IOException naming the database, when it cannot be made
     */
    public static RunArchive create(RunFolder folder, Layout layout) throws IOException {
        try {
            RunArchive archive = new RunArchive(RunDatabase.create(folder.database(), layout), layout);
            archive.writer.start();
            return archive;
        } catch (SQLException e) {
            throw new IOException(folder.database() + ": the database cannot be made (" + e.getMessage() + ")", e);
        }
    }

    /** Takes a measured frame; waits only when the disk is a whole ring of frames behind. */
    @Override
    public void process(FrameSlot slot) {
        frames.claim().take(slot);
        frames.publish();
    }

    /** Takes a reading; from the thermocouples' thread only. */
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

    /** Takes a trigger; from the trigger line's thread only. */
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

    /** Frames committed so far. */
    public long committedFrames() {
        return committedFrames.get();
    }

    /** Frames that the database refused. */
    public long failedFrames() {
        return failedFrames.get();
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
        boolean last;
        do {
            last = closing;
            boolean idle = !drain();
            if (uncommittedRows > 0 && (last || System.nanoTime() - lastCommit > COMMIT_PERIOD_NANOS)) {
                commit();
                lastCommit = System.nanoTime();
            }
            if (idle && !last) {
                LockSupport.parkNanos(IDLE_PAUSE_NANOS);
            }
        } while (!last);
        attempt(database::close);
    }

    /** Stores all rows at hand; answers whether there were any. */
    private boolean drain() {
        long before = uncommittedRows + failedFrames.get();
        FrameCopy frame;
        while ((frame = frames.peek()) != null) {
            FrameCopy row = frame;
            if (attempt(() -> database.insert(row))) {
                uncommittedFrames++;
                uncommittedRows++;
            } else {
                failedFrames.incrementAndGet();
            }
            frames.release();
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
        return uncommittedRows + failedFrames.get() > before;
    }

    private void commit() {
        if (attempt(database::commit)) {
            committedFrames.addAndGet(uncommittedFrames);
        } else {
            failedFrames.addAndGet(uncommittedFrames);
        }
        uncommittedFrames = 0;
        uncommittedRows = 0;
    }

    /** Runs one database step unless an earlier one failed: after a full disk nothing more is tried. */
    private boolean attempt(DatabaseStep step) {
        if (failure != null) {
            return false;
        }
        try {
            step.run();
            return true;
        } catch (SQLException e) {
            failure = String.valueOf(e.getMessage());
            return false;
        }
    }

    @FunctionalInterface
    private interface DatabaseStep {
        void run() throws SQLException;
    }
}
