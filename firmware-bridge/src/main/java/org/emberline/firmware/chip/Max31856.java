package org.emberline.firmware.chip;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleType;

/**
 * MAX31856: registers ({@link Max31856Register}) over SPI mode 1, at most 5 MHz. It linearises by a table of its own, and what it shows
 * is passed on as it is. It cannot tell a conversion that was read before (it has a pin for that).
 *
 * <p>Settings are written by {@link Max31856Settings#writes}, each array one transfer. Results come by a transfer of
 * {@link #resultRequest}; what came back is decoded from offset 1 on, for under the address byte nothing is sent.
 *
 * <p>Immutable.
 */
public final class Max31856 {
    /** Registers CJTH to SR. */
    public static final int RESULT_BYTES = 6;

    private static final double HOT_STEP = 0x1p-7;
    private static final double COLD_STEP = 0x1p-6;
    /** Bits 0 to 7 of SR. */
    private static final List<FaultKind> STATUS = List.of(
            FaultKind.OPEN_CIRCUIT,
            FaultKind.OVER_UNDER_VOLTAGE,
            FaultKind.HOT_JUNCTION_LOW,
            FaultKind.HOT_JUNCTION_HIGH,
            FaultKind.COLD_JUNCTION_LOW,
            FaultKind.COLD_JUNCTION_HIGH,
            FaultKind.OUT_OF_RANGE,
            FaultKind.COLD_JUNCTION_OUT_OF_RANGE);
    /** Full scale of the larger of the two gains, 32. */
    private static final double LARGE_GAIN_MILLIVOLTS = 19.531;
    /** Input-referred noise of one conversion, rms. */
    private static final double LARGE_GAIN_NOISE = 0.4e-3;

    private static final double SMALL_GAIN_NOISE = 1.3e-3;

    private final Max31856Settings settings;
    private final Sigma sigma;

    public Max31856(Max31856Settings settings) {
        this.settings = settings;
        double noise = noiseMillivolts(settings.type()) / Math.sqrt(settings.averaging());
        sigma = new Sigma(noise, Sigma.ofStep(COLD_STEP), Sigma.ofStep(HOT_STEP));
    }

    public Max31856Settings settings() {
        return settings;
    }

    /** The chip amplifies by 32 where a type's emf fits that range (B, S), else by 8. */
    private static double noiseMillivolts(ThermocoupleType type) {
        boolean large = type.millivolts(type.mostCelsius()) <= LARGE_GAIN_MILLIVOLTS;
        return large ? LARGE_GAIN_NOISE : SMALL_GAIN_NOISE;
    }

    /** A transfer that reads the registers CJTH to SR; a new array each time, for the reply takes its place. */
    public static byte[] resultRequest() {
        byte[] request = new byte[1 + RESULT_BYTES];
        request[0] = (byte) Max31856Register.CJTH.address();
        return request;
    }

    /**
     * Both junctions, or every fault that is signalled; never a NaN. Six bytes of zeros are a silent bus, though a chip that has converted
     * nothing since its supply came up shows them too: {@link #configurationFault} tells.
     *
     * @param bytes CJTH to SR from {@code offset} on
     */
    public Conversion decode(byte[] bytes, int offset) {
        if (Bits.silent(bytes, offset, RESULT_BYTES)) {
            return Conversion.Faulty.of(FaultKind.BUS_SILENT);
        }
        double cold = (Bits.signed(Bits.unsigned(bytes, offset, 2), 16) >> 2) * COLD_STEP;
        double hot = (Bits.signed(Bits.unsigned(bytes, offset + 2, 3), 24) >> 5) * HOT_STEP;
        EnumSet<FaultKind> faults = faults(bytes[offset + 5]);
        return Linearised.conversion(settings.type(), hot, cold, HOT_STEP, sigma, faults);
    }

    private static EnumSet<FaultKind> faults(int status) {
        EnumSet<FaultKind> faults = EnumSet.noneOf(FaultKind.class);
        for (int bit = 0; bit < STATUS.size(); bit++) {
            if ((status >> bit & 1) != 0) {
                faults.add(STATUS.get(bit));
            }
        }
        return faults;
    }

    /**
     * What the settings as they were read back say of the chip: nothing when they are as written, a silent bus, or lost settings.
     *
     * @param bytes CR0 to CJTO from {@code offset} on
     */
    public Optional<Conversion.Faulty> configurationFault(byte[] bytes, int offset) {
        if (Bits.silent(bytes, offset, Max31856Settings.BYTES)) {
            return Optional.of(Conversion.Faulty.of(FaultKind.BUS_SILENT));
        }
        return settings.differences(bytes, offset).isEmpty()
                ? Optional.empty()
                : Optional.of(Conversion.Faulty.of(FaultKind.CONFIGURATION_LOST));
    }
}
