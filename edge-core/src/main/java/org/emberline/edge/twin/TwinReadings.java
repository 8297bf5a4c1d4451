package org.emberline.edge.twin;

import org.emberline.firmware.sim.SimulatedThermocouples;

/**
 * The one thermocouple of a twin, read by whichever of its sources needs it: readings come in order, each once, and one thread delivers at
 * a time.
 */
public final class TwinReadings {
    private final Twin twin;
    private final SimulatedThermocouples thermocouples;
    private final long leadNanos;
    private final Noise noise;
    private long nextReading;

    /** @param leadNanos how much longer than to the end of an exposure the record must reach */
    TwinReadings(Twin twin, SimulatedThermocouples thermocouples, long leadNanos) {
        this.twin = twin;
        this.thermocouples = thermocouples;
        this.leadNanos = leadNanos;
        noise = twin.noise();
    }

    /** Delivers all readings that an exposure until then needs. */
    synchronized void advanceTo(long exposureEndNanos) {
        while (twin.readingTime(nextReading) <= exposureEndNanos + leadNanos) {
            thermocouples.deliver(twin.reading(nextReading++, noise));
        }
    }
}
