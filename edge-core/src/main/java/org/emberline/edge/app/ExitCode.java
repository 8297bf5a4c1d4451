package org.emberline.edge.app;

/** The exit codes of the command line; a contract with whoever scripts it. */
public final class ExitCode {
    /** The work was done. */
    public static final int DONE = 0;
    /** The run failed. */
    public static final int RUN_FAILED = 1;
    /** The command line makes no sense. */
    public static final int USAGE = 2;
    /** No device that could do it (EX_UNAVAILABLE). */
    public static final int NO_DEVICE = 69;
    /** A file or the network failed (EX_IOERR). */
    public static final int IO = 74;
    /** The configuration is wrong (EX_CONFIG). */
    public static final int CONFIGURATION = 78;

    private ExitCode() {}
}
