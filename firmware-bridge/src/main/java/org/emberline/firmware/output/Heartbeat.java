package org.emberline.firmware.output;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.emberline.firmware.bus.OutputLine;

/**
 * Toggles a line for a watchdog outside, as long as somebody says that the service is alive. When it is not, when ticks fail to come or
 * the process dies, the line stands still: the watchdog has to take both levels at rest for death. A beat can be late by the time between
 * ticks, never early.
 */
public final class Heartbeat implements TimedOutput {
    private final OutputLine line;
    private final long halfNanos;
    private final BooleanSupplier alive;
    private boolean beating;
    private boolean level;
    private long changedNanos;

    /**
     * @param periodNanos of a whole beat, up and down; at least 2 ns, and more than two ticks
     * @param alive asked at every tick, by the ticking thread
     */
    public Heartbeat(OutputLine line, long periodNanos, BooleanSupplier alive) {
        if (periodNanos < 2) {
            throw new IllegalArgumentException("periodNanos=" + periodNanos + " must be at least 2");
        }
        this.line = line;
        this.alive = alive;
        halfNanos = periodNanos / 2;
    }

    @Override
    public void tick(long nowNanos) throws IOException {
        if (!alive.getAsBoolean()) {
            if (beating || level) {
                switchTo(false);
                beating = false;
            }
            return;
        }
        if (!beating) {
            switchTo(true);
            beating = true;
            changedNanos = nowNanos;
        } else if (nowNanos - changedNanos >= halfNanos) {
            switchTo(!level);
            // Late ticks do not add up, but what was slept through is not made good by a burst either.
            changedNanos = nowNanos - changedNanos < 2 * halfNanos ? changedNanos + halfNanos : nowNanos;
        }
    }

    @Override
    public void close() {
        line.close();
    }

    private void switchTo(boolean active) throws IOException {
        line.set(active);
        level = active;
    }
}
