package org.emberline.firmware;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A trigger line that delivers its edges on its own until closed. */
public interface TriggerInput extends AutoCloseable {

    /** Begins delivery, in order of time, all calls from one thread, which must not be blocked. Called once. */
    void start(Consumer<? super Trigger> sink);

    /** Why delivery ended by itself, in one line; empty while it goes on, and when it was closed. Any thread. */
    default Optional<String> failure() {
        return Optional.empty();
    }

    /** What came so far, by name, in the order in which it is told; empty where nobody counts. Any thread, also after closing. */
    default Map<String, Long> counts() {
        return Map.of();
    }

    /** Ends delivery; no call to the sink begins after it returns. Idempotent. */
    @Override
    void close();
}
