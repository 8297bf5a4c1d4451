package org.emberline.firmware.pi4j;

/**
 * A chip on SPI, behind {@code /dev/spidevBUS.CHIPSELECT}.
 *
 * @param bus 0 to 6; Pi4J knows no more
 * @param chipSelect 0 or more
 * @param mode 0 to 3: clock polarity and phase; MAX31855 needs 0, MAX31856 1
 * @param hertz clock, more than 0; both chips bear 5 MHz, long wires less
 */
public record SpiSettings(int bus, int chipSelect, int mode, int hertz) {

    /** @throws IllegalArgumentException naming the number that is out of range */
    public SpiSettings {
        if (bus < 0 || bus > 6 || chipSelect < 0 || mode < 0 || mode > 3 || hertz <= 0) {
            throw new IllegalArgumentException("no such SPI device bus=" + bus + " chipSelect=" + chipSelect + " mode="
                    + mode + " hertz=" + hertz);
        }
    }

    String node() {
        return "spidev" + bus + "." + chipSelect;
    }
}
