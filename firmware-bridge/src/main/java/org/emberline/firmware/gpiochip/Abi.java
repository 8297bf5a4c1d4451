package org.emberline.firmware.gpiochip;

import org.emberline.firmware.linux.Ioctl;

/** The numbers of {@code linux/gpio.h}, version 2: sizes and offsets in bytes, flags, requests. */
final class Abi {
    static final int NAME_BYTES = 32;

    /** {@code struct gpiochip_info}: name, label, number of lines. */
    static final int CHIP_BYTES = 68;

    static final int CHIP_NAME = 0;
    static final int CHIP_LABEL = 32;
    static final int CHIP_LINES = 64;

    /** {@code struct gpio_v2_line_info}. */
    static final int INFO_BYTES = 256;

    static final int INFO_NAME = 0;
    static final int INFO_CONSUMER = 32;
    static final int INFO_OFFSET = 64;
    static final int INFO_FLAGS = 72;

    /** {@code struct gpio_v2_line_request}, with the {@code gpio_v2_line_config} inside it at 288. */
    static final int REQUEST_BYTES = 592;

    static final int REQUEST_OFFSETS = 0;
    static final int REQUEST_CONSUMER = 256;
    static final int REQUEST_FLAGS = 288;
    static final int REQUEST_ATTRIBUTES = 296;
    static final int REQUEST_ATTRIBUTE = 320;
    static final int REQUEST_LINES = 560;
    static final int REQUEST_BUFFER = 564;
    static final int REQUEST_DESCRIPTOR = 588;

    /** {@code struct gpio_v2_line_config_attribute}: id, padding, value, mask of lines. */
    static final int ATTRIBUTE_ID = 0;

    static final int ATTRIBUTE_VALUE = 8;
    static final int ATTRIBUTE_MASK = 16;
    static final int ATTRIBUTE_DEBOUNCE = 3;

    /** {@code struct gpio_v2_line_values}: bits, mask. */
    static final int VALUES_BYTES = 16;

    static final int VALUES_BITS = 0;
    static final int VALUES_MASK = 8;

    /** {@code struct gpio_v2_line_event}. */
    static final int EVENT_BYTES = 48;

    static final int EVENT_TIMESTAMP = 0;
    static final int EVENT_ID = 8;
    static final int EVENT_OFFSET = 12;
    static final int EVENT_LINE_SEQNO = 20;
    static final int RISING_EVENT = 1;
    static final int FALLING_EVENT = 2;

    static final long USED = 1;
    static final long ACTIVE_LOW = 1 << 1;
    static final long INPUT = 1 << 2;
    static final long OUTPUT = 1 << 3;
    static final long EDGE_RISING = 1 << 4;
    static final long EDGE_FALLING = 1 << 5;
    static final long OPEN_DRAIN = 1 << 6;
    static final long OPEN_SOURCE = 1 << 7;
    static final long PULL_UP = 1 << 8;
    static final long PULL_DOWN = 1 << 9;
    static final long BIAS_DISABLED = 1 << 10;
    static final long CLOCK_REALTIME = 1 << 11;
    static final long CLOCK_HARDWARE = 1 << 12;

    static final long GET_CHIPINFO = Ioctl.read(0xB4, 0x01, CHIP_BYTES);
    static final long GET_LINEINFO = Ioctl.readWrite(0xB4, 0x05, INFO_BYTES);
    static final long GET_LINE = Ioctl.readWrite(0xB4, 0x07, REQUEST_BYTES);
    static final long SET_VALUES = Ioctl.readWrite(0xB4, 0x0F, VALUES_BYTES);

    private Abi() {}
}
