package org.emberline.firmware.chip;

import org.emberline.firmware.ThermocoupleType;

/**
 * What changes from reading to reading though the junction does not: noise and the converter's steps. Gain, offset and the error of the
 * cold junction's sensor repeat and are the calibration's.
 *
 * @param millivolts of the emf: noise and steps
 * @param coldKelvin of the cold junction
 * @param shownKelvin of the temperature as the chip shows it
 */
record Sigma(double millivolts, double coldKelvin, double shownKelvin) {

    /** A value that is rounded to steps is off by anything up to half a step, all equally likely: step / sqrt(12). */
    static double ofStep(double step) {
        return step / Math.sqrt(12);
    }

    /**
     * Standard uncertainty of the hot junction, kelvin: finite and positive.
     *
     * @param hotCelsius where one temperature belongs to an emf
     * @param millivoltsPerColdKelvin by how much the compensated emf changes with the cold junction as it is measured
     */
    double celsius(ThermocoupleType type, double hotCelsius, double millivoltsPerColdKelvin) {
        double slope = type.millivoltsPerKelvin(hotCelsius);
        double cold = coldKelvin * millivoltsPerColdKelvin;
        return Math.sqrt((millivolts * millivolts + cold * cold) / (slope * slope) + shownKelvin * shownKelvin);
    }
}
