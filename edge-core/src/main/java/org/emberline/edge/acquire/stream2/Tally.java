package org.emberline.edge.acquire.stream2;

import org.emberline.edge.acquire.SourceNotes;

/** Counts what goes wrong in one way, and tells each of the first ten, then of every tenth power: a detector gone mad must not fill the archive with words. */
final class Tally {
    private static final long ALL_TOLD = 10;

    private final String kind;
    private final SourceNotes notes;
    private long count;
    private long next = ALL_TOLD;

    Tally(String kind, SourceNotes notes) {
        this.kind = kind;
        this.notes = notes;
    }

    void count(String text) {
        count++;
        if (count > ALL_TOLD && count < next) {
            return;
        }
        if (count == next) {
            next *= 10;
        }
        notes.note(kind, text + " (" + count + ")");
    }
}
