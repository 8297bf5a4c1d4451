package org.emberline.edge.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Prints what the diffraction metrics of simulated runs have to do with their truth: {@code DiffractionFigures SCENARIO FRAMES SEED...};
 * see docs/metrics.md.
 */
final class DiffractionFigures {
    /** What is right whatever the sigma says; edges and grains relative. */
    static final Map<String, Double> TOLERANCES = new LinkedHashMap<>();

    static {
        TOLERANCES.put("lattice_a", 1e-4);
        TOLERANCES.put("lattice_c", 1e-4);
        TOLERANCES.put("c_over_a", 5e-4);
        TOLERANCES.put("disorder", 0.003);
        TOLERANCES.put("disorder_change", 0.003);
        for (String phase : new String[] {
            "nmc532", "hydroxide", "spinel", "rock_salt", "lithium_carbonate", "barium_carbonate", "barium_oxide"
        }) {
            TOLERANCES.put("phase:" + phase, 0.03);
        }
        TOLERANCES.put("graininess", 0.0);
        TOLERANCES.put("grain_size", 0.1);
    }

    private DiffractionFigures() {}

    static TruthComparison compare(Path folder, String scenario, int frames, String... seeds) throws SQLException {
        TruthComparison comparison = new TruthComparison();
        for (String seed : seeds) {
            Path out = folder.resolve(scenario + "-" + seed);
            Cli.done(
                    "demo",
                    "--scenario",
                    scenario,
                    "--frames",
                    "" + frames,
                    "--radiographs",
                    "0",
                    "--seed",
                    seed,
                    "--backend",
                    "cpu",
                    "--out",
                    out.toString());
            comparison.add(out, TOLERANCES);
        }
        return comparison;
    }

    /** Prints a line a metric. */
    public static void main(String[] arguments) throws IOException, SQLException {
        String[] seeds = new String[arguments.length - 2];
        System.arraycopy(arguments, 2, seeds, 0, seeds.length);
        Path folder = Files.createTempDirectory("figures");
        TruthComparison comparison = compare(folder, arguments[0], Integer.parseInt(arguments[1]), seeds);
        System.out.printf(
                "%-26s %7s %7s %10s %10s %8s %8s%n", "", "frames", "silent", "rms", "bias", "inside", "right");
        for (String metric : TOLERANCES.keySet()) {
            TruthComparison.Figures of = comparison.of(metric);
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %7d %7d %10.2e %+10.2e %8.3f %8.3f%n",
                    metric,
                    of.frames(),
                    of.silent(),
                    of.rms(),
                    of.bias(),
                    of.inside(),
                    of.rightOrFlagged());
        }
        System.out.println(folder);
    }
}
