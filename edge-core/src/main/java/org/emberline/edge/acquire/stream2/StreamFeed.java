package org.emberline.edge.acquire.stream2;

import org.jspecify.annotations.Nullable;

/** Where the messages of a detector come from. */
public interface StreamFeed extends AutoCloseable {

    /**
     * The next message. Waits a moment for one; a thread interrupt ends the wait and stays set.
     *
     * @return all of its bytes, which are the caller's; null when none came
     */
    byte @Nullable [] receive();

    /** Whether so many messages wait that the next ones may find no room. */
    boolean pressing();

    /** Ends the connection; any thread, idempotent. */
    @Override
    void close();
}
