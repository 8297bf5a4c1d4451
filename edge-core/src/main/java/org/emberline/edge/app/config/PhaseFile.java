package org.emberline.edge.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.metrics.phase.CrystalPhase;
import org.emberline.edge.metrics.phase.CrystalSystem;
import org.emberline.edge.metrics.phase.KeyReflections;
import org.emberline.edge.metrics.phase.Phase;
import org.emberline.edge.metrics.phase.PhaseDescription;
import org.jspecify.annotations.Nullable;

/** A crystalline phase as a TOML file describes it; see {@code docs/phases.md}. */
public final class PhaseFile {
    private static final String NAME = "[a-z][a-z0-9_]*";

    private PhaseFile() {}

    /** @throws ConfigException with all complaints, each with its path */
    public static PhaseDescription read(Path file) throws ConfigException {
        List<String> complaints = new ArrayList<>();
        Description description = read(TomlSection.root(ConfigFile.read(file), complaints));
        if (complaints.isEmpty()) {
            try {
                return description.phase();
            } catch (IllegalArgumentException e) {
                complaints.add(String.valueOf(e.getMessage()));
            }
        }
        throw new ConfigException(file.toString(), complaints);
    }

    /** The keys of a phase file. */
    record Description(
            String name,
            CrystalSystem system,
            StructureReader.@Nullable Description structure,
            @Nullable Search search) {

        PhaseDescription phase() {
            CrystalPhase crystal = structure == null ? null : structure.phase(name);
            return new PhaseDescription(name, search == null ? null : search.phase(name, system, crystal), crystal);
        }
    }

    /** The keys that say how to search for the cell; reflections are null to have them chosen. */
    record Search(
            double a,
            double c,
            double[] scale,
            double[] stretch,
            @Nullable List<Phase.Reflection> reflections) {

        Phase phase(String name, CrystalSystem system, @Nullable CrystalPhase crystal) {
            List<Phase.Reflection> lines = reflections;
            if (lines == null) {
                if (crystal == null) {
                    throw new IllegalArgumentException("phase " + name + ": reflections is missing");
                }
                lines = KeyReflections.of(crystal);
            }
            return new Phase(name, system, a, c, range(scale), range(stretch), lines);
        }

        private static Phase.Range range(double[] ends) {
            return new Phase.Range(ends[0], ends[1]);
        }
    }

    static Description read(TomlSection root) {
        String name = root.requiredText("name");
        if (!name.isEmpty() && !name.matches(NAME)) {
            root.complain("name", "must be lower case letters, digits and underscores, is \"" + name + "\"");
        }
        CrystalSystem system = root.choice("system", CrystalSystem.HEXAGONAL, CrystalSystem.class);
        StructureReader.Description structure = StructureReader.read(root, system);
        boolean searched = structure == null || root.has("scale_range") || root.has("reflections");
        Description description = new Description(name, system, structure, searched ? search(root, system) : null);
        root.finish();
        return description;
    }

    private static Search search(TomlSection root, CrystalSystem system) {
        return new Search(
                root.number("a_angstrom", 1, 1, 100),
                system == CrystalSystem.CUBIC ? Double.NaN : root.number("c_angstrom", Double.NaN, 1, 200),
                root.requiredNumbers("scale_range", 2, 0.8, 1.25),
                system == CrystalSystem.CUBIC
                        ? new double[] {1, 1}
                        : root.requiredNumbers("c_over_a_range", 2, 0.8, 1.25),
                root.has("reflections") ? reflections(root) : null);
    }

    private static List<Phase.Reflection> reflections(TomlSection root) {
        JsonNode indices = root.take("reflections");
        if (indices == null || !indices.isArray() || indices.isEmpty()) {
            root.complain("reflections", "must be a list of [h, k, l]");
            return List.of();
        }
        double[] heights = root.requiredNumbers("intensities", indices.size(), 0, 1e9);
        List<Phase.Reflection> reflections = new ArrayList<>();
        for (int i = 0; i < indices.size(); i++) {
            JsonNode hkl = indices.get(i);
            if (hkl.size() != 3
                    || !hkl.path(0).isInt()
                    || !hkl.path(1).isInt()
                    || !hkl.path(2).isInt()) {
                root.complain("reflections[" + i + "]", "must be three whole numbers, is " + hkl);
            } else {
                reflections.add(new Phase.Reflection(
                        hkl.get(0).intValue(), hkl.get(1).intValue(), hkl.get(2).intValue(), heights[i]));
            }
        }
        return reflections;
    }
}
