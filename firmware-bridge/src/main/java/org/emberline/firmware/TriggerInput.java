package org.emberline.firmware;

import java.util.function.Consumer;

/** A trigger line that delivers its edges on its own until closed. */
public interface TriggerInput extends AutoCloseable {

    /** Begins delivery, in order of time, all calls from one thread, which must not be blocked. Called once. */
    void start(Consumer<? super Trigger> sink);

    /** Ends delivery; no call to the sink begins after it returns. Idempotent. */
    @Override
    void close();
}
