package org.emberline.edge.app;

import java.util.ArrayDeque;
import java.util.Deque;
import org.emberline.edge.acquire.SourceNotes;
import org.jspecify.annotations.Nullable;

/** Takes what a source says to the run's events; the source is there before its run is. Thread-safe. */
final class SourceEvents implements SourceNotes {
    private static final int MOST_WAITING = 100;

    private final Deque<String[]> waiting = new ArrayDeque<>();
    private @Nullable SourceNotes into;

    /** From now on everything goes there, what was said before included. */
    synchronized void into(SourceNotes events) {
        into = events;
        waiting.forEach(said -> events.note(said[0], said[1]));
        waiting.clear();
    }

    @Override
    public synchronized void note(String kind, String text) {
        if (into != null) {
            into.note(kind, text);
        } else if (waiting.size() < MOST_WAITING) {
            waiting.add(new String[] {kind, text});
        }
    }
}
