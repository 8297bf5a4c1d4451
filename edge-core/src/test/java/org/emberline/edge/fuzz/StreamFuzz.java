package org.emberline.edge.fuzz;

import org.emberline.edge.acquire.stream2.FuzzedStream;

/** The messages of a detector's stream; the entry is Jazzer's. */
public final class StreamFuzz {

    private StreamFuzz() {}

    /** @param input one message */
    public static void fuzzerTestOneInput(byte[] input) {
        FuzzedStream.take(input);
    }
}
