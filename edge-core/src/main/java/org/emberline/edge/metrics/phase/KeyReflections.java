package org.emberline.edge.metrics.phase;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Chooses, from a structure, the lines to search its cell by: strong ones, each of a spacing of its own. */
public final class KeyReflections {
    private static final int MOST = 14;
    private static final double HIGHEST_Q = 6;
    private static final double WEAKEST = 0.03;
    private static final double APART = 2e-3;

    private KeyReflections() {}

    /** At most fourteen lines up to q = 6 1/Å, intensities in per cent of the strongest. */
    public static List<Phase.Reflection> of(CrystalPhase phase) {
        StructureLines lines = StructureLines.upTo(HIGHEST_Q, WEAKEST, phase, Double.NaN);
        double[] height = new double[lines.size()];
        lines.strengths(CrystalPhase.REFERENCE_KELVIN, height);
        List<Integer> order = new ArrayList<>();
        double strongest = 0;
        for (int i = 0; i < height.length; i++) {
            height[i] /= square(lines, i);
            strongest = Math.max(strongest, height[i]);
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> -height[i]));
        List<Integer> chosen = new ArrayList<>();
        for (int candidate : order) {
            boolean alone = chosen.stream()
                    .allMatch(i -> Math.abs(square(lines, i) - square(lines, candidate)) > APART * square(lines, i));
            if (alone && chosen.size() < MOST) {
                chosen.add(candidate);
            }
        }
        double unit = 100 / strongest;
        return chosen.stream()
                .sorted()
                .map(i -> {
                    ReflectionFamily f = lines.families().get(i);
                    return new Phase.Reflection(f.h(), f.k(), f.l(), height[i] * unit);
                })
                .toList();
    }

    private static double square(StructureLines lines, int line) {
        return lines.basal(line) + lines.axial(line);
    }
}
