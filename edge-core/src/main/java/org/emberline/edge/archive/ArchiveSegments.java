package org.emberline.edge.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emberline.edge.archive.RunArchive.Layout;
import org.emberline.edge.frame.DetectorLayout;
import org.jspecify.annotations.Nullable;

/** What the archive's writer has to do with segments; on its thread. */
final class ArchiveSegments {
    private final RunFolder folder;
    private final Layout layout;
    private final RunDatabase database;
    private final Segmenter segmenter;
    private final Map<String, String> facts;
    private final List<String> detectors;
    private final List<Segment> recorded = new ArrayList<>();
    private int unlisted;
    private boolean told;
    private int recordedNow;
    private long latestNanos;

    ArchiveSegments(RunFolder folder, Layout layout, RunDatabase database) {
        this.folder = folder;
        this.layout = layout;
        this.database = database;
        segmenter = new Segmenter(folder, layout.segments(), layout.detectors().size());
        facts = Map.of("run", layout.runId(), "run_uuid", layout.facts().getOrDefault("run_uuid", layout.runId()));
        detectors = layout.detectors().stream().map(DetectorLayout::name).toList();
        latestNanos = layout.startedNanos();
    }

    /** @param lastNanos end of the latest exposure among them */
    void committed(int detector, long patterns, long lastNanos) {
        latestNanos = Math.max(latestNanos, lastNanos);
        segmenter.committed(detector, patterns, System.nanoTime());
    }

    /** End of the latest exposure. */
    long latestNanos() {
        return latestNanos;
    }

    /** Takes written segments into the tables, to be committed with what else there is. */
    void record() throws SQLException {
        recordedNow = 0;
        @Nullable Segment segment;
        while ((segment = segmenter.poll(System.nanoTime())) != null) {
            record(segment);
            recordedNow++;
        }
    }

    /** Bytes of all files so far. */
    long bytes() {
        return recorded.stream().mapToLong(Segment::bytes).sum();
    }

    /** How many the last {@link #record} took. */
    int recordedNow() {
        return recordedNow;
    }

    private void record(Segment segment) throws SQLException {
        SegmentBuilder.record(database.connection(), segment);
        recorded.add(segment);
        unlisted++;
    }

    /**
     * After a commit: the manifest has what the tables have.
     *
     * @return what has gone wrong with segments since the last time, in one line; the tables are none the worse for it
     */
    @Nullable
    String list() {
        if (unlisted > 0) {
            unlisted = 0;
            try {
                writeManifest();
            } catch (IOException e) {
                return String.valueOf(e.getMessage());
            }
        }
        String failure = told ? null : segmenter.failure();
        told |= failure != null;
        return failure;
    }

    private void writeManifest() throws IOException {
        Manifest.write(folder, facts, detectors, recorded);
    }

    /**
     * Ends the thread, also where nothing can be finished any more. What was written and could not be recorded goes: its patterns are in the
     * database still, and the room may be needed. Idempotent.
     */
    void close() {
        segmenter.close();
        @Nullable Segment segment;
        while ((segment = segmenter.poll(System.nanoTime())) != null) {
            try {
                Files.deleteIfExists(folder.path().resolve(segment.file()));
            } catch (IOException e) {
                return; // the recovery writes it again
            }
        }
    }

    /** Makes segments of all patterns that are left. */
    void finish() throws SQLException, IOException {
        segmenter.close();
        record();
        database.commit();
        SegmentBuilder builder = new SegmentBuilder(folder, database.connection());
        for (int detector = 0; detector < detectors.size(); detector++) {
            Optional<Segment> next = builder.next(detector, layout.segments().frames());
            while (next.isPresent()) {
                record(next.get());
                database.commit();
                next = builder.next(detector, layout.segments().frames());
            }
        }
        writeManifest();
    }
}
