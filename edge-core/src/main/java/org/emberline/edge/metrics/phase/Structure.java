package org.emberline.edge.metrics.phase;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a crystal is made of. Immutable.
 *
 * @param cell at {@link CrystalPhase#REFERENCE_KELVIN}
 * @param antisite null where no disorder is known
 * @param resonance f' and f'' of elements that somebody knows better than the table, at the beam's energy
 */
public record Structure(
        UnitCell cell,
        SpaceGroup group,
        List<Site> sites,
        @Nullable Antisite antisite,
        Map<String, Resonance> resonance) {
    private static final double SAME_PLACE = 1e-3;

    public Structure {
        sites = List.copyOf(sites);
        resonance = Map.copyOf(resonance);
        Set<String> labels = new HashSet<>();
        for (Site site : sites) {
            if (!labels.add(site.label())) {
                throw new IllegalArgumentException("two sites have label=" + site.label());
            }
            for (String ion : site.occupancy().keySet()) {
                var _ = ScatteringTable.shipped().formFactor(ion);
            }
        }
        if (sites.isEmpty()) {
            throw new IllegalArgumentException("a structure needs a [[site]]");
        }
        requireSymmetricCell(cell, group);
        requireApart(group, sites);
        if (antisite != null) {
            requireIon(sites, antisite.first(), antisite.firstIon());
            requireIon(sites, antisite.second(), antisite.secondIon());
        }
    }

    /** Resonant scattering of an element at one energy, electrons. */
    public record Resonance(double real, double imaginary) {}

    /** That of an element at an energy: as stated, otherwise by the table. */
    Resonance resonance(String element, double kev) {
        Resonance stated = resonance.get(element);
        return stated == null ? ScatteringTable.shipped().resonance(element, kev) : stated;
    }

    /** Places of a site's atoms in the cell, each once. */
    static List<double[]> places(SpaceGroup group, Site site) {
        List<double[]> places = new ArrayList<>();
        for (SymmetryOperation operation : group.operations()) {
            double[] image = operation.apply(site.x(), site.y(), site.z());
            if (places.stream().noneMatch(known -> isSame(known, image))) {
                places.add(image);
            }
        }
        return places;
    }

    /** Atoms in the cell by element, whatever their charge. */
    public Map<String, Double> atoms() {
        Map<String, Double> atoms = new HashMap<>();
        for (Site site : sites) {
            int places = places(group, site).size();
            site.occupancy()
                    .forEach((ion, share) -> atoms.merge(ScatteringTable.element(ion), share * places, Double::sum));
        }
        return atoms;
    }

    /** Index of the site with a label. */
    int siteIndex(String label) {
        for (int i = 0; i < sites.size(); i++) {
            if (sites.get(i).label().equals(label)) {
                return i;
            }
        }
        throw new IllegalArgumentException("there is no site with label=" + label);
    }

    private static boolean isSame(double[] a, double[] b) {
        for (int i = 0; i < 3; i++) {
            double apart = Math.abs(a[i] - b[i]);
            if (Math.min(apart, 1 - apart) > SAME_PLACE) {
                return false;
            }
        }
        return true;
    }

    private static void requireIon(List<Site> sites, String label, String ion) {
        boolean there = sites.stream()
                .anyMatch(site -> site.label().equals(label) && site.occupancy().containsKey(ion));
        if (!there) {
            throw new IllegalArgumentException("antisite: no site " + label + " holds " + ion);
        }
    }

    /** Equivalent reflections must have one spacing, or the cell is not that of the group. */
    private static void requireSymmetricCell(UnitCell cell, SpaceGroup group) {
        int[][] probes = {{1, 2, 3}, {3, 1, 2}, {2, -1, 4}};
        for (int[] hkl : probes) {
            double own = cell.inverseSquareSpacing(hkl[0], hkl[1], hkl[2]);
            for (SymmetryOperation operation : group.operations()) {
                int[] image = operation.applyToIndices(hkl[0], hkl[1], hkl[2]);
                double other = cell.inverseSquareSpacing(image[0], image[1], image[2]);
                if (Math.abs(other - own) > 1e-6 * own) {
                    throw new IllegalArgumentException("the cell " + cell + " does not have the symmetry of its group");
                }
            }
        }
    }

    private static void requireApart(SpaceGroup group, List<Site> sites) {
        for (int i = 0; i < sites.size(); i++) {
            double[] own = places(group, sites.get(i)).getFirst();
            for (Site earlier : sites.subList(0, i)) {
                if (places(group, earlier).stream().anyMatch(place -> isSame(place, own))) {
                    throw new IllegalArgumentException(
                            "sites " + earlier.label() + " and " + sites.get(i).label() + " are the same place");
                }
            }
        }
    }
}
