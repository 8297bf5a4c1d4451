package org.emberline.firmware.gpiochip;

/**
 * A trigger line and how to listen to it.
 *
 * @param chip path ({@code /dev/gpiochip0}), name ({@code gpiochip0}) or label ({@code pinctrl-rp1}) of the chip
 * @param line offset on the chip (digits), or the line's name
 * @param edge which edges are triggers
 * @param activeLow whether a low voltage is the active level
 * @param bias the resistor inside the chip
 * @param debounceMicros how long a level has to last, 0 for none. Where the chip cannot, the kernel does it by a timer: stamps are then
 *     late by that time, to within the kernel's tick
 * @param clock what stamps the edges
 * @param bufferEdges edges that the kernel keeps for a late reader, 1 to {@value #MAX_BUFFER}; the oldest are lost beyond, and counted
 */
public record GpioTriggerSettings(
        String chip,
        String line,
        Edge edge,
        boolean activeLow,
        Bias bias,
        int debounceMicros,
        EventClock clock,
        int bufferEdges) {

    /** The most the kernel keeps: at 10 kHz, a tenth of a second. */
    public static final int MAX_BUFFER = 1024;

    /** @throws IllegalArgumentException naming the component that is out of range */
    public GpioTriggerSettings {
        Requests.requireName("chip", chip);
        Requests.requireName("line", line);
        if (debounceMicros < 0) {
            throw new IllegalArgumentException("debounceMicros=" + debounceMicros + " must not be negative");
        }
        if (bufferEdges < 1 || bufferEdges > MAX_BUFFER) {
            throw new IllegalArgumentException("bufferEdges=" + bufferEdges + " must be 1 to " + MAX_BUFFER);
        }
    }

    /** Rising edges of an active-high line, no debouncing, monotonic stamps, the largest buffer. */
    public static GpioTriggerSettings of(String chip, String line) {
        return new GpioTriggerSettings(chip, line, Edge.RISING, false, Bias.AS_IS, 0, EventClock.MONOTONIC, MAX_BUFFER);
    }
}
