package org.emberline.edge.metrics.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.emberline.edge.frame.FrameFlag;
import org.emberline.edge.frame.FrameSlot;
import org.emberline.edge.metrics.Metric;
import org.emberline.edge.metrics.imaging.ImageMetrics.Absorption;
import org.emberline.gpu.imaging.ImagingPlan;
import org.junit.jupiter.api.Test;

/** What every image metric of the catalogue owes. */
class ImageMetricsTest {
    private static final int SIDE = 128;
    private static final List<Absorption> PAIR = List.of(Bench.LOW, Bench.HIGH);
    private static final List<String> SENML_UNITS = List.of("", "/", "m", "kg");
    /** Those that hold a set against the first one. */
    private static final Set<String> AGAINST_THE_FIRST =
            Set.of("relative_density", "mass_conservation", "moved_fraction", "moved_fraction_floor", "transport_flux");

    private final Bench bench = new Bench(SIDE, PAIR);

    private static ImagingPlan plan() {
        return Bench.plan(SIDE);
    }

    private static float[] sample(Absorption energy, long seed) {
        float[] ball = SyntheticMaps.seen(SyntheticMaps.square(SIDE), SyntheticMaps.ball(63, 64, 40));
        float[] map = SyntheticMaps.scaled(ball, 0.3 * energy.oxidePerMicrometre());
        for (int i = 0; i < map.length; i++) {
            map[i] += (float) (ball[i] > 0 ? 1e-6 * energy.bariumCm2PerGram() * 500 : 0);
        }
        return SyntheticMaps.withNoise(map, 0.004, seed);
    }

    private void assertNoNumber(FrameFlag flag) {
        for (Metric metric : bench.metrics()) {
            assertNoNumber(metric.name(), flag);
        }
    }

    private void assertNoNumber(String name, FrameFlag flag) {
        assertTrue(Double.isNaN(bench.value(name)), name + "=" + bench.value(name));
        assertTrue(Double.isNaN(bench.sigma(name)), name + " sigma=" + bench.sigma(name));
        assertEquals(List.of(flag.name()), FrameFlag.names(bench.flags(name)), name);
    }

    @Test
    void namesUnitsAndDefinitionsAreFitToBePublished() {
        Set<String> definitions = new HashSet<>();
        for (Metric metric : bench.metrics()) {
            assertTrue(metric.name().matches("[a-z0-9_]+"), metric.name());
            assertTrue(metric.definition().matches("[a-z0-9_]+(\\.[a-z0-9-]+)?/[0-9]+"), metric.definition());
            assertTrue(metric.definition().startsWith(metric.name()), metric.definition());
            assertTrue(definitions.add(metric.definition()), metric.definition());
            assertTrue(SENML_UNITS.contains(metric.unit()), metric.name() + " unit=" + metric.unit());
        }
    }

    @Test
    void metricsComeInCatalogueOrder() {
        List<String> names = ImageMetrics.names();
        assertEquals(names, bench.metrics().stream().map(Metric::name).toList());
        List<Metric> some = ImageMetrics.of(List.of("dopant_mass", "porosity"), Bench.settings(PAIR), plan());
        assertEquals(
                List.of("porosity", "dopant_mass"),
                some.stream().map(Metric::name).toList());
        assertEquals(List.of(), ImageMetrics.of(List.of(), Bench.settings(List.of()), plan()));
    }

    @Test
    void badListsAreRefusedByName() {
        assertRefused("metrics.enabled=porosty", List.of("porosity", "porosty"), PAIR);
        assertRefused("metrics.enabled=porosity", List.of("porosity", "pore_size", "porosity"), PAIR);
        assertRefused("metric porosity needs an energy in image.absorption", List.of("porosity"), List.of());
    }

