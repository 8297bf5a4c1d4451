package org.emberline.edge.metrics.phase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.emberline.edge.metrics.pattern.CrystalLines;

/**
 * The powder lines of a structure, by the kinematic sum over its atoms:
 *
 * <pre>
 *   F = Σ f exp(-B u) exp(2πi(hx + ky + lz)),   u = (1/2d)²,   B = B(300 K) * heat
 * </pre>
 *
 * <p>Absences need no rules: a family whose F vanishes for all energies is left out. One thread; allocates only when made.
 */
public final class StructureLines implements CrystalLines {
    /** Of the strongest line: what is weaker is not there. */
    private static final double WEAKEST = 1e-6;

    private final CrystalPhase phase;
    private final boolean twoEdges;
    private final List<ReflectionFamily> families;
    private final SiteSums sums;
    private final double[] basal;
    private final double[] axial;
    private double volume;

    private StructureLines(CrystalPhase phase, List<ReflectionFamily> families, double kev) {
        this.phase = phase;
        this.families = families;
        twoEdges = phase.system() == CrystalSystem.HEXAGONAL || phase.system() == CrystalSystem.TETRAGONAL;
        UnitCell cell = phase.structure().cell();
        basal = new double[families.size()];
        axial = new double[families.size()];
        for (int i = 0; i < basal.length; i++) {
            ReflectionFamily f = families.get(i);
            axial[i] = twoEdges ? cell.inverseSquareSpacing(0, 0, f.l()) : 0;
            basal[i] = cell.inverseSquareSpacing(f.h(), f.k(), f.l()) - axial[i];
        }
        sums = new SiteSums(phase.structure(), families, kev);
        at(CrystalPhase.REFERENCE_KELVIN);
    }

    /**
     * The lines up to a limit.
     *
     * @param highestQ 1/Å, by the cell at the reference temperature
     * @param weakest share of the strongest line below which a line is left out; 0 for all that are there at all
     * @param kev photon energy, for resonant scattering; NaN to leave it out
     */
    public static StructureLines upTo(double highestQ, double weakest, CrystalPhase phase, double kev) {
        double limit = Math.pow(highestQ / (2 * Math.PI), 2);
        StructureLines all = new StructureLines(phase, families(phase.structure(), limit), kev);
        double[] strength = new double[all.size()];
        all.strengths(1, 0.03, strength);
        double[] height = new double[all.size()];
        for (int i = 0; i < height.length; i++) {
            height[i] = strength[i] / (all.basal[i] + all.axial[i]);
        }
        double strongest = Arrays.stream(height).max().orElse(0);
        List<ReflectionFamily> kept = new ArrayList<>();
        for (int i = 0; i < height.length; i++) {
            if (height[i] > Math.max(WEAKEST, weakest) * strongest) {
                kept.add(all.families.get(i));
            }
        }
        return new StructureLines(phase, kept, kev);
    }

    /** One of each set of equivalent reflections within a sphere of 1/d². */
    private static List<ReflectionFamily> families(Structure structure, double limit) {
        UnitCell cell = structure.cell();
        int h = (int) Math.ceil(cell.a() * Math.sqrt(limit)) + 1;
        int k = (int) Math.ceil(cell.b() * Math.sqrt(limit)) + 1;
        int l = (int) Math.ceil(cell.c() * Math.sqrt(limit)) + 1;
        Set<ReflectionFamily> found = new HashSet<>();
        for (int i = -h; i <= h; i++) {
            for (int j = -k; j <= k; j++) {
                for (int m = 0; m <= l; m++) {
                    double square = cell.inverseSquareSpacing(i, j, m);
                    if (square > 1e-12 && square <= limit) {
                        found.add(family(structure.group(), i, j, m));
                    }
                }
            }
        }
        return found.stream()
                .sorted(Comparator.comparingDouble(
                                (ReflectionFamily f) -> cell.inverseSquareSpacing(f.h(), f.k(), f.l()))
                        .thenComparing(ReflectionFamily::toString))
                .toList();
    }

    /** The family of a reflection, named after the one of its members with the largest l, then h, then k. */
    private static ReflectionFamily family(SpaceGroup group, int h, int k, int l) {
        Set<List<Integer>> members = new HashSet<>();
        for (SymmetryOperation operation : group.operations()) {
            int[] image = operation.applyToIndices(h, k, l);
            members.add(List.of(image[0], image[1], image[2]));
            members.add(List.of(-image[0], -image[1], -image[2]));
        }
        Comparator<List<Integer>> order = Comparator.<List<Integer>>comparingInt(m -> m.get(2))
                .thenComparingInt(m -> m.get(0))
                .thenComparingInt(m -> m.get(1));
        List<Integer> first = members.stream().max(order).orElseThrow();
        return new ReflectionFamily(first.get(0), first.get(1), first.get(2), members.size());
    }

    /** The reflections behind the lines. */
    public List<ReflectionFamily> families() {
        return families;
    }

    /** Index of the line that a reflection belongs to, or -1. */
    public int lineOf(int h, int k, int l) {
        ReflectionFamily wanted = family(phase.structure().group(), h, k, l);
        return families.indexOf(wanted);
    }

    @Override
    public boolean hasDisorder() {
        return phase.structure().antisite() != null;
    }

    /** The phase whose lines these are. */
    public CrystalPhase phase() {
        return phase;
    }

    @Override
    public String name() {
        return phase.name();
    }

    @Override
    public int size() {
        return families.size();
    }

    @Override
    public double basal(int line) {
        return basal[line];
    }

    @Override
    public double axial(int line) {
        return axial[line];
    }

    @Override
    public int multiplicity(int line) {
        return families.get(line).multiplicity();
    }

    @Override
    public boolean hasTwoEdges() {
        return twoEdges;
    }

    @Override
    public double basalStretch(double kelvin) {
        if (twoEdges || phase.system() == CrystalSystem.CUBIC) {
            return phase.stretch(0, kelvin);
        }
        return Math.cbrt(phase.stretch(0, kelvin) * phase.stretch(1, kelvin) * phase.stretch(2, kelvin));
    }

    @Override
    public double axialStretch(double kelvin) {
        return twoEdges ? phase.stretch(2, kelvin) : basalStretch(kelvin);
    }

    @Override
    public void strengths(double kelvin, double[] perLine) {
        at(kelvin);
        strengths(kelvin / CrystalPhase.REFERENCE_KELVIN, 0, perLine);
    }

    @Override
    public void strengths(double heat, double disorder, double[] perLine) {
        for (int i = 0; i < perLine.length; i++) {
            perLine[i] = families.get(i).multiplicity() * sums.square(i, heat, disorder) / (volume * volume);
        }
    }

    private void at(double kelvin) {
        double first = basalStretch(kelvin);
        double second = axialStretch(kelvin);
        volume = phase.structure().cell().volume() * first * first * second;
        for (int i = 0; i < basal.length; i++) {
            sums.at(i, 0.25 * (basal[i] / (first * first) + axial[i] / (second * second)));
        }
    }
}
