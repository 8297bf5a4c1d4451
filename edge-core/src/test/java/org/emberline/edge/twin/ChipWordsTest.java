package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.SplittableRandom;
import org.emberline.edge.RealData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChipWordsTest {

    private static Conversion conversion(Emf type, double hot, double cold, Junction junction) {
        return new Conversion(type, type.millivolts(hot) - type.millivolts(cold), cold, 0, junction);
    }

    @Test
    void theKnownWordsOfTheMax31855() throws IOException {
        List<String> lines = Files.readAllLines(RealData.path("thermocouple/max31855/max31855_words.csv"));
        int compared = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            if (cells[1].isEmpty()) {
                continue; // a bus that floats: no chip sent it
            }
            int word = Max31855Word.of(
                    Double.parseDouble(cells[1]), Double.parseDouble(cells[2]), junction(cells[4], cells[5], cells[6]));
            assertEquals(cells[0], "%08X".formatted(word), line);
            compared++;
        }
        assertEquals(15, compared);
    }

    private static Junction junction(String supply, String ground, String open) {
        if (open.equals("1")) {
            return Junction.OPEN;
        }
        if (ground.equals("1")) {
            return Junction.SHORT_TO_GROUND;
        }
        return supply.equals("1") ? Junction.SHORT_TO_SUPPLY : Junction.SOUND;
    }

    /** Reported minus true at a cold junction of 25 C, science report section 3.3; it is printed to 0.1 K, or to 1 K. */
    @ParameterizedTest
    @CsvSource({
        "K, 300, -3.5, 0.05",
        "K, 500, 0.9, 0.05",
        "K, 700, 6.5, 0.05",
        "K, 800, 6.9, 0.05",
        "K, 900, 5.1, 0.05",
        "K, 1000, 0.8, 0.05",
        "K, 1100, -6.1, 0.05",
        "S, 300, -48, 0.5",
        "S, 500, -48, 0.5",
        "S, 700, -35, 0.5",
        "S, 900, -8.6, 0.05",
        "S, 1000, 10, 0.5",
        "R, 300, -60, 0.5",
        "R, 500, -63, 0.5",
        "R, 700, -47, 0.5",
        "R, 900, -12, 0.5",
        "N, 300, -36, 0.5",
        "N, 700, -17, 0.5",
        "N, 900, -0.3, 0.05"
    })
    void theMax31855IsAsWrongAsItIsKnownToBe(Emf type, double celsius, double error, double printed) {
        int word = Max31855Word.of(conversion(type, celsius, 25, Junction.SOUND));
        assertEquals(error, (word >> 18) * 0.25 - celsius, 0.125 + printed);
    }

    /** Undoing the chip's straight line, V = (T_shown - T_cj) k, gives the temperature back within its resolution. */
    @ParameterizedTest
    @EnumSource(
            value = Emf.class,
            names = {"K", "N", "S", "R"})
    void theWordsOfTheMax31855DecodeToTheTemperature(Emf type) {
        SplittableRandom random = new SplittableRandom(11);
        double k = Max31855Word.microvoltsPerKelvin(type) / 1e3;
        for (int i = 0; i < 2_000; i++) {
            double hot = 100 + 1100 * random.nextDouble();
            double cold = 5 + 40 * random.nextDouble();
            int word = Max31855Word.of(conversion(type, hot, cold, Junction.SOUND));
            assertEquals(0, word & 0x0003_000f);
            double shownCold = (word << 16 >> 20) * 0.0625;
            assertEquals(cold, shownCold, 0.0625 / 2 + 1e-12);
            double millivolts = ((word >> 18) * 0.25 - cold) * k;
            double decoded = type.celsius(millivolts + type.millivolts(cold));
            double halfStep = 0.125 * k / type.millivoltsPerKelvin(hot);
            assertEquals(hot, decoded, halfStep * 1.01, type + " hot=" + hot);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN, 1",
        "SHORT_TO_GROUND, 2",
        "UNDER_VOLTAGE, 2",
        "SHORT_TO_SUPPLY, 4",
        "OVER_VOLTAGE, 4",
    })
    void theMax31855NamesItsThreeFaults(Junction junction, int bits) {
        int word = Max31855Word.of(conversion(Emf.K, 700, 25, junction));
        assertEquals(0x0001_1900 | bits, word);
    }

    @Test
    void theFieldsOfTheMax31855StopAtTheirEnds() {
        assertEquals(0x7ffc_7ff0, Max31855Word.of(9e9, 9e9, Junction.SOUND));
        assertEquals(0x8000_8000, Max31855Word.of(-9e9, -9e9, Junction.SOUND));
        assertEquals(0x0004_0010, Max31855Word.of(0.13, 0.0320, Junction.SOUND));
        assertEquals(0, Max31855Word.of(0.12, 0.0310, Junction.SOUND));
    }

    @Test
    void noMax31855MeasuresTypeB() {
        assertFalse(Max31855Word.supports(Emf.B));
        Conversion conversion = conversion(Emf.B, 900, 25, Junction.SOUND);
        Exception refused = assertThrows(IllegalArgumentException.class, () -> Max31855Word.of(conversion));
        assertEquals("no MAX31855 measures type=B", refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Emf.class)
    void theRegistersOfTheMax31856DecodeToTheTemperature(Emf type) {
        SplittableRandom random = new SplittableRandom(12);
        double least = type.leastInvertibleCelsius();
        for (int i = 0; i < 2_000; i++) {
            double hot = least + (type.mostCelsius() - least) * random.nextDouble();
            double cold = 5 + 40 * random.nextDouble();
            byte[] bytes = Max31856Registers.of(conversion(type, hot, cold, Junction.SOUND));
            assertEquals(Max31856Registers.COUNT, bytes.length);
            assertEquals(0, bytes[4] & 0x1f, "the lowest five bits are not used");
            assertEquals(0, bytes[1] & 0x03, "the lowest two bits are not used");
            assertEquals(0, bytes[5]);
            assertEquals(hot, hotCelsius(bytes), 0.0078125 / 2 + 1e-8, type + " hot=" + hot);
            assertEquals(cold, coldCelsius(bytes), 0.015625 / 2 + 1e-12);
        }
    }

    /** T = (24-bit signed LTCB >> 5) 2^-7, science report section 3.3. */
    private static double hotCelsius(byte[] bytes) {
        int signed = bytes[2] << 16 | (bytes[3] & 0xff) << 8 | (bytes[4] & 0xff);
        return (signed >> 5) / 128.0;
    }

    /** CJ = (16-bit signed >> 2) 2^-6, science report section 3.3. */
    private static double coldCelsius(byte[] bytes) {
        return ((bytes[0] << 8 | (bytes[1] & 0xff)) >> 2) / 64.0;
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN, 1",
        "SHORT_TO_GROUND, 2",
        "SHORT_TO_SUPPLY, 2",
        "OVER_VOLTAGE, 2",
        "UNDER_VOLTAGE, 2",
    })
    void theMax31856NamesItsTwoFaults(Junction junction, int status) {
        byte[] bytes = Max31856Registers.of(conversion(Emf.S, 700, 25, junction));
        assertEquals(status, bytes[5]);
        assertEquals(0, hotCelsius(bytes));
        assertEquals(25, coldCelsius(bytes));
    }

    @Test
    void theMax31856ShowsTheEndOfARangeThatIsLeft() {
        byte[] hot = Max31856Registers.of(conversion(Emf.K, 1372, 25, Junction.OUT_OF_RANGE));
        assertEquals(0x40, hot[5]);
        assertEquals(1372, hotCelsius(hot));
        byte[] high = Max31856Registers.of(new Conversion(Emf.K, 60, 25, 0, Junction.SOUND));
        assertEquals(0x40, high[5]);
        assertEquals(1372, hotCelsius(high));
        byte[] low = Max31856Registers.of(new Conversion(Emf.K, -10, 25, 0, Junction.SOUND));
        assertEquals(0x40, low[5]);
        assertEquals(-270, hotCelsius(low));
    }
}
