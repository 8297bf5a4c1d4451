package org.emberline.firmware.chip;

import static org.emberline.firmware.chip.Conversions.assertFaulty;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleType;
import org.emberline.firmware.chip.Max31856Settings.Mains;
import org.emberline.firmware.chip.Max31856Settings.Mode;
import org.emberline.firmware.chip.Max31856Settings.OpenCircuitTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Max31856SettingsTest {
    private static final Max31856Settings SETTINGS =
            new Max31856Settings(ThermocoupleType.K, Mode.AUTOMATIC, 4, Mains.HZ_50, OpenCircuitTest.BELOW_5_KILOOHM);

    private static String text(byte[] bytes) {
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(bytes);
    }

    /** CR0 and CR1 by the data sheet's tables. */
    @ParameterizedTest
    @CsvSource({
        "B, ONE_SHOT, 1, HZ_60, OFF, 00 00",
        "E, ONE_SHOT, 1, HZ_50, OFF, 01 01",
        "J, AUTOMATIC, 1, HZ_60, OFF, 80 02",
        "K, AUTOMATIC, 1, HZ_50, BELOW_5_KILOOHM, 91 03",
        "N, AUTOMATIC, 2, HZ_60, FAST_UP_TO_40_KILOOHM, A0 14",
        "R, AUTOMATIC, 4, HZ_60, SLOW_UP_TO_40_KILOOHM, B0 25",
        "S, ONE_SHOT, 8, HZ_60, BELOW_5_KILOOHM, 10 36",
        "T, ONE_SHOT, 16, HZ_50, SLOW_UP_TO_40_KILOOHM, 31 47"
    })
    void whatIsWritten(
            ThermocoupleType type, Mode mode, int averaging, Mains mains, OpenCircuitTest test, String cr0AndCr1) {
        Max31856Settings settings = new Max31856Settings(type, mode, averaging, mains, test);
        assertEquals(cr0AndCr1 + " FF 7F 80 7F FF 80 00 00", text(settings.registers()));
    }

    @Test
    void itIsStoppedThenToldThenStarted() {
        List<String> writes =
                SETTINGS.writes().stream().map(Max31856SettingsTest::text).toList();
        assertEquals(List.of("80 00", "80 11 23 FF 7F 80 7F FF 80 00 00", "80 91"), writes);
    }

    @Test
    void oneShotsAreStartedOneByOne() {
        Max31856Settings settings = new Max31856Settings(
                ThermocoupleType.K, Mode.ONE_SHOT, 1, Mains.HZ_60, OpenCircuitTest.BELOW_5_KILOOHM);
        List<String> writes =
                settings.writes().stream().map(Max31856SettingsTest::text).toList();
        assertEquals(List.of("80 00", "80 10 03 FF 7F 80 7F FF 80 00 00"), writes);
        assertEquals("80 50", text(settings.startConversion()));
    }

    /** Data sheet, typical and at most; the open-circuit test of these settings takes 15 ms at most. */
    @ParameterizedTest
    @CsvSource({
        "ONE_SHOT, 1, HZ_60, 143, 170",
        "ONE_SHOT, 1, HZ_50, 169, 200",
        "AUTOMATIC, 1, HZ_60, 82, 105",
        "AUTOMATIC, 1, HZ_50, 98, 125",
        "ONE_SHOT, 2, HZ_60, 176.333334, 203.333334",
        "ONE_SHOT, 16, HZ_50, 769, 800",
        "AUTOMATIC, 2, HZ_60, 98.666667, 121.666667",
        "AUTOMATIC, 4, HZ_50, 158, 185",
        "AUTOMATIC, 8, HZ_60, 198.666669, 221.666669",
        "AUTOMATIC, 16, HZ_50, 398, 425"
    })
    void howLongAConversionTakes(Mode mode, int averaging, Mains mains, double typical, double most) {
        Max31856Settings settings =
                new Max31856Settings(ThermocoupleType.K, mode, averaging, mains, OpenCircuitTest.BELOW_5_KILOOHM);
        assertEquals(typical, settings.windowNanos() / 1e6, 1e-9);
        assertEquals(most, settings.longestNanos() / 1e6, 1e-9);
    }

    @Test
    void lostSettingsAreNamed() {
        Max31856 chip = new Max31856(SETTINGS);
        byte[] reply = new byte[11];
        System.arraycopy(SETTINGS.registers(), 0, reply, 1, 10);
        assertArrayEquals(new byte[11], Max31856Settings.readBackRequest());
        assertEquals(List.of(), SETTINGS.differences(reply, 1));
        assertEquals(Optional.empty(), chip.configurationFault(reply, 1));

        reply[2] = 0x03;
        reply[10] = 0x01;
        assertEquals(List.of("CR1=0x03 instead of 0x23", "CJTO=0x01 instead of 0x00"), SETTINGS.differences(reply, 1));
        assertFaulty(chip.configurationFault(reply, 1).orElseThrow(), FaultKind.CONFIGURATION_LOST);
        assertFaulty(chip.configurationFault(new byte[11], 1).orElseThrow(), FaultKind.BUS_SILENT);
    }

    /** Of the ten registers CR0, CR1 and CJLF are not what the chip wakes up with. */
    @Test
    void aDipOfTheSupplyIsSeen() {
        byte[] reply = new byte[10];
        for (Max31856Register register : EnumSet.range(Max31856Register.CR0, Max31856Register.CJTO)) {
            reply[register.address()] = (byte) register.powerOn();
        }
        assertEquals("00 03 FF 7F C0 7F FF 80 00 00", text(reply));
        assertEquals(
                List.of("CR0=0x00 instead of 0x91", "CR1=0x03 instead of 0x23", "CJLF=0xC0 instead of 0x80"),
                SETTINGS.differences(reply, 0));
    }

    /** Every single bit that flips shows, except for those that the chip takes back itself or that do nothing. */
    @Test
    void everyBitThatIsKeptIsLookedAt() {
        int seen = 0;
        for (int bit = 0; bit < 80; bit++) {
            byte[] reply = SETTINGS.registers();
            reply[bit / 8] ^= (byte) (1 << bit % 8);
            seen += SETTINGS.differences(reply, 0).size();
        }
        assertEquals(80 - 2 - 1 - 2, seen);
        byte[] reply = SETTINGS.registers();
        reply[0] ^= 0x42;
        assertEquals(List.of(), SETTINGS.differences(reply, 0));
    }

    @Test
    void addressesAreTheDataSheets() {
        assertEquals(0x00, Max31856Register.CR0.address());
        assertEquals(0x89, Max31856Register.CJTO.writeAddress());
        assertEquals(0x0a, Max31856Register.CJTH.address());
        assertEquals(0x0f, Max31856Register.SR.address());
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, -1, 0, 3, 5, 6, 12, 17, 32, Integer.MIN_VALUE})
    void oddAveragingIsRefused(int averaging) {
        Exception refused = assertThrows(
                IllegalArgumentException.class,
                () -> new Max31856Settings(
                        ThermocoupleType.K, Mode.ONE_SHOT, averaging, Mains.HZ_50, OpenCircuitTest.OFF));
        assertEquals("must be 1, 2, 4, 8 or 16: averaging=" + averaging, refused.getMessage());
    }
}
