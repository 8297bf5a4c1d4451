/**
 * SPI, I2C and GPIO by way of Pi4J: the room where {@code com.pi4j} is known. SPI works on every Linux; I2C and GPIO need native code that
 * Pi4J brings for arm and arm64 only, GPIO a Raspberry Pi besides: elsewhere {@code linux} and {@code gpiochip} do the same.
 */
@NullMarked
package org.emberline.firmware.pi4j;

import org.jspecify.annotations.NullMarked;
