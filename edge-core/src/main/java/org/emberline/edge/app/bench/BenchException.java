package org.emberline.edge.app.bench;

/** A measurement failed, or compares what cannot be compared. */
public final class BenchException extends Exception {
    private static final long serialVersionUID = 1;

    BenchException(String message) {
        super(message);
    }
}
