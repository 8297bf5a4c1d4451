package org.emberline.firmware.gpiochip;

/** How an output drives its line. */
public enum Drive {
    PUSH_PULL(0),
    OPEN_DRAIN(Abi.OPEN_DRAIN),
    OPEN_SOURCE(Abi.OPEN_SOURCE);

    final long flags;

    Drive(long flags) {
        this.flags = flags;
    }
}
