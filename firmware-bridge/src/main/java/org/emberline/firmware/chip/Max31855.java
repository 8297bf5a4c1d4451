package org.emberline.firmware.chip;

import java.util.EnumSet;
import org.emberline.firmware.Its90;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleType;

/**
 * MAX31855: 32 bits, read only, SPI mode 0, at most 5 MHz; a part variant for each type but B.
 *
 * <pre>
 *   31 ......... 18   17   16    15 ....... 4   3    2    1    0
 *   thermocouple      0    any   cold junction  0    SCV  SCG  OC
 *   signed, 0.25 C    fault      signed, 0.0625 C
 * </pre>
 *
 * <p>The chip does not linearise: it shows T_cj + V / k with one k per variant, which is off by up to 7 K for type K and by 60 K for R.
 * The decoder takes that straight line back, V = (T_shown - T_cj) k, and goes by ITS-90 from there: T = E^-1(V + E(T_cj)).
 *
 * <p>Contradictions are {@link FaultKind#CORRUPT}: a reserved bit set, or the fault bit without a fault and vice versa. A word of zeros
 * is taken for a silent bus, although the chip would send it at exactly 0 C on both sides. The chip cannot tell a conversion that was
 * read before. Its noise is not specified; sigma holds the steps only.
 *
 * <p>Immutable.
 */
public final class Max31855 {
    /** Length of a reply. */
    public static final int BYTES = 4;

    /**
     * Length of a conversion, typical. The chip converts one after another without saying when: the centre of what is read lies one such
     * time before the reading, give or take half of it.
     */
    public static final long WINDOW_NANOS = 70_000_000;

    /** Length of a conversion at most; a chip that is read more often than that shows the same conversion twice. */
    public static final long LONGEST_NANOS = 100_000_000;

    private static final double HOT_STEP = 0.25;
    private static final double COLD_STEP = 0.0625;
    private static final int RESERVED = 1 << 17 | 1 << 3;
    private static final int ANY_FAULT = 1 << 16;
    private static final int SHORT_TO_SUPPLY = 1 << 2;
    private static final int SHORT_TO_GROUND = 1 << 1;
    private static final int OPEN = 1;
    /** The ends of the data sheet's table of cold junction readings. */
    private static final double COLDEST_COLD_JUNCTION = -55;

    private static final double HOTTEST_COLD_JUNCTION = 127;

    private final ThermocoupleType type;
    private final double millivoltsPerKelvin;
    private final Sigma sigma;

    /**
     * @param type of the part variant, MAX31855K and so on
     * @throws IllegalArgumentException for type B, of which there is none
     */
    public Max31855(ThermocoupleType type) {
        this.type = type;
        millivoltsPerKelvin = microvoltsPerKelvin(type) / 1e3;
        sigma = new Sigma(millivoltsPerKelvin * Sigma.ofStep(HOT_STEP), Sigma.ofStep(COLD_STEP), 0);
    }

    /** Whether there is a variant for the type. */
    public static boolean measures(ThermocoupleType type) {
        return type != ThermocoupleType.B;
    }

    /**
     * The variant's straight line, from its data sheet.
     *
     * @throws IllegalArgumentException for type B
     */
    public static double microvoltsPerKelvin(ThermocoupleType type) {
        return switch (type) {
            case B -> throw new IllegalArgumentException("there is no MAX31855 for type=" + type);
            case E -> 76.373;
            case J -> 57.953;
            case K -> 41.276;
            case N -> 36.256;
            case R -> 10.506;
            case S -> 9.587;
            case T -> 52.18;
        };
    }

    /** The word of a reply, its first byte the highest. */
    public static int word(byte[] reply) {
        return Bits.unsigned(reply, 0, BYTES);
    }

    /** The hot junction as the chip shows it, uncorrected, whatever the fault bits say. */
    public static double shownCelsius(int word) {
        return (word >> 18) * HOT_STEP;
    }

    /** The chip's own temperature, whatever the fault bits say. */
    public static double coldJunctionCelsius(int word) {
        return Bits.signed(word >> 4, 12) * COLD_STEP;
    }

    /** Both junctions, or why not; never a NaN. */
    public Conversion decode(int word) {
        if (word == 0 || word == -1) {
            return Conversion.Faulty.of(FaultKind.BUS_SILENT);
        }
        EnumSet<FaultKind> faults = faults(word);
        if ((word & RESERVED) != 0 || faults.isEmpty() == ((word & ANY_FAULT) != 0)) {
            return Conversion.Faulty.of(FaultKind.CORRUPT);
        }
        return faults.isEmpty()
                ? junctions(shownCelsius(word), coldJunctionCelsius(word))
                : new Conversion.Faulty(faults);
    }

    private static EnumSet<FaultKind> faults(int word) {
        EnumSet<FaultKind> faults = EnumSet.noneOf(FaultKind.class);
        if ((word & OPEN) != 0) {
            faults.add(FaultKind.OPEN_CIRCUIT);
        }
        if ((word & SHORT_TO_GROUND) != 0) {
            faults.add(FaultKind.SHORT_TO_GROUND);
        }
        if ((word & SHORT_TO_SUPPLY) != 0) {
            faults.add(FaultKind.SHORT_TO_SUPPLY);
        }
        return faults;
    }

    private Conversion junctions(double shown, double cold) {
        double coldSlope = type.millivoltsPerKelvin(cold);
        if (cold < COLDEST_COLD_JUNCTION || cold > HOTTEST_COLD_JUNCTION || Double.isNaN(coldSlope)) {
            return Conversion.Faulty.of(FaultKind.COLD_JUNCTION_OUT_OF_RANGE);
        }
        double hot = Its90.hotCelsius(type, (shown - cold) * millivoltsPerKelvin, cold);
        if (Double.isNaN(hot)) {
            return Conversion.Faulty.of(FaultKind.OUT_OF_RANGE);
        }
        // The cold junction enters twice: with E(T_cj), and with the straight line that is taken back.
        return new Conversion.Junctions(hot, cold, sigma.celsius(type, hot, coldSlope - millivoltsPerKelvin));
    }
}
