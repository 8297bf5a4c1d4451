package org.emberline.edge.archive;

import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.emberline.edge.archive.Rows.ReadingRow;
import org.emberline.edge.archive.Rows.TriggerRow;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.Trigger;

/** What a run archives besides frames, between those who tell it and the writer. */
final class ArchiveSignals {
    private static final int ROWS = 8192;

    private final RowRing<ReadingRow> readings = new RowRing<>(ROWS, ReadingRow::new);
    private final RowRing<TriggerRow> triggers = new RowRing<>(ROWS, TriggerRow::new);
    private final Queue<RunEvent> events = new ConcurrentLinkedQueue<>();

    /** One row to be inserted. */
    @FunctionalInterface
    interface Insertion {
        void run() throws SQLException;
    }

    /** Takes a reading; from one thread at a time. */
    void reading(ThermocoupleReading reading) {
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
    void trigger(Trigger trigger) {
        TriggerRow row = triggers.claim();
        row.index = trigger.index();
        row.timestampNanos = trigger.timestampNanos();
        triggers.publish();
    }

    /** Takes an event; from any thread. */
    void event(RunEvent event) {
        events.add(event);
    }

    /**
     * Stores all that is at hand. Writer only.
     *
     * @param attempt answers whether it could be done
     * @return rows stored
     */
    int drain(RunDatabase database, Predicate<Insertion> attempt) {
        int stored = 0;
        ReadingRow reading;
        while ((reading = readings.peek()) != null) {
            ReadingRow row = reading;
            stored += attempt.test(() -> database.insert(row)) ? 1 : 0;
            readings.release();
        }
        TriggerRow trigger;
        while ((trigger = triggers.peek()) != null) {
            TriggerRow row = trigger;
            stored += attempt.test(() -> database.insert(row)) ? 1 : 0;
            triggers.release();
        }
        RunEvent event;
        while ((event = events.poll()) != null) {
            RunEvent row = event;
            stored += attempt.test(() -> database.insert(row)) ? 1 : 0;
        }
        return stored;
    }
}
