package org.emberline.edge.twin;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A family of equivalent reflections of R-3m in hexagonal axes (obverse setting: -h + k + l is a multiple of 3).
 *
 * @param multiplicity number of equivalents in Laue class -3m
 */
record Reflection(int h, int k, int l, int multiplicity) {

    /** Bragg's (sin(theta)/lambda)^2 = 1/(4 d^2), 1/Angstrom^2. */
    double sSquared(double a, double c) {
        return (4.0 / 3 * (h * h + h * k + k * k) / (a * a) + (double) l * l / (c * c)) / 4;
    }

    /** Every allowed family with q = 2 pi/d up to the given one, 1/Angstrom, in a cell of a and c Angstrom. */
    static List<Reflection> upTo(double qMax, double a, double c) {
        double largest = qMax * qMax / (16 * Math.PI * Math.PI);
        int hMost = (int) Math.ceil(qMax * a / (2 * Math.PI)) + 1;
        int lMost = (int) Math.ceil(qMax * c / (2 * Math.PI));
        Set<List<Integer>> seen = new HashSet<>();
        List<Reflection> families = new ArrayList<>();
        // Every family has a member with three indices that are not negative.
        for (int l = 0; l <= lMost; l++) {
            for (int h = 0; h <= hMost; h++) {
                for (int k = 0; k <= hMost; k++) {
                    boolean allowed = Math.floorMod(-h + k + l, 3) == 0 && h + k + l > 0;
                    if (allowed && !seen.contains(List.of(h, k, l))) {
                        Set<List<Integer>> equivalents = equivalents(h, k, l);
                        seen.addAll(equivalents);
                        families.add(new Reflection(h, k, l, equivalents.size()));
                    }
                }
            }
        }
        families.removeIf(family -> family.sSquared(a, c) > largest);
        return List.copyOf(families);
    }

    private static Set<List<Integer>> equivalents(int h, int k, int l) {
        int i = -h - k;
        Set<List<Integer>> all = new HashSet<>();
        int[][] rotated = {{h, k, l}, {k, i, l}, {i, h, l}, {k, h, -l}, {i, k, -l}, {h, i, -l}};
        for (int[] index : rotated) {
            all.add(List.of(index[0], index[1], index[2]));
            all.add(List.of(-index[0], -index[1], -index[2]));
        }
        return all;
    }
}
