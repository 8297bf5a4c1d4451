package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.emberline.edge.twin.SimulationSettings.Furnace;
import org.emberline.edge.twin.SimulationSettings.Segment;
import org.junit.jupiter.api.Test;

/** What must be true of the sample, whatever the numbers: balances, directions, extremes, and that each switch does its work. */
class CalcinationTest {
    private static final ChemistrySettings DEFAULTS = ChemistrySettings.DEFAULTS;
    private static final double END = 11_100 + 43_200;

    private static Calcination standard(ChemistrySettings settings) {
        return new Calcination(settings, CalcinationGoldenTest.ramp(950), END);
    }

    private static SampleState end(ChemistrySettings settings) {
        return standard(settings).at(END);
    }

    @Test
    void itBeginsWithWhatIsWeighedIn() {
        assertEquals(
                new SampleState(0, 25, 1, 0, 0, 0, 1.03 / 2, 0, 0.13, 0, 0.08, 0, 0.0075, 0, 0),
                standard(DEFAULTS).at(0));
        assertEquals(1.03, standard(DEFAULTS.by(LithiumSalt.LIOH)).at(0).solidSalt());
    }

    @Test
    void theSaltMeltsAndIsUsedUp() {
        DoubleUnaryOperator jump = seconds -> seconds < 100 ? 722.9 : 723.1;
        Calcination carbonate = new Calcination(DEFAULTS, jump, 200);
        assertTrue(carbonate.at(99.9).solidSalt() > 0.01);
        assertEquals(0, carbonate.at(99.9).moltenSalt());
        assertEquals(0, carbonate.at(100.1).solidSalt());
        assertEquals(carbonate.at(99.9).solidSalt(), carbonate.at(100.1).moltenSalt(), 1e-3);
        Calcination hydroxide = standard(DEFAULTS.by(LithiumSalt.LIOH));
        assertEquals(0, hydroxide.at((470.9 - 25) * 12).moltenSalt());
        assertEquals(0, hydroxide.at((471.1 - 25) * 12).solidSalt());
        assertTrue(hydroxide.at((471.1 - 25) * 12).moltenSalt() > 0.1);
        // One Li per metal is taken up: half a formula unit of carbonate, a whole one of hydroxide.
        assertEquals(0.03 / 2, end(DEFAULTS).moltenSalt(), 1e-9);
        assertEquals(0.03, end(DEFAULTS.by(LithiumSalt.LIOH)).moltenSalt(), 1e-9);
    }

    @Test
    void onTheHydroxideRouteAShareIsNeverAnOxide() {
        ChemistrySettings route = DEFAULTS.by(LithiumSalt.LIOH);
        Calcination calcination = standard(route);
        SampleState dry = calcination.at((340 - 25) * 12);
        assertEquals(0.45, dry.layered(), 0.003);
        assertEquals(0.55, dry.oxide(), 0.003);
        // With nearly half of it layered already, the rest has its half at 428 C, and the carbonate at 610 C.
        double half = calcination.layeredHalf().orElseThrow().celsius();
        assertTrue(half > 420 && half < 440, "half=" + half);
        ChemistrySettings indirect =
                Chemistry.of(route).with("lithiation.direct_share", 0).settings();
        assertEquals(0, standard(indirect).at((340 - 25) * 12).layered(), 0.006);
    }

    @Test
    void tooLittleLithiumLimitsTheLayeredShare() {
        SampleState state =
                end(Chemistry.standard().with("lithiation.lithium_ratio", 0.92).settings());
        assertEquals(0.92, state.layered(), 1e-9);
        assertEquals(0.08, state.oxide(), 1e-9);
        assertEquals(0, state.solidSalt() + state.moltenSalt(), 1e-9);
        SampleState direct = end(Chemistry.of(DEFAULTS.by(LithiumSalt.LIOH))
                .with("lithiation.lithium_ratio", 0.3)
                .settings());
        assertEquals(0.3, direct.layered(), 1e-9);
        assertEquals(
                List.of(),
                standard(Chemistry.standard()
                                .with("lithiation.lithium_ratio", 0)
                                .settings())
                        .layeredHalf()
                        .stream()
                        .toList());
    }

    @Test
    void lithiumLossAddsToTheDisorderAndItsSwitchStopsIt() {
        SampleState losing = end(DEFAULTS);
        SampleState keeping =
                end(Chemistry.standard().with("lithium_loss.enabled", false).settings());
        assertEquals(0, keeping.lithiumLoss());
        assertTrue(losing.lithiumLoss() > 0.002);
        double excess = losing.lithiumLoss() / (2 - losing.lithiumLoss());
        assertEquals(keeping.disorder() + excess, losing.disorder(), 1e-7);
    }

