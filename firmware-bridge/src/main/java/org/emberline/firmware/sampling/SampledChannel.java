package org.emberline.firmware.sampling;

/**
 * One channel of {@link SampledThermocouples}.
 *
 * @param name as {@link org.emberline.firmware.Thermocouples#channels()} wants it
 * @param bus probes with the same name here share one thread, so that they never talk at the same time
 * @param probe owned by the sampling from then on, which also closes it
 * @param periodNanos from one question to the next; not less than the chip needs for a conversion, or it will be STALE in between
 */
public record SampledChannel(String name, String bus, Probe probe, long periodNanos) {

    public SampledChannel {
        if (name.isBlank() || bus.isBlank()) {
            throw new IllegalArgumentException("a channel needs a name and a bus name=" + name + " bus=" + bus);
        }
        if (periodNanos <= 0) {
            throw new IllegalArgumentException(
                    "the period must be more than 0 name=" + name + " periodNanos=" + periodNanos);
        }
    }
}
