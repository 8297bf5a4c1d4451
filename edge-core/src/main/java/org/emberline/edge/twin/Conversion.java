package org.emberline.edge.twin;

import org.emberline.firmware.ThermocoupleReading;
import org.emberline.firmware.ThermocoupleReading.FaultKind;

/**
 * What a converter has before it linearises anything.
 *
 * @param type of the thermocouple
 * @param millivolts between the wires, with all errors of the converter; not to be used beside a fault
 * @param coldJunctionCelsius as the converter measures it
 * @param noiseMillivolts standard deviation of the noise in {@code millivolts}
 * @param junction sound, or what is wrong
 */
record Conversion(Emf type, double millivolts, double coldJunctionCelsius, double noiseMillivolts, Junction junction) {

    /** The emf against a cold junction at 0 C, mV: what the reference function is a function of. */
    double compensatedMillivolts() {
        return millivolts + type.millivolts(coldJunctionCelsius);
    }

    /** T = E^-1(V + E(T_cj)), degrees Celsius; NaN where no temperature has that emf. */
    double celsius() {
        return type.celsius(compensatedMillivolts());
    }

    /** The junction as this conversion shows it: also out of range where no temperature has its emf. */
    Junction verdict() {
        return junction == Junction.SOUND && Double.isNaN(celsius()) ? Junction.OUT_OF_RANGE : junction;
    }

    /** What a perfect instrument makes of it; the sigma is the noise of the emf divided by the Seebeck coefficient. */
    ThermocoupleReading reading(int channel, long timestampNanos) {
        FaultKind fault = verdict().fault();
        if (fault != null) {
            return new ThermocoupleReading.Fault(channel, timestampNanos, fault);
        }
        double celsius = celsius();
        double sigma = noiseMillivolts / type.millivoltsPerKelvin(celsius);
        return new ThermocoupleReading.Temperature(channel, timestampNanos, celsius, sigma);
    }
}