    @Test
    void lostLithiumBeyondTheLimitMakesRockSalt() {
        ChemistrySettings leaking =
                Chemistry.standard().with("lithium_loss.rate_constant", 2e-5).settings();
        SampleState state = end(leaking);
        SampleDetail detail = standard(leaking).detailAt(END);
        assertEquals(0.10, detail.nickelExcess(), 1e-9);
        assertTrue(state.rockSalt() > 0.1, "rockSalt=" + state.rockSalt());
        // Li(1-z)TM(1+z)O2 with z = 0.1 holds 0.9/1.1 Li per metal.
        assertEquals(state.layered() * 0.9 / 1.1, 1 - state.lithiumLoss(), 1e-9);
    }

    @Test
    void overFiringMakesRockSaltAboveItsOnsetOnly() {
        assertEquals(0, end(DEFAULTS).rockSalt());
        Calcination atOnset = new Calcination(DEFAULTS, CalcinationGoldenTest.ramp(1000), 60_000);
        assertEquals(0, atOnset.at(60_000).rockSalt(), 1e-12);
        Calcination hot = new Calcination(DEFAULTS, CalcinationGoldenTest.ramp(1020), 11_940 + 43_200);
        // 20 K for 12 h, and 4 minutes on the way at 10 K on average.
        double exposure = 4e-4 * (20 * 12 + 10 * 4 / 60.0);
        assertEquals(1 - Math.exp(-exposure), hot.at(55_140).rockSalt(), 1e-5);
        ChemistrySettings without =
                Chemistry.standard().with("over_firing.enabled", false).settings();
        assertEquals(
                0,
                new Calcination(without, CalcinationGoldenTest.ramp(1020), 55_140)
                        .at(55_140)
                        .rockSalt());
    }

    @Test
    void bariumSpeedsGrowthAndDensification() {
        SampleState none = end(DEFAULTS.withoutBarium());
        SampleState aided = end(DEFAULTS);
        assertTrue(aided.grainMicrometres() > 1.8 * none.grainMicrometres());
        assertTrue(aided.porosity() < 0.7 * none.porosity());
        assertEquals(0, none.bariumCoverage());
        assertEquals(1, aided.bariumCoverage());
        ChemistrySettings released =
                Chemistry.standard().with("barium.film_kinetics", false).settings();
        assertEquals(0, standard(DEFAULTS).at(1).bariumCoverage(), 1e-9);
        assertEquals(1, standard(released).at(1).bariumCoverage());
        // Half is released where the rate peaks, within the few kelvin by which half lies before the peak.
        double half = standard(DEFAULTS)
                .firstAtLeast(state -> 1 - state.bariumCarbonate() / 0.0075, 0.5)
                .orElseThrow()
                .celsius();
        assertEquals(775, half, 10);
    }

    /** At 1 um: 5 per nm2 times 3e6 m2/m3 times 20.4e-6 m3/mol is 3.06e20 places per mole of metal. */
    @Test
    void aBoundaryHoldsOneLayerOfBarium() {
        Boundaries boundaries = Boundaries.of(DEFAULTS);
        assertEquals(3.06e20 / 6.02214076e23, boundaries.capacity(1), 1e-9);
        assertEquals(0.5, boundaries.coverage(3.06e20 / 6.02214076e23 / 0.0075 / 2, 1), 1e-12);
        assertEquals(1, boundaries.coverage(1, 1));
        assertEquals(boundaries.capacity(1), boundaries.film(1, 1));
        assertEquals(0.00075, boundaries.film(0.1, 0.08));
    }

    @Test
    void bariumChangesTheEquilibriumOnlyWhenAsked() {
        SampleDetail without = standard(DEFAULTS.withoutBarium()).detailAt(END);
        assertEquals(
                without.equilibriumDisorder(), standard(DEFAULTS).detailAt(END).equilibriumDisorder());
        ChemistrySettings changing =
                Chemistry.standard().with("barium.changes_disorder", true).settings();
        double changed = standard(changing).detailAt(END).equilibriumDisorder();
        // 0.05 eV on 1.30 eV: K falls by exp(-0.05 eV / kT) = 0.622 at 950 C.
        double k = odds(without.equilibriumDisorder());
        assertEquals(k * Math.exp(-0.05 / (8.617333262e-5 * 1223.15)), odds(changed), 1e-9);
        assertTrue(end(changing).disorder() < end(DEFAULTS).disorder() - 0.005);
    }

    private static double odds(double x) {
        return x * x / ((1 - x) * (0.5 - x));
    }

