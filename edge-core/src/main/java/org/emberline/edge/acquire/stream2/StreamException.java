package org.emberline.edge.acquire.stream2;

/** A message that is none of Stream V2, said in one line: what is wrong, and at which byte. */
public final class StreamException extends Exception {
    private static final long serialVersionUID = 1;

    StreamException(String what) {
        super(what);
    }
}
