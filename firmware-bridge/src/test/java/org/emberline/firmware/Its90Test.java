package org.emberline.firmware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class Its90Test {
    /** What is promised; required is 0.001 K. */
    private static final double CLOSE_KELVIN = 1e-9;

    /** In steps of 0.01 K over the whole range, and as densely as doubles go around its ends. */
    @ParameterizedTest
    @EnumSource(ThermocoupleType.class)
    void theInverseIsTheInverseEverywhere(ThermocoupleType type) {
        double least = type.leastInvertibleCelsius();
        int steps = (int) Math.floor((type.mostCelsius() - least) * 100);
        for (int i = 0; i <= steps; i++) {
            assertReturns(type, least + i / 100.0);
        }
        for (double off = 1e-12; off < 1; off *= 2) {
            assertReturns(type, least + off);
            assertReturns(type, type.mostCelsius() - off);
        }
        assertReturns(type, least);
        assertReturns(type, type.mostCelsius());
    }

    private static void assertReturns(ThermocoupleType type, double celsius) {
        double allowed = isBesideAJoint(type, celsius) ? 1e-6 : celsius < -200 ? 1e-7 : CLOSE_KELVIN;
        double back = Its90.celsius(type, type.millivolts(celsius));
        assertEquals(celsius, back, allowed, () -> type + " celsius=" + celsius);
    }

    private static boolean isBesideAJoint(ThermocoupleType type, double celsius) {
        double joint = switch (type) {
            case B -> 630.615;
            case E, K, N, T -> 0;
            case J -> 760;
            case R, S -> celsius < 1300 ? 1064.18 : 1664.5;
        };
        return Math.abs(celsius - joint) < 2e-6;
    }

    /** Where two pieces of a function meet they differ by up to 7e-8 mV: nothing is lost, nothing jumps. */
    @ParameterizedTest
    @CsvSource({
        "B, 630.615",
        "E, 0",
        "J, 760",
        "K, 0",
        "N, 0",
        "R, 1064.18",
        "R, 1664.5",
        "S, 1064.18",
        "S, 1664.5",
        "T, 0"
    })
    void theJointsHold(ThermocoupleType type, double joint) {
        for (double off = 1e-13; off < 1e-3; off *= 1.5) {
            for (double celsius : new double[] {joint - off, joint, joint + off}) {
                assertEquals(
                        celsius, Its90.celsius(type, type.millivolts(celsius)), 1e-6, type + " celsius=" + celsius);
            }
        }
        double below = type.millivolts(joint);
        double above = type.millivolts(Math.nextUp(joint));
        for (int i = 0; i <= 10; i++) {
            double between = below + (above - below) * i / 10;
            assertEquals(joint, Its90.celsius(type, between), 1e-6, type + " millivolts=" + between);
        }
    }

    @ParameterizedTest
    @EnumSource(ThermocoupleType.class)
    void moreEmfIsHotter(ThermocoupleType type) {
        SplittableRandom random = new SplittableRandom(5);
        double lowest = type.millivolts(type.leastInvertibleCelsius());
        double span = type.millivolts(type.mostCelsius()) - lowest;
        for (int i = 0; i < 20_000; i++) {
            double millivolts = lowest + span * random.nextDouble();
            double celsius = Its90.celsius(type, millivolts);
            assertEquals(millivolts, type.millivolts(celsius), 1e-7, type + " millivolts=" + millivolts);
            assertTrue(Its90.celsius(type, millivolts - 1e-4 * span) < celsius || millivolts - 1e-4 * span < lowest);
        }
    }

    @ParameterizedTest
    @EnumSource(ThermocoupleType.class)
    void outsideOfItsRangeItSaysNothing(ThermocoupleType type) {
        double most = type.millivolts(type.mostCelsius());
        double least = type.millivolts(type.leastInvertibleCelsius());
        assertNothing(type, most + 2e-10);
        assertNothing(type, least - 2e-10);
        assertNothing(type, 1e300);
        assertNothing(type, Double.POSITIVE_INFINITY);
        assertNothing(type, Double.NEGATIVE_INFINITY);
        assertNothing(type, Double.NaN);
        assertTrue(Double.isNaN(Its90.hotCelsius(type, 1, type.leastCelsius() - 1e-9)));
        assertTrue(Double.isNaN(Its90.hotCelsius(type, 1, Double.NaN)));
    }

    private static void assertNothing(ThermocoupleType type, double millivolts) {
        assertTrue(Double.isNaN(Its90.celsius(type, millivolts)), type + " millivolts=" + millivolts);
    }

    /** 17 C and 25 C give the same emf: type B says neither. From 42.14 C on it says one temperature. */
    @Test
    void typeBDoesNotGuess() {
        ThermocoupleType b = ThermocoupleType.B;
        for (int i = 0; i < 4214; i++) {
            assertNothing(b, b.millivolts(i / 100.0));
        }
        assertNothing(b, 0);
        assertTrue(b.millivolts(42.132) < 0 && b.millivolts(42.133) > 0);
        assertEquals(42.14, b.leastInvertibleCelsius());
        assertEquals(42.14, Its90.celsius(b, b.millivolts(42.14)), CLOSE_KELVIN);
        assertEquals(900, Its90.hotCelsius(b, b.millivolts(900) - b.millivolts(21), 21), CLOSE_KELVIN);
    }

    /** Worked from the tables of NIST: K at 25 C 1.000 mV and 900 C 37.326 mV, S at 25 C 0.143 mV and 900 C 8.449 mV. */
    @ParameterizedTest
    @CsvSource({"K, 36.326, 25, 900, 0.02", "S, 8.306, 25, 900, 0.07"})
    void emfsAreAddedAndNotTemperatures(
            ThermocoupleType type, double millivolts, double cold, double hot, double rounding) {
        assertEquals(hot, Its90.hotCelsius(type, millivolts, cold), rounding);
    }
}