    @Test
    void onCoolingTheDisorderFreezesAndTheCrossoverStaysTheFirst() {
        TemperatureProgramme programme =
                new TemperatureProgramme(25, List.of(new Segment(5, 950, 3_600), new Segment(5, 25, 0)));
        FurnaceResponse furnace = new FurnaceResponse(new Furnace(25, 60), 2, programme);
        Calcination calcination = new Calcination(DEFAULTS, furnace::furnaceCelsius, programme.seconds());
        SampleState cold = calcination.at(programme.seconds());
        Onset crossover = calcination.disorderMinimum().orElseThrow();
        assertTrue(cold.disorder() < calcination.at(crossover.seconds()).disorder() - 0.005);
        assertEquals(838, crossover.celsius(), 1);
        double at500 = 11_100 + 3_600 + 450 * 12;
        assertEquals(calcination.at(at500).disorder(), cold.disorder(), 2e-4);
        assertEquals(calcination.at(at500).grainMicrometres(), cold.grainMicrometres(), 1e-6);
        assertEquals(cold.solidSalt(), calcination.at(11_100 + 1_000).moltenSalt(), 1e-9);
    }

    @Test
    void anInstantRampDoesItAllInSeconds() {
        Calcination calcination = new Calcination(DEFAULTS, seconds -> 950, 20 * 3600);
        assertTrue(calcination.hydroxideHalf().orElseThrow().seconds() < 1e-3);
        assertEquals(Math.log(2), calcination.layeredHalf().orElseThrow().seconds() * 1.565, 0.01);
        assertTrue(calcination.at(10).layered() > 0.999_999);
        assertEquals(1, calcination.at(20 * 3600).layered(), 1e-12);
    }

    @Test
    void nothingHappensInTheCold() {
        Calcination calcination = new Calcination(DEFAULTS, seconds -> 25, 1e5);
        assertEquals(1, calcination.at(1e5).hydroxide(), 1e-6);
        assertEquals(0.13, calcination.at(1e5).disorder());
        assertTrue(calcination.growthOnset().isEmpty());
        assertTrue(calcination.disorderMinimum().isEmpty());
    }

    @Test
    void ratesAreTheSlopesOfTheStates() {
        Calcination calcination = standard(DEFAULTS);
        for (double seconds : new double[] {3_200, 7_100, 9_000, 11_000, 30_000}) {
            SampleState before = calcination.at(seconds - 5);
            SampleState after = calcination.at(seconds + 5);
            SampleDetail detail = calcination.detailAt(seconds);
            close((after.hydroxide() - before.hydroxide()) / 10, detail.hydroxidePerSecond());
            close((after.layered() - before.layered()) / 10, detail.layeredPerSecond());
            close((after.disorder() - before.disorder()) / 10, detail.disorderPerSecond());
            close((after.porosity() - before.porosity()) / 10, detail.porosityPerSecond());
            close((after.lithiumLoss() - before.lithiumLoss()) / 10, detail.lithiumLossPerSecond());
            double growth = (after.grainMicrometres() - before.grainMicrometres()) / 10;
            close(growth, detail.grainMicrometresPerSecond());
            if (seconds > 8_000) {
                double d = calcination.at(seconds).grainMicrometres();
                close(detail.growthConstant() / (3 * d * d), growth);
                assertTrue(growth > 0);
            }
        }
    }

    private static void close(double expected, double actual) {
        assertEquals(expected, actual, 0.02 * Math.abs(expected) + 1e-9);
    }

    @Test
    void onlyTimesOfTheRunHaveAState() {
        Calcination calcination = new Calcination(DEFAULTS, seconds -> 25 + seconds, 100);
        assertEquals(125, calcination.at(100).celsius());
        assertEquals(125, calcination.at(100.001).celsius());
        assertThrows(IllegalArgumentException.class, () -> calcination.at(-1e-9));
        assertThrows(IllegalArgumentException.class, () -> calcination.at(101));
        assertThrows(IllegalArgumentException.class, () -> calcination.at(Double.NaN));
    }

    @Test
    void readingWithACursorAllocatesNothingAndSaysTheSame() {
        Calcination calcination = standard(DEFAULTS);
        SampleCursor cursor = calcination.cursor();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        double sum = 0;
        for (int round = 0; round < 10; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                calcination.read(END * i / 1_000, cursor);
                sum += cursor.porosity() + cursor.disorder() + cursor.bariumCoverage();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertTrue(sum > 0);
        assertEquals(0, least);
        calcination.read(12_345.6, cursor);
        assertEquals(calcination.at(12_345.6), cursor.snapshot());
    }
}
