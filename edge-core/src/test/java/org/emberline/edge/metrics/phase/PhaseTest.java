package org.emberline.edge.metrics.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.emberline.edge.metrics.phase.Phase.Range;
import org.emberline.edge.metrics.phase.Phase.Reflection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PhaseTest {
    private static final Range NEAR = new Range(0.98, 1.02);
    private static final List<Reflection> LINES =
            List.of(new Reflection(0, 0, 3, 1), new Reflection(1, 0, 1, 1), new Reflection(1, 0, 4, 1));

    private static void assertRefused(String message, Executable making) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, making).getMessage());
    }

    private static Phase hexagonal(double a, double c, Range scale, Range ratio, List<Reflection> lines) {
        return Phase.hexagonal("x", a, c, scale, ratio, lines);
    }

    @Test
    void namesTheKeyThatIsWrong() {
        assertRefused("phase x: a_angstrom=0.0 is not within 1 and 100", () -> hexagonal(0, 14, NEAR, NEAR, LINES));
        assertRefused(
                "phase x: a_angstrom=NaN is not within 1 and 100", () -> hexagonal(Double.NaN, 14, NEAR, NEAR, LINES));
        assertRefused(
                "phase x: c_angstrom=NaN is not within 1 and 200", () -> hexagonal(3, Double.NaN, NEAR, NEAR, LINES));
        assertRefused(
                "phase x: scale_range=[1.02, 0.98] is not LOW < HIGH within 0.8 and 1.25",
                () -> hexagonal(3, 14, new Range(1.02, 0.98), NEAR, LINES));
        assertRefused(
                "phase x: c_over_a_range=[0.5, 1.0] is not LOW < HIGH within 0.8 and 1.25",
                () -> hexagonal(3, 14, NEAR, new Range(0.5, 1), LINES));
        assertRefused("phase ?: name is empty", () -> Phase.cubic(" ", 5, NEAR, LINES));
    }

    @Test
    void refusesReflectionsThatCannotGiveTheCell() {
        assertRefused(
                "phase x: reflections has 2 entries, system=hexagonal needs 3 to 64",
                () -> hexagonal(3, 14, NEAR, NEAR, LINES.subList(0, 2)));
        List<Reflection> basalOnly =
                List.of(new Reflection(1, 0, 0, 1), new Reflection(1, 1, 0, 1), new Reflection(2, 0, 0, 1));
        assertRefused(
                "phase x: reflections determine only one of a and c", () -> hexagonal(3, 14, NEAR, NEAR, basalOnly));
        List<Reflection> twins = List.of(new Reflection(5, 1, 1, 1), new Reflection(3, 3, 3, 1));
        assertRefused(
                "phase x: reflections[1]=[3, 3, 3] has the spacing of [5, 1, 1]",
                () -> Phase.cubic("x", 5, NEAR, twins));
        List<Reflection> none = List.of(new Reflection(1, 1, 1, 1), new Reflection(0, 0, 0, 1));
        assertRefused("phase x: reflections[1]=[0, 0, 0] is no reflection", () -> Phase.cubic("x", 5, NEAR, none));
        List<Reflection> dark = List.of(new Reflection(1, 1, 1, 0), new Reflection(2, 0, 0, 1));
        assertRefused("phase x: intensities[0]=0.0 is not above 0", () -> Phase.cubic("x", 5, NEAR, dark));
    }

    @Test
    void aCubicPhaseHasNoC() {
        List<Reflection> lines = List.of(new Reflection(1, 1, 1, 1), new Reflection(2, 0, 0, 1));
        assertRefused(
                "phase x: c_angstrom=14.0 has no meaning with system=cubic",
                () -> new Phase("x", CrystalSystem.CUBIC, 5, 14, NEAR, new Range(1, 1), lines));
        assertRefused(
                "phase x: c_over_a_range has no meaning with system=cubic",
                () -> new Phase("x", CrystalSystem.CUBIC, 5, Double.NaN, NEAR, NEAR, lines));
    }

    @Test
    void knowsItsSystemsByName() {
        assertEquals(CrystalSystem.HEXAGONAL, CrystalSystem.ofName("hexagonal").orElseThrow());
        assertEquals(CrystalSystem.CUBIC, CrystalSystem.ofName("cubic").orElseThrow());
        assertEquals(CrystalSystem.TRICLINIC, CrystalSystem.ofName("triclinic").orElseThrow());
        assertEquals(0, CrystalSystem.ofName("icosahedral").stream().count());
    }
}
