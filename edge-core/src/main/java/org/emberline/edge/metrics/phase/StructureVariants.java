package org.emberline.edge.metrics.phase;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a structure might be instead, as far as diffraction of powders leaves it open: atoms for ions, an exchange of ions or the loss of one, and
 * coordinates that symmetry does not fix off by what refinements differ in. Their lines tell what a structure's own uncertainty does to numbers read with it.
 */
public final class StructureVariants {
    /** By which refined coordinates of one structure differ, as a fraction of the cell. */
    private static final double COORDINATE = 1e-3;
    /** Far enough that a special place is left for good. */
    private static final double OFF = 5e-3;

    private StructureVariants() {}

    /** The variants, one for each thing that is open; none of a structure whose atoms are neutral and whose places are fixed. */
    public static List<CrystalPhase> of(CrystalPhase phase) {
        Structure own = phase.structure();
        List<CrystalPhase> variants = new ArrayList<>();
        Structure neutral = neutral(own);
        if (!neutral.equals(own)) {
            variants.add(with(phase, neutral));
        }
        Antisite exchange = own.antisite();
        if (exchange != null) {
            variants.add(with(phase, withSites(own, own.sites(), other(exchange))));
        }
        for (int i = 0; i < own.sites().size(); i++) {
            for (int axis = 0; axis < 3; axis++) {
                if (isFree(own, own.sites().get(i), axis)) {
                    List<Site> sites = new ArrayList<>(own.sites());
                    sites.set(i, shifted(own.sites().get(i), axis, COORDINATE));
                    variants.add(with(phase, withSites(own, sites, own.antisite())));
                }
            }
        }
        return variants;
    }

    private static CrystalPhase with(CrystalPhase phase, Structure structure) {
        return new CrystalPhase(phase.name(), phase.system(), phase.expansionPerKelvin(), structure);
    }

    private static Structure withSites(Structure own, List<Site> sites, @Nullable Antisite antisite) {
        return new Structure(own.cell(), own.group(), sites, antisite, own.resonance());
    }

    private static Antisite other(Antisite of) {
        return new Antisite(of.first(), of.firstIon(), of.second(), of.secondIon(), !of.exchanged());
    }

    private static Structure neutral(Structure own) {
        List<Site> sites = new ArrayList<>();
        for (Site site : own.sites()) {
            SequencedMap<String, Double> atoms = new LinkedHashMap<>();
            site.occupancy().forEach((ion, share) -> atoms.merge(ScatteringTable.element(ion), share, Double::sum));
            sites.add(new Site(site.label(), site.x(), site.y(), site.z(), site.bIso(), atoms));
        }
        Antisite exchange = own.antisite();
        Antisite ofAtoms = exchange == null
                ? null
                : new Antisite(
                        exchange.first(),
                        ScatteringTable.element(exchange.firstIon()),
                        exchange.second(),
                        ScatteringTable.element(exchange.secondIon()),
                        exchange.exchanged());
        return withSites(own, sites, ofAtoms);
    }

    /** Whether a site keeps its number of atoms when it moves along an axis. */
    private static boolean isFree(Structure own, Site site, int axis) {
        int before = Structure.places(own.group(), site).size();
        return Structure.places(own.group(), shifted(site, axis, OFF)).size() == before;
    }

    private static Site shifted(Site site, int axis, double by) {
        return new Site(
                site.label(),
                site.x() + (axis == 0 ? by : 0),
                site.y() + (axis == 1 ? by : 0),
                site.z() + (axis == 2 ? by : 0),
                site.bIso(),
                site.occupancy());
    }
}
