package org.emberline.edge.app.bench;

/** An independent program that was asked for is not installed. */
public final class OracleMissingException extends Exception {
    private static final long serialVersionUID = 1;

    OracleMissingException(String message) {
        super(message);
    }
}
