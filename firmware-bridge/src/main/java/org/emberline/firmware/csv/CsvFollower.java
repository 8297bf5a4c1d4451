package org.emberline.firmware.csv;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.csv.CsvFormat.Time;
import org.emberline.firmware.csv.CsvLines.Cell;
import org.emberline.firmware.csv.CsvLines.Refusal;
import org.emberline.firmware.csv.CsvLines.Row;
import org.jspecify.annotations.Nullable;

/** What is made of a growing log, apart from the thread that looks at it. One thread. */
final class CsvFollower implements FileTail.Listener, AutoCloseable {
    private final Path path;
    private final CsvFormat format;
    private final CsvSettings settings;
    private final Consumer<? super ThermocoupleReading> sink;
    private final FileTail tail;
    /** Rows of a log whose begin is not known yet. */
    private final List<Row> waiting = new ArrayList<>();

    private CsvLines parser;
    private long latestNanos = Long.MIN_VALUE;
    private boolean skipping;
    private @Nullable Long beginNanos;
    private long silentSinceNanos;
    private boolean silenceTold;

    private long lineNumber;
    private long lines;
    private long readings;
    private long missing;
    private long refused;
    private long misordered;
    private long restarts = -1;
    private long failures;
    private @Nullable String lastProblem;

    /** @param nowNanos monotonic */
    CsvFollower(
            Path path,
            CsvFormat format,
            CsvSettings settings,
            Consumer<? super ThermocoupleReading> sink,
            long nowNanos) {
        this.path = path;
        this.format = format;
        this.settings = settings;
        this.sink = sink;
        tail = new FileTail(path);
        parser = new CsvLines(format);
        skipping = !settings.fromBegin();
        silentSinceNanos = nowNanos;
    }

    /**
     * Reads and delivers what has been added.
     *
     * @param nowNanos monotonic
     * @param utcNanos the same moment, since the epoch
     */
    void step(long nowNanos, long utcNanos) {
        long before = lines;
        try {
            endOfFile(tail.poll(this));
        } catch (IOException e) {
            failures++;
            lastProblem = e.getMessage();
        }
        if (lines > before) {
            silentSinceNanos = nowNanos;
            silenceTold = false;
        } else if (nowNanos - silentSinceNanos >= settings.staleNanos() && !silenceTold) {
            silenceTold = true;
            tellSilence(utcNanos);
        }
    }

    @Override
    public void begins() {
        restarts++;
        parser = new CsvLines(format);
        lineNumber = 0;
        beginNanos = beginNanos();
    }

    /** Of the file that begins; null when its lines have to tell. */
    private @Nullable Long beginNanos() {
        if (!(format.time() instanceof Time.Elapsed elapsed)) {
            return 0L;
        }
        Instant begin = elapsed.begin();
        // What was configured is the begin of the file we came to, not of those that take its place.
        return begin == null || restarts > 0 ? null : (Long) nanos(begin);
    }

    @Override
    public void line(String text) {
        lines++;
        lineNumber++;
        try {
            Row row = parser.accept(text);
            if (row != null) {
                refuseAbsurd(row, text);
                take(row);
            }
        } catch (Refusal e) {
            refuse(e.getMessage() + ": \"" + CsvLines.quote(text) + "\"");
        }
    }

    @Override
    public void tooLong() {
        lines++;
        lineNumber++;
        refuse("longer than a line of a log can be");
    }

    private void refuse(String problem) {
        refused++;
        lastProblem = path + ": line " + lineNumber + ": " + problem;
    }

    private void refuseAbsurd(Row row, String text) {
        for (int i = 0; i < row.cells().size(); i++) {
            if (row.cells().get(i) == Cell.ABSURD) {
                refuse("the value makes no sense column="
                        + format.values().get(i).column() + ": \"" + CsvLines.quote(text) + "\"");
            }
        }
    }

    private void take(Row row) {
        Long begin = beginNanos;
        if (begin != null) {
            row(row, begin + row.nanos());
            return;
        }
        if (skipping) {
            waiting.clear(); // the latest is enough to tell the begin by
        }
        waiting.add(row);
    }

    private void endOfFile(long fileMillis) {
        if (!waiting.isEmpty()) {
            long begin = fileMillis * 1_000_000 - waiting.getLast().nanos();
            beginNanos = begin;
            waiting.forEach(row -> row(row, begin + row.nanos()));
            waiting.clear();
        }
        skipping &= fileMillis < 0;
    }

    private void row(Row row, long utcNanos) {
        if (utcNanos <= latestNanos) {
            misordered++;
            lastProblem = path + ": time does not increase: " + utcNanos + " ns after " + latestNanos;
            return;
        }
        latestNanos = utcNanos;
        for (int channel = 0; channel < row.cells().size() && !skipping; channel++) {
            deliver(channel, utcNanos, row.cells().get(channel), row.celsius()[channel]);
        }
    }

    private void deliver(int channel, long utcNanos, Cell cell, double celsius) {
        switch (cell) {
            case VALUE -> {
                readings++;
                sink.accept(new ThermocoupleReading.Temperature(channel, utcNanos, celsius, format.sigmaCelsius()));
            }
            case MISSING -> {
                missing++;
                sink.accept(new ThermocoupleReading.Fault(channel, utcNanos, FaultKind.NO_RESPONSE));
            }
            case ABSURD -> sink.accept(new ThermocoupleReading.Fault(channel, utcNanos, FaultKind.CORRUPT));
        }
    }

    /** Directly after the latest line, so that lines that come late after all are still in order. */
    private void tellSilence(long utcNanos) {
        latestNanos = latestNanos == Long.MIN_VALUE ? utcNanos : latestNanos + 1;
        for (int channel = 0; channel < format.values().size(); channel++) {
            sink.accept(new ThermocoupleReading.Fault(channel, latestNanos, FaultKind.STALE));
        }
    }

    CsvStatus status() {
        return new CsvStatus(
                lines, readings, missing, refused, misordered, Math.max(0, restarts), failures, lastProblem);
    }

    @Override
    public void close() throws IOException {
        tail.close();
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }
}
