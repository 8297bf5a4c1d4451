package org.emberline.edge.service;

import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.californium.core.coap.MessageObserverAdapter;

/**
 * One observer of one resource: when it is due, and what became of what it was due. The notifier's thread asks {@link #due}, the protocol's
 * reports what was sent.
 */
final class Observer {
    private final String path;
    private final String peer;
    private final Pace pace;
    private final long sinceNanos;
    private final AtomicLong due = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private long lastNanos;
    private boolean news;

    /**
     * @param peer what to call it
     * @param nowNanos monotonic; the registration's answer counts as the first notification
     */
    Observer(String path, String peer, Pace pace, long nowNanos) {
        this.path = path;
        this.peer = peer;
        this.pace = pace;
        sinceNanos = nowNanos;
        lastNanos = nowNanos;
    }

    String path() {
        return path;
    }

    String peer() {
        return peer;
    }

    Pace pace() {
        return pace;
    }

    long sinceNanos() {
        return sinceNanos;
    }

    /** Whether to tell it now. Notifier's thread. */
    boolean due(long nowNanos, boolean changed) {
        news |= changed;
        long silent = nowNanos - lastNanos;
        boolean tell = (news && silent >= pace.minNanos()) || (pace.maxNanos() > 0 && silent >= pace.maxNanos());
        if (tell) {
            news = false;
            lastNanos = nowNanos;
            due.incrementAndGet();
        }
        return tell;
    }

    /** Notifications it was to have. */
    long dueCount() {
        return due.get();
    }

    /** Those that have left this machine. */
    long sentCount() {
        return sent.get();
    }

    /**
     * Those that never did: replaced by a later one while a confirmable one waited for its acknowledgement, or refused by the network. One may
     * still be on its way.
     */
    long lost() {
        return Math.max(0, due.get() - sent.get());
    }

    /** Counts a notification when it leaves, once however often it is repeated. */
    MessageObserverAdapter counting() {
        return new MessageObserverAdapter() {
            @Override
            public void onSent(boolean retransmission) {
                if (!retransmission) {
                    sent.incrementAndGet();
                }
            }
        };
    }
}
