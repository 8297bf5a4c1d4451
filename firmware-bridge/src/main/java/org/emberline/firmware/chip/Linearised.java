package org.emberline.firmware.chip;

import java.util.EnumSet;
import java.util.Set;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleType;

/** The last steps with chips that linearise by a table of their own: is what they show within their range, and how sure is it? */
final class Linearised {
    /** Both families work between these, by their data sheets. */
    private static final double COLDEST_COLD_JUNCTION = -55;

    private static final double HOTTEST_COLD_JUNCTION = 125;

    private Linearised() {}

    /**
     * @param hotCelsius as shown
     * @param coldCelsius as shown
     * @param hotStep kelvin; the ends of a type's range are rounded too
     * @param faults that the chip signals; those found here are added
     */
    static Conversion conversion(
            ThermocoupleType type,
            double hotCelsius,
            double coldCelsius,
            double hotStep,
            Sigma sigma,
            EnumSet<FaultKind> faults) {
        if (faults.isEmpty()) {
            faults.addAll(outside(type, hotCelsius, coldCelsius, hotStep));
        }
        if (!faults.isEmpty()) {
            return new Conversion.Faulty(faults);
        }
        double hot = Math.clamp(hotCelsius, type.leastInvertibleCelsius(), type.mostCelsius());
        double cold = Math.clamp(coldCelsius, type.leastCelsius(), type.mostCelsius());
        return new Conversion.Junctions(hot, coldCelsius, sigma.celsius(type, hot, type.millivoltsPerKelvin(cold)));
    }

    private static Set<FaultKind> outside(
            ThermocoupleType type, double hotCelsius, double coldCelsius, double hotStep) {
        Set<FaultKind> faults = EnumSet.noneOf(FaultKind.class);
        if (hotCelsius < type.leastInvertibleCelsius() - hotStep / 2 || hotCelsius > type.mostCelsius() + hotStep / 2) {
            faults.add(FaultKind.OUT_OF_RANGE);
        }
        if (coldCelsius < COLDEST_COLD_JUNCTION || coldCelsius > HOTTEST_COLD_JUNCTION) {
            faults.add(FaultKind.COLD_JUNCTION_OUT_OF_RANGE);
        }
        return faults;
    }
}
