package org.emberline.edge.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.emberline.edge.metrics.phase.Antisite;
import org.emberline.edge.metrics.phase.CrystalPhase;
import org.emberline.edge.metrics.phase.CrystalSystem;
import org.emberline.edge.metrics.phase.Site;
import org.emberline.edge.metrics.phase.SpaceGroup;
import org.emberline.edge.metrics.phase.Structure;
import org.emberline.edge.metrics.phase.UnitCell;
import org.jspecify.annotations.Nullable;

/** The part of a phase file that says what the crystal is made of: cell, symmetry, sites. */
final class StructureReader {
    private static final double DEFAULT_EXPANSION = 12e-6;
    /** Electrons; at the edges of heavy elements f' and f'' reach some tens. */
    private static final double MOST_RESONANCE = 100;
    /** Lines up to {@link #HIGHEST_Q}, 1/Å: far more than a pattern has bins. */
    private static final int MOST_LINES = 10_000;

    private static final double HIGHEST_Q = 6;

    private StructureReader() {}

    /** The keys of a structure. */
    record Description(
            CrystalSystem system,
            double[] edges,
            double[] angles,
            List<Double> expansion,
            List<String> symmetry,
            List<SiteKeys> sites,
            @Nullable Antisite antisite,
            Map<String, Structure.Resonance> resonance) {

        /** @throws IllegalArgumentException for what is no crystal */
        CrystalPhase phase(String name) {
            UnitCell cell = new UnitCell(edges[0], edges[1], edges[2], angles[0], angles[1], angles[2]);
            SpaceGroup group = SpaceGroup.of(symmetry);
            requireFewLines(cell, group);
            List<Site> made = sites.stream().map(SiteKeys::site).toList();
            return new CrystalPhase(name, system, expansion, new Structure(cell, group, made, antisite, resonance));
        }

        /** Their number by the volume of the sphere in reciprocal space, before any of them is looked for. */
        private static void requireFewLines(UnitCell cell, SpaceGroup group) {
            double lines = cell.volume() * Math.pow(HIGHEST_Q, 3) / (6 * Math.PI * Math.PI * group.order());
            if (lines > MOST_LINES) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "a_angstrom=%s, b_angstrom=%s, c_angstrom=%s make some %.0f lines up to q=%.0f 1/angstrom, at most %d are fitted",
                        cell.a(),
                        cell.b(),
                        cell.c(),
                        lines,
                        HIGHEST_Q,
                        MOST_LINES));
            }
        }
    }

    /** The keys of a site. */
    record SiteKeys(String label, double[] position, double bIso, SequencedMap<String, Double> occupancy) {
        Site site() {
            return new Site(label, position[0], position[1], position[2], bIso, occupancy);
        }
    }

    /** @return null when the file has no structure */
    static @Nullable Description read(TomlSection root, CrystalSystem system) {
        double a = root.requiredNumber("a_angstrom", 1, 100);
        double[] edges = edges(root, system, a);
        double[] angles = angles(root, system);
        List<Double> expansion = expansion(root);
        List<String> symmetry = root.texts("symmetry", List.of());
        List<SiteKeys> sites =
                root.sections("site").stream().map(StructureReader::site).toList();
        Antisite antisite = root.has("antisite") ? antisite(root.section("antisite")) : null;
        Map<String, Structure.Resonance> resonance = resonance(root);
        requireInASite(root, resonance.keySet(), sites);
        if (symmetry.isEmpty() && sites.isEmpty()) {
            return null;
        }
        if (symmetry.isEmpty() || sites.isEmpty()) {
            root.complain(
                    symmetry.isEmpty() ? "symmetry" : "site", "is missing: a structure needs symmetry and [[site]]");
        }
        return new Description(system, edges, angles, expansion, symmetry, sites, antisite, resonance);
    }

    private static double[] edges(TomlSection root, CrystalSystem system, double a) {
        boolean ownB = system == CrystalSystem.ORTHORHOMBIC
                || system == CrystalSystem.MONOCLINIC
                || system == CrystalSystem.TRICLINIC;
        double b = own(root, "b_angstrom", ownB, a, system, 100);
        double c = own(root, "c_angstrom", system != CrystalSystem.CUBIC, a, system, 200);
        return new double[] {a, b, c};
    }

    private static double[] angles(TomlSection root, CrystalSystem system) {
        boolean all = system == CrystalSystem.TRICLINIC;
        double alpha = angle(root, "alpha_degrees", all, 90, system);
        double beta = angle(root, "beta_degrees", all || system == CrystalSystem.MONOCLINIC, 90, system);
        double gamma = angle(root, "gamma_degrees", all, system == CrystalSystem.HEXAGONAL ? 120 : 90, system);
        return new double[] {alpha, beta, gamma};
    }

    private static double own(
            TomlSection root, String key, boolean has, double otherwise, CrystalSystem system, double most) {
        if (has) {
            return root.requiredNumber(key, 1, most);
        }
        if (root.has(key)) {
            root.take(key);
            root.complain(key, "has no meaning with system=" + system.configName());
        }
        return otherwise;
    }

    private static double angle(TomlSection root, String key, boolean has, double otherwise, CrystalSystem system) {
        if (has) {
            return root.requiredNumber(key, 10, 170);
        }
        if (root.has(key)) {
            root.take(key);
            root.complain(key, "has no meaning with system=" + system.configName());
        }
        return otherwise;
    }

    /** One number for all edges, or one for each. */
    private static List<Double> expansion(TomlSection root) {
        JsonNode value = root.take("expansion_per_kelvin");
        if (value != null && value.isArray()) {
            double[] three = root.numbers("expansion_per_kelvin", 3, -1e-3, 1e-3);
            return three == null ? List.of(0.0, 0.0, 0.0) : List.of(three[0], three[1], three[2]);
        }
        double one = root.number("expansion_per_kelvin", DEFAULT_EXPANSION, -1e-3, 1e-3);
        return List.of(one, one, one);
    }

    private static SiteKeys site(TomlSection keys) {
        SequencedMap<String, Double> occupancy = new LinkedHashMap<>();
        JsonNode shares = keys.take("occupancy");
        if (shares == null || !shares.isObject() || shares.isEmpty()) {
            keys.complain("occupancy", "must be a table such as { \"O2-\" = 1.0 }");
        } else {
            shares.properties().forEach(share -> {
                if (!share.getValue().isNumber()) {
                    keys.complain("occupancy", share.getKey() + " must be a number, is " + share.getValue());
                }
                occupancy.put(share.getKey(), share.getValue().asDouble());
            });
        }
        SiteKeys site = new SiteKeys(
                keys.requiredText("label"),
                keys.requiredNumbers("position", 3, -2, 2),
                keys.requiredNumber("b_iso", 0, 20),
                occupancy);
        keys.finish();
        return site;
    }

    private static Antisite antisite(TomlSection keys) {
        List<String> sites = pair(keys, "sites");
        List<String> ions = pair(keys, "ions");
        boolean exchanged = keys.flag("exchanged", true);
        keys.finish();
        return new Antisite(sites.get(0), ions.get(0), sites.get(1), ions.get(1), exchanged);
    }

    /** f' and f'' by element, for the beam's energy. */
    private static Map<String, Structure.Resonance> resonance(TomlSection root) {
        JsonNode table = root.take("resonance");
        Map<String, Structure.Resonance> resonance = new HashMap<>();
        if (table != null && !table.isObject()) {
            root.complain("resonance", "must be a table such as { Ni = [0.02, 0.08] }, is " + table);
        } else if (table != null) {
            table.properties().forEach(element -> {
                JsonNode pair = element.getValue();
                if (pair.size() != 2 || !isResonance(pair.path(0)) || !isResonance(pair.path(1))) {
                    root.complain(
                            "resonance", element.getKey() + " must be [f', f''], each within -100 and 100, is " + pair);
                } else {
                    resonance.put(
                            element.getKey(),
                            new Structure.Resonance(
                                    pair.get(0).doubleValue(), pair.get(1).doubleValue()));
                }
            });
        }
        return resonance;
    }

    private static boolean isResonance(JsonNode value) {
        return value.isNumber() && Math.abs(value.doubleValue()) <= MOST_RESONANCE;
    }

    /** They go by element, for all its ions; a misspelt one would have no effect. */
    private static void requireInASite(TomlSection root, Set<String> elements, List<SiteKeys> sites) {
        for (String element : elements) {
            boolean there = sites.stream()
                    .flatMap(site -> site.occupancy().keySet().stream())
                    .anyMatch(ion -> ion.replaceAll("[^A-Za-z].*", "").equals(element));
            if (!there) {
                root.complain("resonance", element + " is in no site");
            }
        }
    }

    private static List<String> pair(TomlSection keys, String key) {
        List<String> pair = new ArrayList<>(keys.texts(key, List.of()));
        if (pair.size() != 2) {
            keys.complain(key, "must be two, is " + pair);
            return List.of("", "");
        }
        return pair;
    }
}
