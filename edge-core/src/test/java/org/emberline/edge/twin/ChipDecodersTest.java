package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.SplittableRandom;
import org.emberline.firmware.Its90;
import org.emberline.firmware.ThermocoupleReading.FaultKind;
import org.emberline.firmware.ThermocoupleType;
import org.emberline.firmware.chip.Conversion.Faulty;
import org.emberline.firmware.chip.Conversion.Junctions;
import org.emberline.firmware.chip.Max31855;
import org.emberline.firmware.chip.Max31856;
import org.emberline.firmware.chip.Max31856Settings;
import org.emberline.firmware.chip.Max31856Settings.Mains;
import org.emberline.firmware.chip.Max31856Settings.Mode;
import org.emberline.firmware.chip.Max31856Settings.OpenCircuitTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The firmware bridge's thermometry beside the twin's, which was written from other sources and shares no code with it. */
class ChipDecodersTest {

    private static ThermocoupleType bridged(Emf type) {
        return ThermocoupleType.valueOf(type.name());
    }

    private static Conversion conversion(Emf type, double hot, double cold, Junction junction) {
        return new Conversion(type, type.millivolts(hot) - type.millivolts(cold), cold, 0, junction);
    }

    private static Max31856 max31856(Emf type) {
        return new Max31856(
                new Max31856Settings(bridged(type), Mode.AUTOMATIC, 1, Mains.HZ_50, OpenCircuitTest.BELOW_5_KILOOHM));
    }

    /** Both tables of coefficients say the same, and both inverses. */
    @ParameterizedTest
    @EnumSource(Emf.class)
    void bothTablesAgree(Emf type) {
        ThermocoupleType bridged = bridged(type);
        assertEquals(type.mostCelsius(), bridged.mostCelsius());
        assertTrue(type.leastInvertibleCelsius() >= bridged.leastInvertibleCelsius());
        double least = type.leastCelsius();
        for (int i = 0; i <= 10_000; i++) {
            double celsius = Math.min(type.mostCelsius(), least + (type.mostCelsius() - least) * i / 10_000);
            double millivolts = type.millivolts(celsius);
            assertEquals(millivolts, bridged.millivolts(celsius), 1e-12, type + " celsius=" + celsius);
            // Where the twin's function begins in the midst of the bridge's, the slope is that of another piece.
            double slope =
                    i == 0 ? bridged.millivoltsPerKelvin(Math.nextUp(celsius)) : bridged.millivoltsPerKelvin(celsius);
            assertEquals(type.millivoltsPerKelvin(celsius), slope, 1e-12, type + " celsius=" + celsius);
            if (celsius >= type.leastInvertibleCelsius()) {
                assertEquals(type.celsius(millivolts), Its90.celsius(bridged, millivolts), 1e-9);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Emf.class,
            names = {"K", "N", "S", "R"})
    void aMax31855OfTheTwinIsDecoded(Emf type) {
        SplittableRandom random = new SplittableRandom(31);
        Max31855 chip = new Max31855(bridged(type));
        for (int i = 0; i < 5_000; i++) {
            double hot = 300 + 800 * random.nextDouble();
            double cold = 5 + 40 * random.nextDouble();
            int word = Max31855Word.of(conversion(type, hot, cold, Junction.SOUND));
            Junctions junctions = assertInstanceOf(Junctions.class, chip.decode(word));
            assertEquals(hot, junctions.hotCelsius(), 0.3, type + " cold=" + cold);
            assertEquals(cold, junctions.coldCelsius(), 0.0625 / 2 + 1e-12);
            assertEquals(Max31855Word.microvoltsPerKelvin(type), Max31855.microvoltsPerKelvin(bridged(type)));
        }
    }

    @ParameterizedTest
    @EnumSource(Emf.class)
    void aMax31856OfTheTwinIsDecoded(Emf type) {
        SplittableRandom random = new SplittableRandom(32);
        double least = type.leastInvertibleCelsius();
        for (int i = 0; i < 5_000; i++) {
            double hot = least + (type.mostCelsius() - least) * random.nextDouble();
            double cold = 5 + 40 * random.nextDouble();
            byte[] bytes = Max31856Registers.of(conversion(type, hot, cold, Junction.SOUND));
            Junctions junctions =
                    assertInstanceOf(Junctions.class, max31856(type).decode(bytes, 0));
            assertEquals(hot, junctions.hotCelsius(), 0.0078125 / 2 + 1e-8, type + " hot=" + hot);
            assertEquals(cold, junctions.coldCelsius(), 0.015625 / 2 + 1e-12);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN, OPEN_CIRCUIT, OPEN_CIRCUIT",
        "SHORT_TO_GROUND, SHORT_TO_GROUND, OVER_UNDER_VOLTAGE",
        "UNDER_VOLTAGE, SHORT_TO_GROUND, OVER_UNDER_VOLTAGE",
        "SHORT_TO_SUPPLY, SHORT_TO_SUPPLY, OVER_UNDER_VOLTAGE",
        "OVER_VOLTAGE, SHORT_TO_SUPPLY, OVER_UNDER_VOLTAGE"
    })
    void faultsOfTheTwinAreNamed(Junction junction, FaultKind by31855, FaultKind by31856) {
        Conversion conversion = conversion(Emf.K, 700, 25, junction);
        Faulty simple =
                assertInstanceOf(Faulty.class, new Max31855(ThermocoupleType.K).decode(Max31855Word.of(conversion)));
        assertEquals(Set.of(by31855), simple.kinds());
        Faulty precise = assertInstanceOf(Faulty.class, max31856(Emf.K).decode(Max31856Registers.of(conversion), 0));
        assertEquals(Set.of(by31856), precise.kinds());
    }

    /** More emf than type K has at its hottest: both decoders say so, one by the chip's bit, one by ITS-90. */
    @ParameterizedTest
    @CsvSource({"60", "-10"})
    void anEmfBeyondTheRangeIsSaid(double millivolts) {
        Conversion conversion = new Conversion(Emf.K, millivolts, 25, 0, Junction.SOUND);
        Faulty simple =
                assertInstanceOf(Faulty.class, new Max31855(ThermocoupleType.K).decode(Max31855Word.of(conversion)));
        assertEquals(Set.of(FaultKind.OUT_OF_RANGE), simple.kinds());
        Faulty precise = assertInstanceOf(Faulty.class, max31856(Emf.K).decode(Max31856Registers.of(conversion), 0));
        assertEquals(Set.of(FaultKind.OUT_OF_RANGE), precise.kinds());
    }
}
