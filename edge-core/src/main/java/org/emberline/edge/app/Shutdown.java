package org.emberline.edge.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Turns SIGTERM and Ctrl-C into an orderly end: the run is asked to stop, the main thread drains and closes as it always does, and
 * the process ends with the exit code it would have had anyway.
 */
final class Shutdown {
    private static final CompletableFuture<Integer> FINISHED = new CompletableFuture<>();
    private static volatile boolean requested;

    private Shutdown() {}

    /** Calls {@code stop} when the process is asked to end; then waits for {@link #leave}. */
    static AutoCloseable whenRequested(Runnable stop) {
        Thread hook = new Thread(
                () -> {
                    requested = true;
                    stop.run();
                    awaitMain();
                },
                "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process has just been asked to end: the hook runs, or has run, and waits for the main thread.
                requested = true;
            }
        };
    }

    /** Tells a waiting shutdown that the main thread is done; false when nobody asked the process to end. */
    static boolean leave(int code) {
        FINISHED.complete(code);
        return requested;
    }

    private static void awaitMain() {
        try {
            // Otherwise the virtual machine would answer 128 + signal even though everything was closed in order.
            Runtime.getRuntime().halt(FINISHED.get());
        } catch (InterruptedException | ExecutionException e) {
            Thread.currentThread().interrupt();
        }
    }
}
