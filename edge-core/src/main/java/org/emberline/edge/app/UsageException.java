package org.emberline.edge.app;

/** Options that are each well-formed but cannot be meant together. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
