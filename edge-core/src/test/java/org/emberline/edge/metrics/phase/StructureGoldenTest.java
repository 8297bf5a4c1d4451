package org.emberline.edge.metrics.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.emberline.edge.RealData;
import org.emberline.edge.app.config.PhaseFile;
import org.junit.jupiter.api.Test;

/** Every shipped structure against another program's symmetry and sums: src/test/python/make_structure_golden.py, gemmi. */
class StructureGoldenTest {
    private static final double SHORTEST = 1.1;

    @Test
    void reflectionsAreThoseOfAnotherProgram() throws Exception {
        Path golden = RealData.repositoryRoot().resolve("edge-core/src/test/resources/phases/structures.csv");
        TreeMap<String, List<String[]>> phases = Files.readAllLines(golden).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .collect(Collectors.groupingBy(row -> row[0], TreeMap::new, Collectors.toList()));
        try (var files = Files.list(RealData.repositoryRoot().resolve("config/phases"))) {
            assertEquals(files.count(), phases.size(), "every phase has its reflections");
        }
        for (var phase : phases.entrySet()) {
            compare(phase.getKey(), phase.getValue());
        }
    }

    private static void compare(String name, List<String[]> rows) throws Exception {
        CrystalPhase crystal = Objects.requireNonNull(
                PhaseFile.read(RealData.repositoryRoot().resolve("config/phases/" + name + ".toml"))
                        .crystal());
        StructureLines lines = StructureLines.upTo(2 * Math.PI / SHORTEST, 0, crystal, Double.NaN);
        double[] strength = new double[lines.size()];
        lines.strengths(CrystalPhase.REFERENCE_KELVIN, strength);
        double volume = crystal.structure().cell().volume();
        double strongest = rows.stream()
                .mapToDouble(row -> Double.parseDouble(row[6]))
                .max()
                .orElseThrow();
        int seen = 0;
        for (String[] row : rows) {
            String where = String.join(",", row);
            double square = Double.parseDouble(row[6]);
            int line = lines.lineOf(Integer.parseInt(row[1]), Integer.parseInt(row[2]), Integer.parseInt(row[3]));
            assertTrue(line >= 0 || square < 1e-3 * strongest, where);
            if (line >= 0) {
                seen++;
                assertEquals(Integer.parseInt(row[4]), lines.multiplicity(line), where);
                double d = 1 / Math.sqrt(lines.basal(line) + lines.axial(line));
                assertEquals(Double.parseDouble(row[5]), d, 2e-6, where);
                double own = strength[line] * volume * volume / lines.multiplicity(line);
                assertEquals(square, own, 1e-4 * square + 1e-6 * strongest, where);
            }
        }
        assertEquals(lines.size(), seen, name + " has lines that the other program does not have");
    }
}
