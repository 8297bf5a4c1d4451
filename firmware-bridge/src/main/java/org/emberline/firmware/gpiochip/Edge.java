package org.emberline.firmware.gpiochip;

/** Which changes of a line count. Logical: rising is from inactive to active, whatever voltage that is. */
public enum Edge {
    RISING(Abi.EDGE_RISING),
    FALLING(Abi.EDGE_FALLING),
    BOTH(Abi.EDGE_RISING | Abi.EDGE_FALLING);

    final long flags;

    Edge(long flags) {
        this.flags = flags;
    }
}
