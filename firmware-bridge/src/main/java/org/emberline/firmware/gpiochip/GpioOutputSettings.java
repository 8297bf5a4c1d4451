package org.emberline.firmware.gpiochip;

/**
 * An output line.
 *
 * @param chip as {@link GpioTriggerSettings#chip}
 * @param line as {@link GpioTriggerSettings#line}
 * @param activeLow whether the line is at low voltage when active
 * @param drive how it drives
 * @param bias the resistor inside the chip
 */
public record GpioOutputSettings(String chip, String line, boolean activeLow, Drive drive, Bias bias) {

    /** @throws IllegalArgumentException when chip or line is empty */
    public GpioOutputSettings {
        Requests.requireName("chip", chip);
        Requests.requireName("line", line);
    }

    /** Active high, push-pull. */
    public static GpioOutputSettings of(String chip, String line) {
        return new GpioOutputSettings(chip, line, false, Drive.PUSH_PULL, Bias.AS_IS);
    }
}
