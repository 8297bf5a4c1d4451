package org.emberline.firmware.chip;

import static org.emberline.firmware.chip.Conversions.assertFaulty;
import static org.emberline.firmware.chip.Conversions.assertSensible;
import static org.emberline.firmware.chip.Conversions.junctions;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Set;
import java.util.SplittableRandom;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleType;
import org.emberline.firmware.chip.Conversion.Faulty;
import org.emberline.firmware.chip.Conversion.Junctions;
import org.emberline.firmware.chip.Max31856Settings.Mains;
import org.emberline.firmware.chip.Max31856Settings.Mode;
import org.emberline.firmware.chip.Max31856Settings.OpenCircuitTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Max31856Test {

    private static Max31856 chip(ThermocoupleType type, int averaging) {
        return new Max31856(
                new Max31856Settings(type, Mode.AUTOMATIC, averaging, Mains.HZ_50, OpenCircuitTest.BELOW_5_KILOOHM));
    }

    /** CJTH CJTL LTCBH LTCBM LTCBL SR; the tables of the data sheet for both formats, and the ends of type K. */
    @ParameterizedTest
    @CsvSource({
        // cold junction 25, 0.015625, -0.015625, -55, 125
        "19 00 06 40 00 00, 100, 25",
        "00 04 06 40 00 00, 100, 0.015625",
        "FF FC 06 40 00 00, 100, -0.015625",
        "C9 00 06 40 00 00, 100, -55",
        "7D 00 06 40 00 00, 100, 125",
        // linearised temperature
        "19 00 3E 80 00 00, 1000, 25",
        "19 00 06 4F 00 00, 100.9375, 25",
        "19 00 01 90 00 00, 25, 25",
        "19 00 00 01 00 00, 0.0625, 25",
        "19 00 00 00 20 00, 0.0078125, 25",
        "19 00 00 00 00 00, 0, 25",
        "19 00 FF FF E0 00, -0.0078125, 25",
        "19 00 FF FF 00 00, -0.0625, 25",
        "19 00 FF F0 00 00, -1, 25",
        "19 00 F0 60 00 00, -250, 25",
        "19 00 EF 20 00 00, -270, 25",
        "19 00 55 C0 00 00, 1372, 25",
        // the five unused bits mean nothing
        "19 00 06 40 1F 00, 100, 25",
    })
    void theFormatsOfTheDataSheet(String bytes, double hot, double cold) {
        Junctions junctions = junctions(chip(ThermocoupleType.K, 1).decode(parse(bytes), 0));
        assertEquals(hot, junctions.hotCelsius());
        assertEquals(cold, junctions.coldCelsius());
    }

    private static byte[] parse(String bytes) {
        return HexFormat.ofDelimiter(" ").parseHex(bytes);
    }

    @Test
    void aReplyIsDecodedBehindTheAddress() {
        byte[] request = Max31856.resultRequest();
        assertArrayEquals(parse("0A 00 00 00 00 00 00"), request);
        Junctions junctions = junctions(chip(ThermocoupleType.K, 1).decode(parse("FF 19 00 38 40 20 00"), 1));
        assertEquals(900.0078125, junctions.hotCelsius());
    }

    @ParameterizedTest
    @CsvSource({
        "0, OPEN_CIRCUIT",
        "1, OVER_UNDER_VOLTAGE",
        "2, HOT_JUNCTION_LOW",
        "3, HOT_JUNCTION_HIGH",
        "4, COLD_JUNCTION_LOW",
        "5, COLD_JUNCTION_HIGH",
        "6, OUT_OF_RANGE",
        "7, COLD_JUNCTION_OUT_OF_RANGE"
    })
    void everyBitOfTheStatus(int bit, FaultKind kind) {
        byte[] bytes = parse("19 00 38 40 00 00");
        bytes[5] = (byte) (1 << bit);
        assertFaulty(chip(ThermocoupleType.S, 1).decode(bytes, 0), kind);
    }

    /** Every combination of bits gives as many kinds, of which the first explains the others. */
    @Test
    void allBitsTogether() {
        byte[] bytes = parse("19 00 38 40 00 00");
        for (int status = 1; status < 256; status++) {
            bytes[5] = (byte) status;
            Set<FaultKind> kinds = assertInstanceOf(
                            Faulty.class, chip(ThermocoupleType.K, 1).decode(bytes, 0))
                    .kinds();
            assertEquals(Integer.bitCount(status), kinds.size());
            assertEquals((status & 1) != 0, kinds.contains(FaultKind.OPEN_CIRCUIT));
        }
        assertEquals(
                FaultKind.OPEN_CIRCUIT,
                assertInstanceOf(Faulty.class, chip(ThermocoupleType.K, 1).decode(bytes, 0))
                        .first());
    }

    @Test
    void nobodyOnTheBus() {
        assertFaulty(chip(ThermocoupleType.K, 1).decode(new byte[6], 0), FaultKind.BUS_SILENT);
        assertFaulty(chip(ThermocoupleType.K, 1).decode(parse("FF FF FF FF FF FF"), 0), FaultKind.BUS_SILENT);
    }

    /** Numbers that the chip cannot have measured, without a bit that says so. */
    @ParameterizedTest
    @CsvSource({
        "K, 19 00 55 C0 20 00, OUT_OF_RANGE",
        "K, 19 00 EF 1F E0 00, OUT_OF_RANGE",
        "B, 19 00 02 A0 00 00, OUT_OF_RANGE",
        "K, C8 FC 06 40 00 00, COLD_JUNCTION_OUT_OF_RANGE",
        "K, 7D 04 06 40 00 00, COLD_JUNCTION_OUT_OF_RANGE"
    })
    void beyondTheRangesThereIsNoTemperature(ThermocoupleType type, String bytes, FaultKind kind) {
        assertFaulty(chip(type, 1).decode(parse(bytes), 0), kind);
    }

    /** 1768.1 C is shown as 1768.1015625, which is not beyond the end. */
    @Test
    void theEndOfARangeMayBeRounded() {
        Junctions junctions = junctions(chip(ThermocoupleType.S, 1).decode(parse("19 00 6E 81 A0 00"), 0));
        assertEquals(1768.1, junctions.hotCelsius());
        assertFaulty(chip(ThermocoupleType.S, 1).decode(parse("19 00 6E 81 C0 00"), 0), FaultKind.OUT_OF_RANGE);
    }

    /** Science report section 3.3, at 900 C: type K 0.03 K, type S 0.036 K of noise; the steps add 0.002 K and less than 0.005 K. */
    @ParameterizedTest
    @CsvSource({"K, 1, 0.0325", "S, 1, 0.0357", "K, 4, 0.01625", "K, 16, 0.0081", "S, 16, 0.0089"})
    void sigmaIsNoiseAndSteps(ThermocoupleType type, int averaging, double noise) {
        double cold = 0.015625 / Math.sqrt(12) * type.millivoltsPerKelvin(25) / type.millivoltsPerKelvin(900);
        double wanted = Math.hypot(Math.hypot(noise, 0.0078125 / Math.sqrt(12)), cold);
        Junctions junctions = junctions(chip(type, averaging).decode(parse("19 00 38 40 00 00"), 0));
        assertEquals(wanted, junctions.sigmaCelsius(), 2e-4);
    }

    @ParameterizedTest
    @EnumSource(ThermocoupleType.class)
    void noReplyIsTooStrange(ThermocoupleType type) {
        SplittableRandom random = new SplittableRandom(23);
        Max31856 chip = chip(type, 1);
        byte[] bytes = new byte[7];
        int sound = 0;
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(bytes);
            // Half of them with a clean status.
            bytes[6] = (i & 1) == 0 ? bytes[6] : 0;
            Conversion conversion = chip.decode(bytes, 1);
            assertSensible(type, conversion, type + " " + HexFormat.of().formatHex(bytes));
            sound += conversion instanceof Junctions ? 1 : 0;
        }
        assertTrue(sound > 5_000, "sound=" + sound);
    }
}
