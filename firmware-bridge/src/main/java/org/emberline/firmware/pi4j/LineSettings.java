package org.emberline.firmware.pi4j;

/**
 * A GPIO line of a Raspberry Pi.
 *
 * @param chip name of its chip, such as {@code gpiochip0}; all lines of a process must be on the same
 * @param line offset on the chip, which on a Raspberry Pi is the BCM number
 * @param activeLow whether a low voltage is the active level; a trigger is an edge from inactive to active
 * @param debounceMicros for a trigger: how long a level has to last, 0 for none
 */
public record LineSettings(String chip, int line, boolean activeLow, int debounceMicros) {

    /** @throws IllegalArgumentException naming the number that is out of range */
    public LineSettings {
        if (chip.isBlank() || line < 0 || debounceMicros < 0) {
            throw new IllegalArgumentException(
                    "no such line chip=" + chip + " line=" + line + " debounceMicros=" + debounceMicros);
        }
    }

    String name() {
        return chip + " line " + line;
    }
}
