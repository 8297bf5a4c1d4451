package org.emberline.edge.pipeline;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What went wrong in the stages, told once: the first text is kept, the rest is counted. Any thread. */
final class FaultLog {
    private final AtomicReference<@Nullable String> first = new AtomicReference<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile Consumer<String> onFirst = _ -> {};

    /** Who is told of the first failure, once. */
    void onFirst(Consumer<String> listener) {
        onFirst = listener;
    }

    /** Notes a failure. */
    void note(String where, Throwable problem) {
        count.incrementAndGet();
        String message = problem.getMessage() == null ? "" : ": " + problem.getMessage();
        enter(where + " failed, " + problem.getClass().getSimpleName() + message);
    }

    /** Notes a failure that is known only in words. */
    void note(String where, String what) {
        count.incrementAndGet();
        enter(where + " failed: " + what);
    }

    private void enter(String text) {
        if (first.compareAndSet(null, text)) {
            onFirst.accept(text);
        }
    }

    /** The first failure in words and how many there were, or null. */
    @Nullable
    String text() {
        String text = first.get();
        int n = count.get();
        return text == null || n <= 1 ? text : text + " (and " + (n - 1) + " more)";
    }
}
