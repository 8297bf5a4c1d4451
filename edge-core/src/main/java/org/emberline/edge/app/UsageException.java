package org.emberline.edge.app;

/** Options that are well-formed but cannot be meant, or not together. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }

    /** Refuses a value outside {@code least..most}. */
    static void requireWithin(String option, int value, int least, int most) throws UsageException {
        if (value < least || value > most) {
            throw new UsageException(option + " must lie in " + least + ".." + most + ", is " + value);
        }
    }
}
