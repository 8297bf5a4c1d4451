package org.emberline.firmware.gpiochip;

/** The clock that stamps an edge. */
public enum EventClock {
    /** CLOCK_MONOTONIC in the interrupt handler, made UTC by the bridge. The usual choice. */
    MONOTONIC(0),
    /** CLOCK_REALTIME in the interrupt handler: UTC as the system's clock stood, steps included. Linux 5.11. */
    REALTIME(Abi.CLOCK_REALTIME),
    /**
     * The chip's own time stamp engine (Linux 5.19; Tegra). Free of interrupt latency, but on a scale of its own, which the bridge
     * relates to the monotonic clock by the soonest read of a second: intervals are exact, UTC to about the reader's wake-up delay.
     */
    HARDWARE(Abi.CLOCK_HARDWARE);

    final long flags;

    EventClock(long flags) {
        this.flags = flags;
    }
}
