package org.emberline.edge.metrics.phase;

import java.util.List;

/**
 * A crystalline phase as the lattice fit needs it: a cell to start from, how far the true cell may be from it, and the reflections
 * to use. Errors name the keys of a phase file.
 *
 * @param name name in messages
 * @param system crystal system
 * @param aAngstrom starting a, ångström
 * @param cAngstrom starting c, ångström; NaN for a cubic phase
 * @param scaleRange the true a lies within these multiples of the starting a
 * @param cOverARange the true c/a lies within these multiples of the starting c/a; 1 to 1 for a cubic phase. Where a related
 *     phase is the same lattice at another c/a (the spinel of a layered oxide has the cubic limit {@code 2√6}), the range keeps it
 *     out
 * @param reflections reflections to look for, none twice; two whose spacing is the same by symmetry count as one and are refused
 */
public record Phase(
        String name,
        CrystalSystem system,
        double aAngstrom,
        double cAngstrom,
        Range scaleRange,
        Range cOverARange,
        List<Reflection> reflections) {

    /** Most reflections of one phase: the room that is set aside per frame. */
    public static final int MAX_REFLECTIONS = 64;

    private static final Range UNSTRETCHED = new Range(1, 1);

    public Phase {
        reflections = List.copyOf(reflections);
        require(!name.isBlank(), "?", "name is empty");
        require(
                system.isSearchable(),
                name,
                "a lattice of system=" + system.configName() + " cannot be searched for: it has more than two edges");
        require(inside(aAngstrom, 1, 100), name, "a_angstrom=" + aAngstrom + " is not within 1 and 100");
        require(
                isWider(scaleRange, 0.8, 1.25),
                name,
                "scale_range=" + scaleRange + " is not LOW < HIGH within 0.8 and 1.25");
        if (system == CrystalSystem.CUBIC) {
            require(Double.isNaN(cAngstrom), name, "c_angstrom=" + cAngstrom + " has no meaning with system=cubic");
            require(cOverARange.equals(UNSTRETCHED), name, "c_over_a_range has no meaning with system=cubic");
        } else {
            require(inside(cAngstrom, 1, 200), name, "c_angstrom=" + cAngstrom + " is not within 1 and 200");
            require(
                    isWider(cOverARange, 0.8, 1.25),
                    name,
                    "c_over_a_range=" + cOverARange + " is not LOW < HIGH within 0.8 and 1.25");
        }
        requireReflections(name, system, reflections);
    }

    /** A hexagonal phase. */
    public static Phase hexagonal(
            String name, double a, double c, Range scale, Range cOverA, List<Reflection> reflections) {
        return new Phase(name, CrystalSystem.HEXAGONAL, a, c, scale, cOverA, reflections);
    }

    /** A cubic phase. */
    public static Phase cubic(String name, double a, Range scale, List<Reflection> reflections) {
        return new Phase(name, CrystalSystem.CUBIC, a, Double.NaN, scale, UNSTRETCHED, reflections);
    }

    /** Both ends are multiples of a starting value. */
    public record Range(double lower, double upper) {
        public boolean holds(double factor) {
            return factor >= lower && factor <= upper;
        }

        @Override
        public String toString() {
            return "[" + lower + ", " + upper + "]";
        }
    }

    /**
     * One reflection.
     *
     * @param h Miller index
     * @param k Miller index
     * @param l Miller index
     * @param intensity expected height on any common scale, above 0: how much a frame misses when it is not there
     */
    public record Reflection(int h, int k, int l, double intensity) {
        @Override
        public String toString() {
            return "[" + h + ", " + k + ", " + l + "]";
        }
    }

    public double basal(int index) {
        Reflection r = reflections.get(index);
        return system.basal(r.h, r.k, r.l);
    }

    public double axial(int index) {
        Reflection r = reflections.get(index);
        return system.axial(r.h, r.k, r.l);
    }

    private static boolean inside(double value, double lower, double upper) {
        return value >= lower && value <= upper;
    }

    private static boolean isWider(Range range, double lower, double upper) {
        return range.lower < range.upper && inside(range.lower, lower, upper) && inside(range.upper, lower, upper);
    }

    private static void requireReflections(String name, CrystalSystem system, List<Reflection> reflections) {
        require(
                reflections.size() >= system.minimumReflections() && reflections.size() <= MAX_REFLECTIONS,
                name,
                "reflections has " + reflections.size() + " entries, system=" + system.configName() + " needs "
                        + system.minimumReflections() + " to " + MAX_REFLECTIONS);
        boolean bothAxes = system == CrystalSystem.CUBIC;
        for (int i = 0; i < reflections.size(); i++) {
            Reflection r = reflections.get(i);
            double basal = system.basal(r.h, r.k, r.l);
            double axial = system.axial(r.h, r.k, r.l);
            require(basal + axial > 0, name, "reflections[" + i + "]=" + r + " is no reflection");
            require(
                    r.intensity > 0 && r.intensity < 1e9,
                    name,
                    "intensities[" + i + "]=" + r.intensity + " is not above 0");
            Reflection first = reflections.getFirst();
            bothAxes |=
                    basal * system.axial(first.h, first.k, first.l) != axial * system.basal(first.h, first.k, first.l);
            for (Reflection earlier : reflections.subList(0, i)) {
                boolean same = system.basal(earlier.h, earlier.k, earlier.l) == basal
                        && system.axial(earlier.h, earlier.k, earlier.l) == axial;
                require(!same, name, "reflections[" + i + "]=" + r + " has the spacing of " + earlier);
            }
        }
        require(bothAxes, name, "reflections determine only one of a and c");
    }

    private static void require(boolean holds, String name, String problem) {
        if (!holds) {
            throw new IllegalArgumentException("phase " + name + ": " + problem);
        }
    }
}
