package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.emberline.edge.twin.SimulationSettings.Furnace;
import org.emberline.edge.twin.SimulationSettings.Segment;
import org.junit.jupiter.api.Test;

/** All rate laws together against an independent integration, alone against closed formulas, and against a finer grid. */
class CalcinationEquationsTest {
    private static final double STEP = 0.25;
    private static final ChemistrySettings DEFAULTS = ChemistrySettings.DEFAULTS;

    /** 10 K/min to a short hold, on with 5 K/min, a hold, and half way down. */
    private static DoubleUnaryOperator programme(double celsius) {
        TemperatureProgramme programme = new TemperatureProgramme(
                25, List.of(new Segment(10, 500, 600), new Segment(5, celsius, 5_000), new Segment(10, 600, 0)));
        return new FurnaceResponse(new Furnace(25, 60), 2, programme)::furnaceCelsius;
    }

    private static void agree(ChemistrySettings settings, double celsius, double... moments) {
        DoubleUnaryOperator sample = programme(celsius);
        Calcination calcination = new Calcination(settings, sample, 16_000);
        for (double moment : moments) {
            double[] y = new PlainEquations(settings, sample).at(moment, STEP);
            SampleState state = calcination.at(moment);
            String when = " at seconds=" + moment;
            assertEquals(y[0], state.hydroxide(), 2e-5, "hydroxide" + when);
            assertEquals(y[1], state.oxide(), 2e-5, "oxide" + when);
            assertEquals(y[2], state.layered(), 2e-5, "layered" + when);
            assertEquals(y[3], state.rockSalt(), 2e-5, "rock salt" + when);
            assertEquals(y[4], state.lithiumLoss(), 1e-6 + 2e-4 * y[4], "lithium loss" + when);
            double content = y[2] > 0 ? (y[2] + y[3] - y[4]) / y[2] : 1;
            assertEquals(y[5] + (1 - content) / (1 + content), state.disorder(), 1e-5, "disorder" + when);
            assertEquals(y[6], state.grainMicrometres(), 1e-4 * y[6], "grain" + when);
            double solid = 24.1 * y[0] + 13.8 * y[1] + 20.4 * y[2] + 11.0 * y[3];
            double envelope = settings.porosity().envelope();
            double pores = (envelope + (1 - envelope) * (1 - solid / 24.1)) * y[7];
            assertEquals(pores, state.porosity(), 2e-5, "porosity" + when);
            double places = 5.0 / 602.214076 * 3 * 20.4e-3 / y[6];
            double released = settings.barium().amount() * y[8];
            assertEquals(settings.barium().amount() - released, state.bariumCarbonate(), 1e-7, "carbonate" + when);
            assertEquals(Math.max(0, released - places), state.bariumPrecipitate(), 1e-7, "precipitate" + when);
            assertEquals(Math.min(1, released / places), state.bariumCoverage(), 2e-4, "coverage" + when);
        }
    }

    @Test
    void theDefaults() {
        agree(DEFAULTS, 950, 1_800, 2_500, 5_000, 7_000, 8_500, 11_000, 16_000);
    }

    /** Little barium: the coverage stays below 1 while grains grow, so growth and coverage pull each other. */
    @Test
    void hydroxideRouteWithLittleBariumThatChangesTheDisorder() {
        ChemistrySettings settings = Chemistry.of(DEFAULTS.by(LithiumSalt.LIOH))
                .with("barium.amount", 0.001)
                .with("barium.changes_disorder", true)
                .with("porosity.envelope", 0.18)
                .settings();
        agree(settings, 930, 1_800, 2_500, 4_000, 8_000, 11_000, 16_000);
    }

    @Test
    void overFiringWithTooLittleLithium() {
        ChemistrySettings settings =
                Chemistry.standard().with("lithiation.lithium_ratio", 0.85).settings();
        agree(settings, 1060, 5_000, 7_000, 11_000, 16_000);
    }

    @Test
    void atOneTemperatureGrowthAndLossHaveClosedForms() {
        ChemistrySettings unaided = DEFAULTS.withoutBarium();
        Calcination calcination = new Calcination(unaided, seconds -> 950, 43_200);
        double cube = Math.pow(calcination.at(600).grainMicrometres(), 3);
        double later = Math.cbrt(cube + 4.0e-5 * 42_600);
        assertEquals(later, calcination.at(43_200).grainMicrometres(), 1e-5 * later);
        // Integral of k / D over time with D^3 growing evenly: k / K * 3/2 (D2^2 - D1^2).
        double first = Math.cbrt(cube);
        double exponent = 9.7e-8 / 4.0e-5 * 1.5 * (later * later - first * first);
        double left = (1 - calcination.at(600).lithiumLoss()) * Math.exp(-exponent);
        assertEquals(1 - left, calcination.at(43_200).lithiumLoss(), 1e-7);
    }

    /** The loss that the default is calibrated to: 0.5 % in the 12 h at 950 C after a ramp of 5 K/min. */
    @Test
    void halfAPerCentOfLithiumIsLostInTheHold() {
        DoubleUnaryOperator ramp = CalcinationGoldenTest.ramp(950);
        Calcination calcination = new Calcination(DEFAULTS.withoutBarium(), ramp, 11_100 + 43_200);
        double lost =
                calcination.at(54_300).lithiumLoss() - calcination.at(11_100).lithiumLoss();
        assertEquals(0.005, lost, 0.0001);
        SampleDetail detail = calcination.detailAt(54_300);
        assertEquals(calcination.at(54_300).lithiumLoss() / 2, detail.nickelExcess(), 1e-5);
    }

    @Test
    void halvingTheStepChangesNothing() {
        for (ChemistrySettings settings : List.of(
                DEFAULTS, DEFAULTS.by(LithiumSalt.LIOH), DEFAULTS.plain().withoutBarium())) {
            compare(settings, programme(1020), 16_000);
            compare(settings, seconds -> seconds < 0.5 ? 25 : 950, 5_000);
        }
    }

    private static void compare(ChemistrySettings settings, DoubleUnaryOperator sample, double duration) {
        Integration.Accuracy standard = Integration.Accuracy.standard(duration);
        Calcination coarse = new Calcination(settings, sample, duration);
        Calcination fine = new Calcination(settings, sample, duration, standard.halved());
        assertTrue(fine.gridPoints() > 1.9 * coarse.gridPoints());
        SampleCursor left = coarse.cursor();
        SampleCursor right = fine.cursor();
        for (int i = 0; i <= 5_000; i++) {
            coarse.read(duration * i / 5_000, left);
            fine.read(duration * i / 5_000, right);
            same(right.hydroxide(), left.hydroxide(), "hydroxide", left);
            same(right.oxide(), left.oxide(), "oxide", left);
            same(right.layered(), left.layered(), "layered", left);
            same(right.rockSalt(), left.rockSalt(), "rock salt", left);
            same(right.disorder(), left.disorder(), "disorder", left);
            same(right.lithiumLoss(), left.lithiumLoss(), "lithium loss", left);
            same(right.grainMicrometres(), left.grainMicrometres(), "grain", left);
            same(right.porosity(), left.porosity(), "porosity", left);
            same(right.bariumCarbonate(), left.bariumCarbonate(), "carbonate", left);
            same(right.bariumPrecipitate(), left.bariumPrecipitate(), "precipitate", left);
            same(right.bariumCoverage(), left.bariumCoverage(), "coverage", left);
        }
    }

    private static void same(double fine, double coarse, String what, SampleCursor place) {
        assertEquals(fine, coarse, 1e-4 * Math.abs(fine) + 1e-7, () -> what + " at seconds=" + place.seconds());
    }
}
