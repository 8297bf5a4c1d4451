package org.emberline.gpu;

/** The device or its driver failed; the frame at hand was not reduced and may be given to another backend. */
public final class ReducerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ReducerException(String message) {
        super(message);
    }

    public ReducerException(String message, Throwable cause) {
        super(message, cause);
    }
}
