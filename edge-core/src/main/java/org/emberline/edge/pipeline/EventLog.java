package org.emberline.edge.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.emberline.edge.pipeline.Snapshot.EventView;
import org.emberline.edge.pipeline.Snapshot.Events;

/** The latest events of a run; all of them are in its archive. Any thread. */
final class EventLog {
    private static final int KEPT = 32;

    private final Deque<EventView> latest = new ArrayDeque<>();
    private long count;

    synchronized void add(long nanos, String kind, String text) {
        count++;
        latest.addLast(new EventView(count, nanos, kind, text));
        if (latest.size() > KEPT) {
            latest.removeFirst();
        }
    }

    synchronized Events view() {
        return new Events(count, List.copyOf(latest));
    }
}
