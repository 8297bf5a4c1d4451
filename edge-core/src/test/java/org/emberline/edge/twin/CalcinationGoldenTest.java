package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The plain equations against the prototype of the science report, section 5.1: all numbers are printed by {@code
 * src/test/python/calcination_golden.py}. The prototype has no lag and splits in first order with steps of 0.5 s, which moves its
 * numbers by up to 0.05 %.
 */
class CalcinationGoldenTest {
    private static final double HOLD_SECONDS = 12 * 3600;
    private static final double RELATIVE = 0.002;
    private static final ChemistrySettings PLAIN = ChemistrySettings.DEFAULTS.plain();

    /** From 25 C at 5 K/min, then a hold. */
    static DoubleUnaryOperator ramp(double holdCelsius) {
        return seconds -> Math.min(holdCelsius, 25 + 5.0 / 60 * seconds);
    }

    private static double rampSeconds(double celsius) {
        return (celsius - 25) * 60 / 5;
    }

    private static void near(double expected, double actual, String what) {
        assertEquals(expected, actual, Math.abs(expected) * RELATIVE, what);
    }

    @ParameterizedTest
    @CsvSource({
        "false, 840, 0.336137, 0.0244711, 0.117147",
        "false, 880, 0.548762, 0.0306557, 0.089302",
        "false, 900, 0.693218, 0.0340862, 0.0732875",
        "false, 920, 0.869089, 0.0377442, 0.0569868",
        "false, 940, 1.08162, 0.0416295, 0.041497",
        "false, 1000, 2.00128, 0.0546316, 0.0093173",
        "true, 840, 0.851713, 0.0244711, 0.115187",
        "true, 880, 1.28629, 0.0306557, 0.0825845",
        "true, 900, 1.56426, 0.0340862, 0.063086",
        "true, 920, 1.88991, 0.0377442, 0.043625",
        "true, 940, 2.26919, 0.0416295, 0.0264707",
        "true, 1000, 3.79495, 0.0546316, 0.00173412"
    })
    void theTableOfTheReport(boolean barium, double hold, double grain, double disorder, double porosity) {
        double end = rampSeconds(hold) + HOLD_SECONDS;
        SampleState state = new Calcination(barium ? PLAIN : PLAIN.withoutBarium(), ramp(hold), end).at(end);
        near(grain, state.grainMicrometres(), "grain");
        near(disorder, state.disorder(), "disorder");
        near(porosity, state.porosity(), "porosity");
    }

    @ParameterizedTest
    @CsvSource({
        "280, 0.599978, 2.90815e-08, 0.08, 0.13, 0.170964",
        "300, 0.181203, 2.89865e-07, 0.08, 0.13, 0.349942",
        "340, 2.567e-07, 6.67029e-06, 0.08, 0.13, 0.427384",
        "500, 0, 0.0161642, 0.08, 0.13, 0.422959",
        "600, 0, 0.399037, 0.08, 0.128067, 0.318106",
        "650, 0, 0.885977, 0.0800013, 0.122358, 0.184753",
        "700, 0, 0.999671, 0.0800221, 0.105831, 0.153615",
        "750, 0, 1, 0.0802658, 0.0714697, 0.153495",
        "800, 0, 1, 0.0824714, 0.0335445, 0.153185",
        "850, 0, 1, 0.0964011, 0.024801, 0.150988",
        "900, 0, 1, 0.144985, 0.033068, 0.142715",
        "945, 0, 1, 0.233271, 0.0420493, 0.127457"
    })
    void theRampOfTheReport(
            double celsius, double hydroxide, double layered, double grain, double disorder, double porosity) {
        Calcination calcination = new Calcination(PLAIN.withoutBarium(), ramp(950), rampSeconds(950));
        SampleState state = calcination.at(rampSeconds(celsius));
        assertEquals(celsius, state.celsius(), 1e-9);
        assertEquals(hydroxide, state.hydroxide(), 5e-4);
        assertEquals(layered, state.layered(), 5e-4);
        near(grain, state.grainMicrometres(), "grain");
        near(disorder, state.disorder(), "disorder");
        near(porosity, state.porosity(), "porosity");
    }

    @Test
    void theOnsetsOfTheReport() {
        Calcination calcination = new Calcination(PLAIN.withoutBarium(), ramp(950), rampSeconds(950));
        assertEquals(284.93, calcination.hydroxideHalf().orElseThrow().celsius(), 0.1);
        assertEquals(610.19, calcination.layeredHalf().orElseThrow().celsius(), 0.1);
        assertEquals(829.62, calcination.growthOnset().orElseThrow().celsius(), 0.1);
        Onset crossover = calcination.disorderMinimum().orElseThrow();
        assertEquals(837.79, crossover.celsius(), 0.5);
        near(0.024156, calcination.at(crossover.seconds()).disorder(), "least disorder");
        assertTrue(calcination.at(rampSeconds(340)).hydroxide() < 1e-6);
        assertTrue(calcination.at(rampSeconds(320)).hydroxide() > 1e-3);
    }
}
