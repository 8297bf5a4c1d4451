package org.emberline.firmware.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.Thermocouples;
import org.emberline.firmware.clock.ClockRelation;
import org.jspecify.annotations.Nullable;

/**
 * A growing CSV log as thermocouples. A value becomes a temperature, a missing one NO_RESPONSE, one that makes no sense CORRUPT, a log that
 * stops growing STALE; a line that makes no sense becomes nothing and is counted. A file that does not exist yet is waited for.
 */
public final class CsvThermocouples implements Thermocouples {
    private final Path path;
    private final CsvFormat format;
    private final CsvSettings settings;
    private final Supplier<ClockRelation> relation;
    private @Nullable Thread thread;
    private volatile boolean closed;
    private volatile CsvStatus status = new CsvStatus(0, 0, 0, 0, 0, 0, 0, null);

    /** @param relation where UTC stands; stamps nothing but a log that never had a line */
    public CsvThermocouples(Path path, CsvFormat format, CsvSettings settings, Supplier<ClockRelation> relation) {
        this.path = path;
        this.format = format;
        this.settings = settings;
        this.relation = relation;
    }

    @Override
    public List<String> channels() {
        return format.values().stream().map(CsvFormat.Value::channel).toList();
    }

    @Override
    public synchronized void start(Consumer<? super ThermocoupleReading> sink) {
        if (closed || thread != null) {
            throw new IllegalStateException(path + ": can be followed once only closed=" + closed);
        }
        thread = Thread.ofPlatform().daemon().name("csv " + path.getFileName()).start(() -> run(sink));
    }

    private void run(Consumer<? super ThermocoupleReading> sink) {
        try (CsvFollower follower = new CsvFollower(path, format, settings, sink, System.nanoTime())) {
            while (!closed) {
                long now = System.nanoTime();
                follower.step(now, relation.get().utcAt(now));
                status = follower.status();
                LockSupport.parkNanos(this, settings.pollNanos());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": cannot be closed", e);
        }
    }

    /** As of the latest look at the file. Any thread. */
    public CsvStatus status() {
        return status;
    }

    @Override
    public synchronized void close() {
        closed = true;
        Thread running = thread;
        if (running == null || running.equals(Thread.currentThread())) {
            return;
        }
        LockSupport.unpark(running);
        boolean interrupted = Thread.interrupted();
        while (running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true; // the promise that no call begins later weighs more
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