    private static void assertRefused(String words, List<String> names, List<Absorption> energies) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> ImageMetrics.of(names, Bench.settings(energies), plan()))
                .getMessage();
        assertTrue(message != null && message.contains(words), message);
    }

    private void twoGoodSets() {
        for (int frame = 0; frame < 4; frame++) {
            Absorption energy = PAIR.get(frame % 2);
            bench.show(energy, sample(energy, frame), frame);
        }
    }

    @Test
    void aGoodSecondSetGivesNumbers() {
        twoGoodSets();
        for (String name : List.of("porosity", "relative_density", "mass_conservation", "dopant_mass")) {
            assertTrue(Double.isFinite(bench.value(name)), name);
            assertTrue(bench.sigma(name) > 0, name);
            assertEquals(0, bench.flags(name), name);
        }
        for (Metric metric : bench.metrics()) {
            boolean number = Double.isFinite(bench.value(metric.name()));
            assertTrue(number || bench.flags(metric.name()) != 0, metric.name());
        }
    }

    @Test
    void aCorruptFrameHasNoNumber() {
        twoGoodSets();
        FrameSlot slot = bench.next(Bench.LOW, sample(Bench.LOW, 1), 5, 20);
        slot.flag(FrameFlag.CORRUPT);
        bench.measure();
        assertNoNumber(FrameFlag.CORRUPT);
    }

    @Test
    void aFrameWithoutPixelsHasNoNumber() {
        twoGoodSets();
        float[] nothing = new float[SIDE * SIDE];
        Arrays.fill(nothing, Float.NaN);
        bench.show(Bench.LOW, nothing, 5);
        assertNoNumber(FrameFlag.CORRUPT);
    }

    @Test
    void anUnknownEnergyHasNoNumber() {
        twoGoodSets();
        bench.show(new Absorption(9, 0.1, 300), sample(Bench.LOW, 1), 5);
        assertNoNumber(FrameFlag.ENERGY_UNKNOWN);
        bench.show(new Absorption(Double.NaN, 0.1, 300), sample(Bench.LOW, 1), 5);
        assertNoNumber(FrameFlag.ENERGY_UNKNOWN);
    }

    @Test
    void anEmptyFieldHasNoNumber() {
        twoGoodSets();
        bench.show(Bench.LOW, SyntheticMaps.withNoise(new float[SIDE * SIDE], 0.004, 9), 5);
        assertNoNumber(FrameFlag.FIELD_EMPTY);
    }

    @Test
    void aSampleBeyondTheFieldHasNoNumber() {
        twoGoodSets();
        float[] cut = SyntheticMaps.seen(SyntheticMaps.square(SIDE), SyntheticMaps.ball(20, 64, 40));
        bench.show(Bench.LOW, SyntheticMaps.scaled(cut, 0.02), 5);
        assertNoNumber(FrameFlag.FIELD_OVERFULL);
    }

    @Test
    void anIncompleteSetHasNoNumber() {
        bench.show(Bench.LOW, sample(Bench.LOW, 1), 0);
        assertNoNumber(FrameFlag.REFERENCE_MISSING);
        bench.show(Bench.HIGH, sample(Bench.HIGH, 1), Bench.PAIR_SECONDS + 1);
        assertNoNumber(FrameFlag.REFERENCE_MISSING);
        bench.next(Bench.LOW, sample(Bench.LOW, 2), Bench.PAIR_SECONDS + 2, Double.NaN);
        bench.measure();
        assertNoNumber(FrameFlag.REFERENCE_MISSING);
        bench.next(Bench.HIGH, sample(Bench.HIGH, 2), Bench.PAIR_SECONDS + 3, Double.NaN);
        bench.measure();
        assertNoNumber(FrameFlag.REFERENCE_MISSING);
    }

    @Test
    void theFirstSetIsHeldAgainstNothing() {
        bench.show(Bench.LOW, sample(Bench.LOW, 1), 0);
        bench.show(Bench.HIGH, sample(Bench.HIGH, 2), 1);
        for (String name : AGAINST_THE_FIRST) {
            assertNoNumber(name, FrameFlag.REFERENCE_MISSING);
        }
        assertTrue(Double.isFinite(bench.value("porosity")));
    }

    @Test
    void withoutADopantToTellThereIsNoNumberForIt() {
        Bench single = new Bench(SIDE, List.of(Bench.LOW));
        single.show(Bench.LOW, sample(Bench.LOW, 1), 0);
        for (String name :
                List.of("segregation", "segregation_gini", "segregation_morans_i", "dopant_mass", "wetted_boundary")) {
            assertTrue(Double.isNaN(single.value(name)), name);
            assertEquals(FrameFlag.ENERGY_UNKNOWN.bit(), single.flags(name), name);
        }
    }
}
