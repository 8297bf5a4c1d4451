package org.emberline.edge.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.emberline.edge.twin.SimulationSettings.Furnace;
import org.emberline.edge.twin.SimulationSettings.Segment;
import org.junit.jupiter.api.Test;

/** Balances, ranges and directions over random programmes and random chemistries. */
class CalcinationRandomTest {
    private static final double TINY = 1e-12;

    private final SplittableRandom random = new SplittableRandom(20_251);

    @Test
    void anyProgrammeAndChemistryKeepsItsBalancesAndRanges() {
        for (int i = 0; i < 60; i++) {
            ChemistrySettings settings = chemistry();
            assertEquals(List.of(), settings.problems());
            TemperatureProgramme programme = programme();
            FurnaceResponse furnace = new FurnaceResponse(new Furnace(25, between(1, 200)), 0.1, programme);
            Calcination calcination = new Calcination(settings, furnace::furnaceCelsius, programme.seconds());
            assertTrue(calcination.gridPoints() < 500_000, "run " + i + " points=" + calcination.gridPoints());
            SampleState before = calcination.at(0);
            for (int j = 0; j <= 400; j++) {
                SampleState state = calcination.at(programme.seconds() * j / 400);
                String where = "run " + i + " " + settings + " " + state;
                balances(settings, state, where);
                ranges(settings, state, where);
                directions(before, state, where);
                before = state;
            }
        }
    }

    private static void balances(ChemistrySettings settings, SampleState state, String where) {
        double metal = state.hydroxide() + state.oxide() + state.layered() + state.rockSalt();
        assertEquals(1, metal, TINY, where);
        double capacity = Boundaries.of(settings).capacity(state.grainMicrometres());
        double barium = state.bariumCarbonate() + state.bariumPrecipitate() + state.bariumCoverage() * capacity;
        assertEquals(settings.barium().amount(), barium, TINY, where);
        // What has left the salt is in the layered phase or lost; the layered phase holds (1-z)/(1+z) per metal.
        double salt = (state.solidSalt() + state.moltenSalt())
                * settings.lithiation().salt().lithiumPerFormula();
        double layered = settings.lithiation().lithiumRatio() - salt - state.lithiumLoss();
        double excess = settings.lithiumLoss().mostNickelExcess();
        assertTrue(layered <= state.layered() + TINY, where);
        assertTrue(layered >= state.layered() * (1 - excess) / (1 + excess) - TINY, where);
    }

    private static void ranges(ChemistrySettings settings, SampleState state, String where) {
        for (double share : new double[] {
            state.hydroxide(),
            state.oxide(),
            state.layered(),
            state.rockSalt(),
            state.porosity(),
            state.bariumCoverage()
        }) {
            assertTrue(share >= 0 && share <= 1 + TINY, where);
        }
        for (double amount : new double[] {
            state.solidSalt(),
            state.moltenSalt(),
            state.lithiumLoss(),
            state.bariumCarbonate(),
            state.bariumPrecipitate(),
        }) {
            assertTrue(amount >= 0 && amount <= 2, where);
        }
        assertTrue(state.layered() <= settings.lithiation().lithiumRatio() + TINY, where);
        assertTrue(state.disorder() >= 0 && state.disorder() <= 0.5, where);
        assertTrue(Double.isFinite(state.grainMicrometres()), where);
        assertTrue(Double.isFinite(state.celsius()) && Double.isFinite(state.seconds()), where);
    }

    private static void directions(SampleState before, SampleState after, String where) {
        assertTrue(after.hydroxide() <= before.hydroxide(), where);
        assertTrue(after.rockSalt() >= before.rockSalt(), where);
        assertTrue(after.lithiumLoss() >= before.lithiumLoss() - TINY, where);
        assertTrue(after.grainMicrometres() >= before.grainMicrometres(), where);
        assertTrue(after.bariumCarbonate() <= before.bariumCarbonate(), where);
        assertTrue(after.bariumPrecipitate() >= before.bariumPrecipitate() - TINY, where);
        double lithiatedBefore = before.layered() + before.rockSalt();
        assertTrue(after.layered() + after.rockSalt() >= lithiatedBefore - TINY, where);
    }

    private TemperatureProgramme programme() {
        List<Segment> segments = new ArrayList<>();
        int count = random.nextInt(1, 5);
        for (int i = 0; i < count; i++) {
            double steepness = Math.exp(between(Math.log(0.5), Math.log(2_000)));
            segments.add(new Segment(steepness, between(0, 1400), random.nextInt(3) * between(0, 36_000)));
        }
        return new TemperatureProgramme(25, segments);
    }

    private ChemistrySettings chemistry() {
        LithiumSalt salt = random.nextBoolean() ? LithiumSalt.LI2CO3 : LithiumSalt.LIOH;
        return Chemistry.of(ChemistrySettings.DEFAULTS.by(salt))
                .with("dehydration.peak_celsius", between(50, 1300))
                .with("dehydration.kilojoules_per_mole", between(1, 1000))
                .with("lithiation.peak_celsius", between(50, 1300))
                .with("lithiation.kilojoules_per_mole", between(1, 1000))
                .with("lithiation.lithium_ratio", between(0, 1.5))
                .with("lithiation.direct_share", between(0, 1))
                .with("disorder.initial", between(0, 0.5))
                .with("disorder.hour_celsius", between(0, 1400))
                .with("disorder.exchange_electron_volts", between(0, 3))
                .with("lithium_loss.enabled", random.nextBoolean())
                .with("lithium_loss.rate_constant", Math.pow(10, between(-9, -3)))
                .with("lithium_loss.most_nickel_excess", between(0, 0.5))
                .with("growth.exponent", between(1, 5))
                .with("growth.rate_constant", Math.pow(10, between(-8, -3)))
                .with("barium.amount", random.nextInt(2) * between(0, 0.02))
                .with("barium.peak_celsius", between(100, 1400))
                .with("barium.changes_disorder", random.nextBoolean())
                .with("porosity.envelope", between(0, 0.5))
                .with("over_firing.onset_celsius", between(500, 1300))
                .settings();
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }
}
