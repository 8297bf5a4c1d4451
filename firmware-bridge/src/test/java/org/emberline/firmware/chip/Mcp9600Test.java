package org.emberline.firmware.chip;

import static org.emberline.firmware.chip.Conversions.assertFaulty;
import static org.emberline.firmware.chip.Conversions.assertSensible;
import static org.emberline.firmware.chip.Conversions.junctions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleType;
import org.emberline.firmware.chip.Conversion.Junctions;
import org.emberline.firmware.chip.Mcp9600.Model;
import org.emberline.firmware.chip.Mcp9600Settings.ColdJunctionStep;
import org.emberline.firmware.chip.Mcp9600Settings.Converter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Mcp9600Test {
    private static final int NEW = 0x40;

    private static Mcp9600 chip(Model model, ThermocoupleType type) {
        return new Mcp9600(model, settings(type, 0, 0));
    }

    private static Mcp9600Settings settings(ThermocoupleType type, int filter, int burst) {
        return new Mcp9600Settings(type, filter, Converter.BITS_18, ColdJunctionStep.SIXTEENTH_KELVIN, burst);
    }

    private static byte[] parse(String bytes) {
        return HexFormat.of().parseHex(bytes);
    }

    /** The data sheet's formula: upper byte times 16 plus lower byte / 16, less 4096 below zero. */
    @ParameterizedTest
    @CsvSource({
        "3840, 0190, 900, 25",
        "0001, 0190, 0.0625, 25",
        "FFFF, 0190, -0.0625, 25",
        "F380, 0190, -200, 25",
        "55C0, 0190, 1372, 25",
        "0190, FFFF, 25, -0.0625",
        "0190, FD80, 25, -40",
        "0190, 07D0, 25, 125"
    })
    void bothJunctions(String hot, String cold, double hotCelsius, double coldCelsius) {
        byte[] hotBytes = parse(hot);
        double byFormula = (hotBytes[0] & 0xff) * 16 + (hotBytes[1] & 0xff) / 16.0 - (hotBytes[0] < 0 ? 4096 : 0);
        assertEquals(hotCelsius, byFormula);
        Junctions junctions = junctions(chip(Model.MCP9600, ThermocoupleType.K).decode(hotBytes, parse(cold), NEW));
        assertEquals(hotCelsius, junctions.hotCelsius());
        assertEquals(coldCelsius, junctions.coldCelsius());
    }

    @ParameterizedTest
    @CsvSource({
        "MCP9600, 50, OUT_OF_RANGE, OUT_OF_RANGE",
        "MCP9600, 60, CORRUPT, CORRUPT",
        "MCP9601, 50, OPEN_CIRCUIT, OUT_OF_RANGE",
        "MCP9601, 60, SHORT_TO_GROUND, SHORT_TO_SUPPLY",
        "MCP9600, 00, STALE, STALE",
        "MCP9600, 80, STALE, STALE",
        "MCP9600, 0F, STALE, STALE"
    })
    void theStatus(Model model, String status, FaultKind kind, FaultKind other) {
        Conversion conversion =
                chip(model, ThermocoupleType.K).decode(parse("3840"), parse("0190"), Integer.parseInt(status, 16));
        assertFaulty(conversion, kind, other);
    }

    @Test
    void allThatAnMcp9601SeesAtOnce() {
        Conversion conversion = chip(Model.MCP9601, ThermocoupleType.K).decode(parse("3840"), parse("0190"), 0x30);
        assertFaulty(
                conversion,
                FaultKind.STALE,
                FaultKind.OPEN_CIRCUIT,
                FaultKind.SHORT_TO_GROUND,
                FaultKind.SHORT_TO_SUPPLY,
                FaultKind.OUT_OF_RANGE);
    }

    /** Alerts are not used, and a burst bit from before means nothing. */
    @Test
    void otherBitsOfTheStatusMeanNothing() {
        Conversion conversion = chip(Model.MCP9600, ThermocoupleType.K).decode(parse("3840"), parse("0190"), 0xcf);
        assertEquals(900, junctions(conversion).hotCelsius());
    }

    @Test
    void aBurstIsNewWhenItIsComplete() {
        Mcp9600 chip = new Mcp9600(Model.MCP9600, settings(ThermocoupleType.K, 0, 8));
        assertFaulty(chip.decode(parse("3840"), parse("0190"), 0x40), FaultKind.STALE);
        assertEquals(
                900,
                junctions(chip.decode(parse("3840"), parse("0190"), (byte) 0xc0))
                        .hotCelsius());
    }

    @Test
    void nobodyOnTheBusAndContradictions() {
        Mcp9600 chip = chip(Model.MCP9600, ThermocoupleType.K);
        assertFaulty(chip.decode(parse("0000"), parse("0000"), 0), FaultKind.BUS_SILENT);
        assertFaulty(chip.decode(parse("FFFF"), parse("FFFF"), 0xff), FaultKind.BUS_SILENT);
        assertFaulty(chip.decode(parse("3840"), parse("1190"), NEW), FaultKind.CORRUPT);
        assertFaulty(chip.decode(parse("3840"), parse("7190"), NEW), FaultKind.CORRUPT);
        assertFaulty(chip.decode(parse("3840"), parse("8190"), NEW), FaultKind.CORRUPT);
    }

    @ParameterizedTest
    @CsvSource({
        "K, 55C2, 0190, OUT_OF_RANGE",
        "B, 0190, 0190, OUT_OF_RANGE",
        "K, 3840, FC80, COLD_JUNCTION_OUT_OF_RANGE",
        "K, 3840, 07D1, COLD_JUNCTION_OUT_OF_RANGE"
    })
    void beyondTheRangesThereIsNoTemperature(ThermocoupleType type, String hot, String cold, FaultKind kind) {
        assertFaulty(chip(Model.MCP9600, type).decode(parse(hot), parse(cold), NEW), kind);
    }

    /** Steps of 2 uV, of 0.0625 K shown and of the cold junction, at 900 C where K has 40.01 and at 25 C 40.5 uV/K. */
    @ParameterizedTest
    @CsvSource({"BITS_18, SIXTEENTH_KELVIN, 2, 0.0625", "BITS_12, QUARTER_KELVIN, 128, 0.25"})
    void sigmaIsTheSteps(Converter converter, ColdJunctionStep step, double microvolts, double cold) {
        Mcp9600Settings settings = new Mcp9600Settings(ThermocoupleType.K, 0, converter, step, 0);
        Conversion conversion = new Mcp9600(Model.MCP9600, settings).decode(parse("3840"), parse("0190"), NEW);
        double squares = Math.pow(microvolts / 40.0, 2) + Math.pow(cold * 40.5 / 40.0, 2) + 0.0625 * 0.0625;
        assertEquals(Math.sqrt(squares / 12), junctions(conversion).sigmaCelsius(), 1e-3);
    }

    @ParameterizedTest
    @CsvSource({
        "K, 0, BITS_18, SIXTEENTH_KELVIN, 0, 00, 00",
        "J, 1, BITS_16, SIXTEENTH_KELVIN, 0, 11, 20",
        "T, 2, BITS_14, QUARTER_KELVIN, 0, 22, C0",
        "N, 3, BITS_12, QUARTER_KELVIN, 0, 33, E0",
        "S, 4, BITS_18, SIXTEENTH_KELVIN, 1, 44, 02",
        "E, 5, BITS_18, SIXTEENTH_KELVIN, 2, 55, 06",
        "B, 6, BITS_16, SIXTEENTH_KELVIN, 32, 66, 36",
        "R, 7, BITS_18, QUARTER_KELVIN, 128, 77, 9E"
    })
    void whatIsWritten(
            ThermocoupleType type,
            int filter,
            Converter converter,
            ColdJunctionStep step,
            int burst,
            String sensor,
            String device) {
        Mcp9600Settings settings = new Mcp9600Settings(type, filter, converter, step, burst);
        assertEquals(Integer.parseInt(sensor, 16), settings.sensorSettings());
        assertEquals(Integer.parseInt(device, 16), settings.deviceSettings());
        assertEquals(List.of(), settings.differences(settings.sensorSettings(), settings.deviceSettings()));
    }

    @Test
    void lostSettingsAreNamed() {
        Mcp9600Settings settings = settings(ThermocoupleType.S, 2, 0);
        assertEquals(
                List.of("SENSOR_SETTINGS=0x00 instead of 0x42", "DEVICE_SETTINGS=0xA1 instead of 0x00"),
                settings.differences(0, (byte) 0xa1));
        assertEquals(List.of(), settings.differences(0x42 | 0x88, 0), "two bits of the sensor settings do nothing");
        Mcp9600Settings burst = settings(ThermocoupleType.S, 2, 4);
        assertEquals(List.of(), burst.differences(0x42, 0x09), "asleep after the burst");
        assertEquals(List.of("DEVICE_SETTINGS=0x06 instead of 0x0A"), burst.differences(0x42, 0x06));
    }

    /** The filter's memory by summing its weights one by one. */
    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "3, 0", "7, 0", "0, 1", "0, 8", "3, 1", "3, 8", "7, 128"})
    void theCentreOfWhatTheFilterRemembers(int filter, int burst) {
        double k = 2 / (Math.pow(2, filter) + 1);
        int samples = burst == 0 ? 20_000 : burst;
        double age = 0;
        double weights = 0;
        for (int i = 0; i < samples; i++) {
            double weight = Math.pow(1 - k, i) * (i == samples - 1 ? 1 : k);
            age += weight * (i + 0.5);
            weights += weight;
        }
        assertEquals(1, weights, 1e-9);
        Mcp9600Settings settings = settings(ThermocoupleType.K, filter, burst);
        assertEquals(age, settings.centreBeforeEndNanos() / 320e6, 1e-6);
        assertEquals(320_000_000L * Math.max(1, burst), settings.windowNanos());
    }

    @Test
    void whenAReadingIsOverdue() {
        assertEquals(627_000_000, settings(ThermocoupleType.K, 0, 0).longestNanos());
        Mcp9600Settings fast =
                new Mcp9600Settings(ThermocoupleType.K, 0, Converter.BITS_12, ColdJunctionStep.QUARTER_KELVIN, 0);
        assertEquals(74_800_000, fast.longestNanos());
    }

    @Test
    void theModelsTellThemselvesApart() {
        assertEquals(Optional.of(Model.MCP9600), Model.of(0x40));
        assertEquals(Optional.of(Model.MCP9601), Model.of(0x41));
        assertEquals(Optional.empty(), Model.of(0));
        assertEquals(Optional.empty(), Model.of((byte) 0xff));
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertRefused("must lie in 0..7: filter=8", 8, 0);
        assertRefused("must lie in 0..7: filter=-1", -1, 0);
        assertRefused("must be 0, 1, 2, 4 .. 128: burstSamples=3", 0, 3);
        assertRefused("must be 0, 1, 2, 4 .. 128: burstSamples=256", 0, 256);
        assertRefused("must be 0, 1, 2, 4 .. 128: burstSamples=-1", 0, -1);
    }

    private static void assertRefused(String message, int filter, int burst) {
        Exception refused =
                assertThrows(IllegalArgumentException.class, () -> settings(ThermocoupleType.K, filter, burst));
        assertEquals(message, refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource(ThermocoupleType.class)
    void noReplyIsTooStrange(ThermocoupleType type) {
        SplittableRandom random = new SplittableRandom(24);
        byte[] hot = new byte[2];
        byte[] cold = new byte[2];
        int sound = 0;
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(hot);
            random.nextBytes(cold);
            // Half of them with a cold junction that can be and a clean status.
            cold[0] = (i & 1) == 0 ? cold[0] : 1;
            int status = (i & 1) == 0 ? random.nextInt(256) : NEW;
            Conversion conversion =
                    chip(i % 4 < 2 ? Model.MCP9600 : Model.MCP9601, type).decode(hot, cold, status);
            assertSensible(type, conversion, type + " " + HexFormat.of().formatHex(hot) + " status=" + status);
            sound += conversion instanceof Junctions ? 1 : 0;
        }
        assertTrue(sound > 3_000, "sound=" + sound);
    }
}
