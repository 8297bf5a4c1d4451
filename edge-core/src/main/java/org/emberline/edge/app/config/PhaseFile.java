package org.emberline.edge.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.metrics.phase.CrystalSystem;
import org.emberline.edge.metrics.phase.Phase;

/** A crystalline phase as a TOML file describes it; see {@code config/README.md}. */
public final class PhaseFile {

    private PhaseFile() {}

    /** @throws ConfigException with all complaints, each with its path */
    public static Phase read(Path file) throws ConfigException {
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
            double a,
            double c,
            double[] scale,
            double[] stretch,
            List<Phase.Reflection> reflections) {

        Phase phase() {
            return new Phase(name, system, a, c, range(scale), range(stretch), reflections);
        }
    }

    static Description read(TomlSection root) {
        String name = root.requiredText("name");
        CrystalSystem system = root.choice("system", CrystalSystem.HEXAGONAL, CrystalSystem.class);
        Description description = new Description(
                name,
                system,
                root.requiredNumber("a_angstrom", 1, 100),
                root.number("c_angstrom", Double.NaN, 1, 200),
                root.requiredNumbers("scale_range", 2, 0.8, 1.25),
                system == CrystalSystem.CUBIC
                        ? new double[] {1, 1}
                        : root.requiredNumbers("c_over_a_range", 2, 0.8, 1.25),
                reflections(root));
        root.finish();
        return description;
    }

    private static Phase.Range range(double[] ends) {
        return new Phase.Range(ends[0], ends[1]);
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
