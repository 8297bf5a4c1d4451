package org.emberline.firmware.output;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.emberline.firmware.bus.OutputLine;
import org.jspecify.annotations.Nullable;

/**
 * Holds a line active while all is well and drops it when it is not: a permission, never a command. The line is inactive before the first
 * tick. A latched interlock stays down after a fault until it is reset; the other comes back by itself.
 */
public final class Interlock implements TimedOutput {
    private final OutputLine line;
    private final boolean latched;
    private final Supplier<Optional<String>> fault;
    private boolean active;
    /** Whether the line may not be at the level that {@link #active} says, since it refused. */
    private boolean unsure;

    private volatile @Nullable Drop latestDrop;

    /**
     * Why and when the line was dropped.
     *
     * @param reason what the supplier said
     * @param nanos of the tick, on the scale of {@link System#nanoTime()}
     */
    public record Drop(String reason, long nanos) {}

    /**
     * @param latched whether it stays down after a fault
     * @param fault what is wrong, empty while nothing is: the run is Faulted, a temperature source is lost, ...; asked at every tick, by
     *     the ticking thread
     */
    public Interlock(OutputLine line, boolean latched, Supplier<Optional<String>> fault) {
        this.line = line;
        this.latched = latched;
        this.fault = fault;
    }

    @Override
    public void tick(long nowNanos) throws IOException {
        Optional<String> now = fault.get();
        if (now.isPresent()) {
            if (latestDrop == null || active) {
                latestDrop = new Drop(now.get(), nowNanos);
            }
            drive(false);
        } else if (!latched || latestDrop == null) {
            latestDrop = null;
            drive(true);
        } else {
            drive(false);
        }
    }

    /** Lets a latched interlock come back at the next tick, if all is well then. The ticking thread only. */
    public void reset() {
        latestDrop = null;
    }

    /** Why the line is down; empty while it is up, and before the first tick. Any thread. */
    public Optional<Drop> drop() {
        return Optional.ofNullable(latestDrop);
    }

    @Override
    public void close() {
        line.close();
    }

    private void drive(boolean level) throws IOException {
        if (level == active && !unsure) {
            return;
        }
        unsure = true;
        active = level;
        line.set(level);
        unsure = false;
    }
}
