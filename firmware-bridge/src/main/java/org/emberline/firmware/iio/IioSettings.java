package org.emberline.firmware.iio;

import org.jspecify.annotations.Nullable;

/**
 * A temperature that the kernel reads.
 *
 * @param device path, folder name, driver's name or label ({@link IioDevices#find})
 * @param channel such as {@code temp} or {@code temp_object}
 * @param thermocoupleType letter that the driver is to be set to; null leaves it as it is
 * @param sigmaCelsius standard uncertainty of one reading, which no driver tells, 0 or more
 * @param windowNanos length of a conversion, which no driver tells: a reading is stamped at the middle of the call less half of this.
 *     0 for drivers that convert while they are read
 */
public record IioSettings(
        String device, String channel, @Nullable String thermocoupleType, double sigmaCelsius, long windowNanos) {

    /** @throws IllegalArgumentException naming what is out of range */
    public IioSettings {
        if (device.isBlank() || !channel.startsWith("temp")) {
            throw new IllegalArgumentException("no temperature device=" + device + " channel=" + channel);
        }
        if (!(sigmaCelsius >= 0) || Double.isInfinite(sigmaCelsius) || windowNanos < 0) {
            throw new IllegalArgumentException("must be finite and not negative sigmaCelsius=" + sigmaCelsius
                    + " windowNanos=" + windowNanos + " device=" + device);
        }
    }
}
