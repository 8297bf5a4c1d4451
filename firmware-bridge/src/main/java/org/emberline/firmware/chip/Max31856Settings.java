package org.emberline.firmware.chip;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.emberline.firmware.ThermocoupleType;

/**
 * What a {@link Max31856} is told: these settings, faults that end when their cause does, the FAULT pin unused, the limits at the ends of
 * their fields so that no limit but the type's range is ever passed, and no offset of the cold junction.
 *
 * @param type of the thermocouple
 * @param mode when it converts
 * @param averaging conversions that are averaged: 1, 2, 4, 8 or 16
 * @param mains whose frequency and harmonics are kept out
 * @param openCircuitTest how it looks for a broken wire
 */
public record Max31856Settings(
        ThermocoupleType type, Mode mode, int averaging, Mains mains, OpenCircuitTest openCircuitTest) {
    /** Registers CR0 to CJTO. */
    public static final int BYTES = 10;

    private static final int AUTOMATIC = 1 << 7;
    private static final int ONE_SHOT = 1 << 6;
    private static final int OPEN_CIRCUIT_TEST_SHIFT = 4;
    private static final int AVERAGING_SHIFT = 4;
    private static final int MOST_AVERAGED = 16;

    /** When the chip converts. */
    public enum Mode {
        /** When told to: the window begins with the transfer of {@link #startConversion}. */
        ONE_SHOT,
        /** One after another, without saying when. */
        AUTOMATIC
    }

    /** The frequency of the mains. */
    public enum Mains {
        HZ_60(143_000_000, 155_000_000, 82_000_000, 90_000_000, 16_666_667),
        HZ_50(169_000_000, 185_000_000, 98_000_000, 110_000_000, 20_000_000);

        private final long oneShotNanos;
        private final long longestOneShotNanos;
        private final long automaticNanos;
        private final long longestAutomaticNanos;
        private final long cycleNanos;

        Mains(
                long oneShotNanos,
                long longestOneShotNanos,
                long automaticNanos,
                long longestAutomaticNanos,
                long cycleNanos) {
            this.oneShotNanos = oneShotNanos;
            this.longestOneShotNanos = longestOneShotNanos;
            this.automaticNanos = automaticNanos;
            this.longestAutomaticNanos = longestAutomaticNanos;
            this.cycleNanos = cycleNanos;
        }
    }

    /**
     * How the chip looks for a broken wire: with every one-shot conversion, in automatic mode once in 16 conversions, which then take
     * longer.
     */
    public enum OpenCircuitTest {
        OFF(0, 0),
        /** Wires and filter of less than 5 kOhm: what a thermocouple is. */
        BELOW_5_KILOOHM(1, 15_000_000),
        /** 5 to 40 kOhm, with a time constant below 2 ms. */
        FAST_UP_TO_40_KILOOHM(2, 37_000_000),
        /** 5 to 40 kOhm, with a time constant above 2 ms. */
        SLOW_UP_TO_40_KILOOHM(3, 125_000_000);

        private final int code;
        private final long longestNanos;

        OpenCircuitTest(int code, long longestNanos) {
            this.code = code;
            this.longestNanos = longestNanos;
        }
    }

    public Max31856Settings {
        if (averaging < 1 || averaging > MOST_AVERAGED || Integer.bitCount(averaging) != 1) {
            throw new IllegalArgumentException("must be 1, 2, 4, 8 or 16: averaging=" + averaging);
        }
    }

    /**
     * Length of the conversion, typical: its centre is half of it after its begin. Of automatic conversions, whose begin nobody knows,
     * the centre of what is read lies one window before the reading, give or take half of it. A further sample takes two cycles of the
     * mains, in automatic mode one.
     */
    public long windowNanos() {
        return mode == Mode.ONE_SHOT ? mains.oneShotNanos + extraNanos() : mains.automaticNanos + extraNanos();
    }

    /** After so long a conversion is done, the test for a broken wire included: a conversion that is read later is a new one. */
    public long longestNanos() {
        long conversion = mode == Mode.ONE_SHOT ? mains.longestOneShotNanos : mains.longestAutomaticNanos;
        return conversion + extraNanos() + openCircuitTest.longestNanos;
    }

    private long extraNanos() {
        return (averaging - 1) * mains.cycleNanos * (mode == Mode.ONE_SHOT ? 2 : 1);
    }

    /** CR0 to CJTO as they are to be. */
    public byte[] registers() {
        return new byte[] {
            (byte) (mode == Mode.AUTOMATIC ? AUTOMATIC | idle() : idle()),
            (byte) (Integer.numberOfTrailingZeros(averaging) << AVERAGING_SHIFT | typeCode()),
            (byte) 0xff, // all masked: nobody looks at the pin
            0x7f,
            (byte) 0x80,
            0x7f,
            (byte) 0xff,
            (byte) 0x80,
            0x00,
            0x00
        };
    }

    /**
     * The transfers that set the chip up, in order: stop, everything, begin. Mains and averaging must not change while it converts.
     */
    public List<byte[]> writes() {
        byte[] everything = new byte[1 + BYTES];
        System.arraycopy(registers(), 0, everything, 1, BYTES);
        everything[0] = (byte) Max31856Register.CR0.writeAddress();
        everything[1] = (byte) idle();
        List<byte[]> writes = new ArrayList<>(List.of(writeCr0(0), everything));
        if (mode == Mode.AUTOMATIC) {
            writes.add(writeCr0(AUTOMATIC | idle()));
        }
        return writes;
    }

    /** The transfer that begins a conversion in one-shot mode. */
    public byte[] startConversion() {
        return writeCr0(ONE_SHOT | idle());
    }

    /** A transfer that reads CR0 to CJTO back; the reply is looked at from offset 1 on. */
    public static byte[] readBackRequest() {
        byte[] request = new byte[1 + BYTES];
        request[0] = (byte) Max31856Register.CR0.address();
        return request;
    }

    /**
     * The registers that are not as they were written, as {@code CR1=0x03 instead of 0x33}; empty when all are.
     *
     * @param bytes CR0 to CJTO from {@code offset} on
     */
    public List<String> differences(byte[] bytes, int offset) {
        byte[] wanted = registers();
        List<String> differences = new ArrayList<>();
        for (Max31856Register register : EnumSet.range(Max31856Register.CR0, Max31856Register.CJTO)) {
            int i = register.address();
            if (((bytes[offset + i] ^ wanted[i]) & register.kept()) != 0) {
                differences.add(String.format(
                        Locale.ROOT, "%s=0x%02X instead of 0x%02X", register, bytes[offset + i], wanted[i]));
            }
        }
        return differences;
    }

    private static byte[] writeCr0(int value) {
        return new byte[] {(byte) Max31856Register.CR0.writeAddress(), (byte) value};
    }

    /** CR0 while nothing is converted. */
    private int idle() {
        return openCircuitTest.code << OPEN_CIRCUIT_TEST_SHIFT | (mains == Mains.HZ_50 ? 1 : 0);
    }

    private int typeCode() {
        return switch (type) {
            case B -> 0;
            case E -> 1;
            case J -> 2;
            case K -> 3;
            case N -> 4;
            case R -> 5;
            case S -> 6;
            case T -> 7;
        };
    }
}
