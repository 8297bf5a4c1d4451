package org.emberline.edge.service;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Tells the run what strangers try, and not more often than every ten seconds of each kind: nobody outside may fill the archive. What was
 * not told is counted in the next one. Any thread.
 */
final class Notices {
    /** A handshake that came to no end. */
    static final String HANDSHAKE_FAILED = "HANDSHAKE_FAILED";
    /** A command by somebody who may not. */
    static final String COMMAND_REFUSED = "COMMAND_REFUSED";
    /** More requests than a peer may make. */
    static final String RATE_LIMITED = "RATE_LIMITED";
    /** A command that was carried out. */
    static final String COMMAND = "COMMAND";

    private static final long QUIET_NANOS = 10_000_000_000L;

    private final BiConsumer<String, String> events;
    private final LongSupplier nanoTime;
    private final Map<String, Told> kinds = new HashMap<>();

    private static final class Told {
        private long nanos;
        private long since;
    }

    /** @param events takes kind and text */
    Notices(BiConsumer<String, String> events, LongSupplier nanoTime) {
        this.events = events;
        this.nanoTime = nanoTime;
    }

    /** What an operator has done: always told. */
    void done(String text) {
        events.accept(COMMAND, text);
    }

    /** What somebody tried: told at most every ten seconds of each kind. */
    void tried(String kind, String text) {
        long more;
        synchronized (this) {
            long now = nanoTime.getAsLong();
            Told told = kinds.get(kind);
            if (told != null && now - told.nanos < QUIET_NANOS) {
                told.since++;
                return;
            }
            more = told == null ? 0 : told.since;
            Told next = new Told();
            next.nanos = now;
            kinds.put(kind, next);
        }
        events.accept(kind, more == 0 ? text : String.format(Locale.ROOT, "%s; and %d more before", text, more));
    }
}
