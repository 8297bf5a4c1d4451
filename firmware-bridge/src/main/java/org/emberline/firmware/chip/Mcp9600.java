package org.emberline.firmware.chip;

import java.util.EnumSet;
import java.util.Optional;
import org.emberline.firmware.ThermocoupleReading.FaultKind;

/**
 * MCP9600 and MCP9601: registers over I2C, 100 kHz, addresses 60h to 67h; the chip stretches the clock. Both linearise by tables of their
 * own, and what they show is passed on as it is. The MCP9601 also sees broken wires and shorts.
 *
 * <pre>
 *   00 hot junction     16 bits, signed, 0.0625 C
 *   02 cold junction    16 bits, signed, 0.0625 C, the upper four all sign
 *   04 status           7 burst complete  6 new hot junction  5 short (9601)  4 input range; open or input range (9601)  3:0 alerts
 *   05 sensor settings  6:4 type K J T N S E B R  2:0 filter
 *   06 device settings  7 cold junction by 0.25 C  6:5 converter 18, 16, 14, 12 bits  4:2 samples of a burst 1, 2 .. 128
 *                       1:0 normal, shut down, burst
 *   20 identity         15:8 40h MCP9600, 41h MCP9601  7:0 revision
 * </pre>
 *
 * <p>A register is read by itself: hot and cold junction two bytes, the first the higher, the others one byte; the identity two. Bits 7
 * and 6 of the status stay set until they are written as 0 ({@link #STATUS_CLEARED}); a conversion counts as new when its bit is
 * set again. Alerts are not used.
 *
 * <p>Immutable.
 */
public final class Mcp9600 {
    /** Register of the hot junction, {@link #TEMPERATURE_BYTES} bytes. */
    public static final int HOT_JUNCTION = 0x00;

    /** Register of the cold junction, {@link #TEMPERATURE_BYTES} bytes. */
    public static final int COLD_JUNCTION = 0x02;

    /** Register of the status, one byte. */
    public static final int STATUS = 0x04;

    /** Register of the sensor settings, one byte. */
    public static final int SENSOR_SETTINGS = 0x05;

    /** Register of the device settings, one byte. */
    public static final int DEVICE_SETTINGS = 0x06;

    /** Register of identity and revision, two bytes. */
    public static final int IDENTITY = 0x20;

    /** Length of a temperature. */
    public static final int TEMPERATURE_BYTES = 2;

    /** Written to {@link #STATUS} after a conversion was read, so that the next one shows. */
    public static final int STATUS_CLEARED = 0;

    private static final int BURST_COMPLETE = 1 << 7;
    private static final int NEW_HOT_JUNCTION = 1 << 6;
    private static final int SHORT = 1 << 5;
    private static final int RANGE = 1 << 4;
    private static final double STEP = 0.0625;
    /** Of the cold junction register, all alike. */
    private static final int SIGN_BITS = 4;

    private final Model model;
    private final Mcp9600Settings settings;
    private final Sigma sigma;

    /** The members of the family that differ in what they see. */
    public enum Model {
        MCP9600(0x40),
        MCP9601(0x41);

        private final int identity;

        Model(int identity) {
            this.identity = identity;
        }

        /** The model of the upper byte of {@link Mcp9600#IDENTITY}; empty when it is neither. */
        public static Optional<Model> of(int identity) {
            for (Model model : values()) {
                if (model.identity == (identity & 0xff)) {
                    return Optional.of(model);
                }
            }
            return Optional.empty();
        }
    }

    public Mcp9600(Model model, Mcp9600Settings settings) {
        this.model = model;
        this.settings = settings;
        sigma = new Sigma(
                Sigma.ofStep(settings.converter().stepMillivolts()),
                Sigma.ofStep(settings.coldJunctionStep().kelvin()),
                Sigma.ofStep(STEP));
    }

    public Model model() {
        return model;
    }

    public Mcp9600Settings settings() {
        return settings;
    }

    /**
     * Both junctions, or why not; never a NaN. {@link FaultKind#STALE} when nothing was converted since the status was cleared;
     * {@link FaultKind#CORRUPT} when the four signs of the cold junction differ, or an MCP9600 signals a short, which it cannot see. The
     * MCP9601 has one bit for an open wire and an emf out of range, and one for both shorts: both kinds are given.
     *
     * @param hot the register of the hot junction
     * @param cold the register of the cold junction
     * @param status the register of the status, 0 to 255 or as a signed byte
     */
    public Conversion decode(byte[] hot, byte[] cold, int status) {
        byte[] all = {hot[0], hot[1], cold[0], cold[1], (byte) status};
        if (Bits.silent(all, 0, all.length)) {
            return Conversion.Faulty.of(FaultKind.BUS_SILENT);
        }
        int coldSteps = Bits.signed(Bits.unsigned(cold, 0, TEMPERATURE_BYTES), Short.SIZE);
        if (coldSteps != Bits.signed(coldSteps, Short.SIZE - SIGN_BITS + 1)
                || (model == Model.MCP9600 && (status & SHORT) != 0)) {
            return Conversion.Faulty.of(FaultKind.CORRUPT);
        }
        EnumSet<FaultKind> faults = faults(status);
        int done = settings.burstSamples() == 0 ? NEW_HOT_JUNCTION : BURST_COMPLETE;
        if ((status & done) == 0) {
            faults.add(FaultKind.STALE);
        }
        double shown = Bits.signed(Bits.unsigned(hot, 0, TEMPERATURE_BYTES), Short.SIZE) * STEP;
        return Linearised.conversion(settings.type(), shown, coldSteps * STEP, STEP, sigma, faults);
    }

    private EnumSet<FaultKind> faults(int status) {
        EnumSet<FaultKind> faults = EnumSet.noneOf(FaultKind.class);
        if ((status & RANGE) != 0) {
            faults.add(FaultKind.OUT_OF_RANGE);
            if (model == Model.MCP9601) {
                faults.add(FaultKind.OPEN_CIRCUIT);
            }
        }
        if ((status & SHORT) != 0) {
            faults.add(FaultKind.SHORT_TO_GROUND);
            faults.add(FaultKind.SHORT_TO_SUPPLY);
        }
        return faults;
    }
}
