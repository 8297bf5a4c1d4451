package org.emberline.firmware.gpiochip;

/** The resistor inside the chip. A chip that has none ignores the wish, and the kernel does not say so. */
public enum Bias {
    AS_IS(0),
    PULL_UP(Abi.PULL_UP),
    PULL_DOWN(Abi.PULL_DOWN),
    DISABLED(Abi.BIAS_DISABLED);

    final long flags;

    Bias(long flags) {
        this.flags = flags;
    }
}
