package org.emberline.firmware.sim;

import java.util.function.Consumer;
import org.emberline.firmware.Trigger;
import org.emberline.firmware.TriggerInput;

/**
 * A trigger line without a wire: a simulation delivers the edges, from one thread of its own. What it delivers before {@link #start} or
 * after {@link #close} reaches nobody and is counted in {@link #ignored}.
 */
public final class SimulatedTriggerInput implements TriggerInput {
    private final Outlet<Trigger> outlet = new Outlet<>("simulated trigger input");
    private long latestNanos = Long.MIN_VALUE;

    @Override
    public void start(Consumer<? super Trigger> sink) {
        outlet.open(sink);
    }

    /**
     * Hands an edge to the sink, on the calling thread. Gaps in the index are allowed: they are the edges a reader lost.
     *
     * @return whether a sink took it
     * @throws IllegalArgumentException for a time before the latest one: the port promises order
     */
    public boolean deliver(Trigger trigger) {
        if (trigger.timestampNanos() < latestNanos) {
            throw new IllegalArgumentException(
                    "trigger out of order timestampNanos=" + trigger.timestampNanos() + " latest=" + latestNanos);
        }
        latestNanos = trigger.timestampNanos();
        return outlet.deliver(trigger);
    }

    /** Edges that no sink took. */
    public long ignored() {
        return outlet.ignored();
    }

    @Override
    public void close() {
        outlet.close();
    }
}
