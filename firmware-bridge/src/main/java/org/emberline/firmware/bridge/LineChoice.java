package org.emberline.firmware.bridge;

import org.emberline.firmware.gpiochip.GpioOutputSettings;
import org.emberline.firmware.gpiochip.GpioTriggerSettings;
import org.emberline.firmware.pi4j.LineSettings;

/** Who has a GPIO line: the kernel's character device, or Pi4J. */
public sealed interface LineChoice {

    /** A line to listen to. */
    sealed interface Trigger extends LineChoice {}

    /** A line to drive. */
    sealed interface Output extends LineChoice {}

    /** By the kernel's character device, which stamps the edges. */
    record KernelTrigger(GpioTriggerSettings settings) implements Trigger {}

    /** By the kernel's character device. */
    record KernelOutput(GpioOutputSettings settings) implements Output {}

    /** Its stamps are this program's. */
    record Pi4jLine(LineSettings settings) implements Trigger, Output {}
}
