package org.emberline.edge.metrics.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.emberline.edge.RealData;
import org.emberline.edge.metrics.lattice.Phases;
import org.junit.jupiter.api.Test;

/** The phase files that come with the appliance, read as the configuration reads them, against the figures of the tests. */
class PhaseFileTest {

    private static Phase read(String name) throws IOException {
        JsonNode file = new TomlMapper()
                .readTree(RealData.repositoryRoot()
                        .resolve("config/phases")
                        .resolve(name)
                        .toFile());
        List<Phase.Reflection> reflections = new ArrayList<>();
        JsonNode lines = file.required("reflections");
        JsonNode intensities = file.required("intensities");
        assertEquals(lines.size(), intensities.size(), name);
        for (int i = 0; i < lines.size(); i++) {
            JsonNode r = lines.get(i);
            reflections.add(new Phase.Reflection(
                    r.get(0).intValue(),
                    r.get(1).intValue(),
                    r.get(2).intValue(),
                    intensities.get(i).doubleValue()));
        }
        String title = file.required("name").textValue();
        double a = file.required("a_angstrom").doubleValue();
        Phase.Range scale = range(file.required("scale_range"));
        return file.required("system").textValue().equals("cubic")
                ? Phase.cubic(title, a, scale, reflections)
                : Phase.hexagonal(
                        title,
                        a,
                        file.required("c_angstrom").doubleValue(),
                        scale,
                        range(file.required("c_over_a_range")),
                        reflections);
    }

    private static Phase.Range range(JsonNode node) {
        return new Phase.Range(node.get(0).doubleValue(), node.get(1).doubleValue());
    }

    @Test
    void areThePhasesOfTheTests() throws IOException {
        assertEquals(Phases.NMC532, read("nmc532.toml"));
        assertEquals(Phases.CEO2, read("ceo2.toml"));
        assertEquals(Phases.FE3O4, read("fe3o4.toml"));
    }
}
